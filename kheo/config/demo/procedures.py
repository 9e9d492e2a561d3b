"""Results of administrative procedures of Bỉm Sơn, January to November 2023, through the real import.

Made by a fixed rule, no persons: the export is written as a table and read by the import like any other.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from kheo.core.spreadsheets.write import write_csv
from kheo.procedures.actions import import_catalogue, import_results, open_period, score
from kheo.procedures.models import Source

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

PLACES = ("bac-son", "ba-dinh", "lam-son", "ngoc-trao", "dong-son", "phu-son", "xa-quang-trung")
# code, name, field, time limit in working days, online, weight
CATALOGUE: tuple[tuple[str, str, str, int, str, int], ...] = (
    ("1.001193", "Đăng ký khai sinh", "Hộ tịch", 1, "Toàn trình", 16),
    ("1.000894", "Đăng ký kết hôn", "Hộ tịch", 1, "Một phần", 9),
    ("1.000656", "Đăng ký khai tử", "Hộ tịch", 1, "Toàn trình", 4),
    ("1.004873", "Cấp giấy xác nhận tình trạng hôn nhân", "Hộ tịch", 3, "Toàn trình", 12),
    ("2.000635", "Cấp bản sao trích lục hộ tịch", "Hộ tịch", 1, "Toàn trình", 10),
    ("2.000815", "Chứng thực bản sao từ bản chính", "Chứng thực", 1, "Một phần", 30),
    ("2.000884", "Chứng thực chữ ký", "Chứng thực", 1, "Một phần", 11),
    ("2.001035", "Chứng thực hợp đồng, giao dịch liên quan đến tài sản", "Chứng thực", 2, "Cung cấp thông tin", 5),
    ("1.001699", "Xác định mức độ khuyết tật và cấp giấy xác nhận khuyết tật", "Bảo trợ xã hội", 25, "Một phần", 1),
    ("2.000286", "Công nhận hộ nghèo, hộ cận nghèo phát sinh trong năm", "Giảm nghèo", 15, "Một phần", 1),
    ("1.003554", "Hòa giải tranh chấp đất đai", "Đất đai", 45, "Cung cấp thông tin", 2),
    ("1.008456", "Cung cấp thông tin về quy hoạch xây dựng", "Xây dựng", 15, "Một phần", 3),
)
REASONS = ("Chờ xác minh ở đơn vị khác", "Hệ thống một cửa gián đoạn", "Cán bộ chuyên môn nghỉ đột xuất, chưa phân công kịp", "Hồ sơ phức tạp, phải lấy thêm ý kiến")
SHIFT = timedelta(hours=8)


def tell(story: Story) -> None:
    """The catalogue, one source of results and eleven months of seven units."""
    by = story.user("motcua")
    lines = [[f"{code}.000.00.00.H56", name, field, "Cấp xã", f"{days} ngày làm việc", online] for code, name, field, days, online, _weight in CATALOGUE]
    heads = ["Mã TTHC", "Tên TTHC", "Lĩnh vực", "Cấp thực hiện", "Thời hạn giải quyết", "Mức độ DVC"]
    import_catalogue.import_catalogue(
        write_csv(heads, lines), "danh-muc.csv", valid_from=date(2022, 1, 1), decision="Quyết định công bố danh mục TTHC cấp xã (văn bản minh họa)", by=by
    )
    source = Source.objects.get_or_create(name="Hệ thống một cửa điện tử tỉnh Thanh Hóa")[0]
    periods = [open_period.open_period(f"2023-{month:02d}", by=by) for month in range(1, 12)]
    for number, place in enumerate(PLACES):
        made = _dossiers(number)
        for period in periods:
            rows = [_row(d, period.last) for d in made if d["received"].date() <= period.last and d["done"].date() >= period.first]
            data = write_csv(HEADINGS, rows)
            import_results.import_results(data, f"ket-xuat-{place}-{period.code}.csv", unit=story.units.keys[place], period=period, origin=source, by=Town())
    score.compute_score(story.units.keys["ba-dinh"], periods[-1], by=Town())


class Town:
    """The one-stop office of the former town, whose positions ended with it."""

    pk = None
    is_superuser = True

    def __str__(self) -> str:
        return "Bộ phận một cửa thị xã Bỉm Sơn"


HEADINGS = ["Mã hồ sơ", "Mã TTHC", "Tên TTHC", "Lĩnh vực", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày xử lý xong", "Ngày trả kết quả", "Trạng thái", "Hình thức tiếp nhận", "Nguyên nhân quá hạn", "Số lần xin lỗi"]


def _dossiers(place: int) -> list[dict[str, Any]]:
    """Eleven months of one unit: about six hundred dossiers, a few of them late."""
    chance = random.Random(381_000 + place)  # noqa: S311 - a fixed story, not a secret
    weights = [entry[-1] for entry in CATALOGUE]
    found: list[dict[str, Any]] = []
    day = date(2022, 12, 19)
    while day <= date(2023, 11, 30):
        if day.weekday() < 5:
            for serial in range(chance.randrange(1, 4)):
                code, name, field, limit, _online, _weight = chance.choices(CATALOGUE, weights)[0]
                received = datetime.combine(day, datetime.min.time()) + SHIFT + timedelta(minutes=chance.randrange(0, 480))
                due = received + timedelta(days=limit * 7 // 5 + 1)
                late = chance.random() < 0.035
                spent = timedelta(days=chance.randrange(1, 6)) if late else -timedelta(hours=chance.choice([0, 1, 2, 20, 26, 30]))
                found.append({
                    "code": f"000.{place + 10:02d}.14.H56-{day:%y%m%d}-{serial + 1:04d}", "procedure": (code, name, field), "received": received, "due": due,
                    "done": max(due + spent, received + timedelta(minutes=20)), "online": chance.random() < 0.42,
                    "reason": chance.choice(REASONS) if late else "", "apologies": int(late and chance.random() < 0.8),
                })
        day += timedelta(days=1)
    return found


def _row(d: dict[str, Any], last: date) -> list[Any]:
    """The row as an export of the last day of the period shows it."""
    ended = d["done"].date() <= last
    code, name, field = d["procedure"]
    shown = [f"{at:%d/%m/%Y %H:%M}" for at in (d["received"], d["due"])]
    done = f"{d['done']:%d/%m/%Y %H:%M}" if ended else None
    late = ended and d["done"] > d["due"]
    return [d["code"], f"{code}.000.00.00.H56", name, field, *shown, done, done, "Đã trả kết quả" if ended else "Đang xử lý",
            "Trực tuyến" if d["online"] else "Trực tiếp", d["reason"] if late else None, d["apologies"] if late else None]
