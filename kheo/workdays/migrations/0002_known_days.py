"""The days off known when this was written, each with its basis and how certain it is.

Fixed holidays stand in the Labour Code (article 112) and, for 24 November, in resolution 28/2026/QH16.
The window of Tết, the neighbour of 2 September and the swaps are announced each year. What could not
be compared with a paper stays a proposal (02/01 and 10/01/2026), as does what was not decided when
this was written (Tết and 2 September of 2027).
"""

from datetime import date, datetime, time, timezone

from django.db import migrations

from kheo.core.rules import text

DOCUMENTS = {
    "labour": ("45/2019/QH14", "Bộ luật", "Bộ luật Lao động (Điều 111, 112: nghỉ hằng tuần, nghỉ lễ, tết)", "Quốc hội", date(2019, 11, 20), date(2021, 1, 1)),
    "culture": ("28/2026/QH16", "Nghị quyết", "Ngày Văn hóa Việt Nam 24/11 (ngày ban hành ghi theo tin của Chính phủ, cần đối chiếu bản giấy)", "Quốc hội", date(2026, 4, 24), date(2026, 7, 1)),
    "week": ("188/1999/QĐ-TTg", "Quyết định", "Thực hiện chế độ tuần làm việc 40 giờ", "Thủ tướng Chính phủ", date(1999, 9, 17), date(1999, 10, 2)),
    "notice-2026": ("9441/TB-BNV", "Thông báo", "Nghỉ Tết Âm lịch và nghỉ lễ Quốc khánh năm 2026 (ngày ban hành cần đối chiếu bản giấy)", "Bộ Nội vụ", date(2025, 10, 16), None),
}
NEW_YEAR, ANCESTORS, VICTORY = "Tết Dương lịch", "Giỗ Tổ Hùng Vương (10/3 âm lịch)", "Ngày Chiến thắng"
LABOUR, NATIONAL, CULTURE = "Ngày Quốc tế lao động", "Quốc khánh", "Ngày Văn hóa Việt Nam"
TET = {2023: "Quý Mão", 2024: "Giáp Thìn", 2025: "Ất Tỵ", 2026: "Bính Ngọ", 2027: "Đinh Mùi"}
H, C, OFF, WORK = "holiday", "compensatory", "swap_off", "swap_work"
PAPER, KNOWN, UNSURE = "document", "known", "unsure"
ANNOUNCED = "Theo thông báo nghỉ lễ, tết của năm; cần đính kèm bản giấy"


def _tet(year, days, compensatory=(), basis="", certainty=KNOWN):
    name = f"Tết Nguyên đán {TET[year]}"
    found = [(date(year, m, d), H, name, None, basis, certainty, "") for m, d in days]
    return found + [(date(year, m, d), C, f"Nghỉ bù {name}", None, basis, certainty, "") for m, d in compensatory]


def _swap(off, work, name, certainty=KNOWN, note=""):
    return [
        (off, OFF, f"Nghỉ hoán đổi dịp {name}", work, "", certainty, note),
        (work, WORK, f"Làm bù cho ngày {off:%d/%m/%Y}", off, "", certainty, note),
    ]


def _law(on, name, basis="labour"):
    return [(on, H, name, None, basis, PAPER, "")]


def _instead(on, name):
    return [(on, C, f"Nghỉ bù {name}", None, "labour", PAPER, "Điều 111 khoản 3 Bộ luật Lao động")]


def _neighbour(on):
    return [(on, H, NATIONAL, None, "", KNOWN, "")]


def _fixed(year):
    found = [(1, 1, NEW_YEAR), (4, 30, VICTORY), (5, 1, LABOUR), (9, 2, NATIONAL)]
    return [row for month, day, name in found for row in _law(date(year, month, day), name)]


DECIDED = [
    *_fixed(2023), *_instead(date(2023, 1, 2), NEW_YEAR),
    *_tet(2023, [(1, d) for d in range(20, 25)], [(1, 25), (1, 26)]),
    *_law(date(2023, 4, 29), ANCESTORS), *_instead(date(2023, 5, 2), "Giỗ Tổ Hùng Vương"), *_instead(date(2023, 5, 3), VICTORY),
    *_neighbour(date(2023, 9, 1)), *_instead(date(2023, 9, 4), NATIONAL),
    *_fixed(2024), *_tet(2024, [(2, d) for d in range(8, 13)], [(2, 13), (2, 14)]), *_law(date(2024, 4, 18), ANCESTORS),
    *_swap(date(2024, 4, 29), date(2024, 5, 4), "30/4"), *_neighbour(date(2024, 9, 3)),
    *_fixed(2025), *_tet(2025, [(1, d) for d in range(27, 32)]), *_law(date(2025, 4, 7), ANCESTORS),
    *_swap(date(2025, 5, 2), date(2025, 4, 26), "30/4"), *_neighbour(date(2025, 9, 1)),
    *_fixed(2026), *_tet(2026, [(2, d) for d in range(16, 21)], basis="notice-2026", certainty=PAPER),
    *_law(date(2026, 4, 26), ANCESTORS), *_instead(date(2026, 4, 27), "Giỗ Tổ Hùng Vương"),
    *_swap(date(2026, 8, 31), date(2026, 8, 22), "Quốc khánh"), *_neighbour(date(2026, 9, 1)),
    *_law(date(2026, 11, 24), CULTURE, "culture"),
    *_fixed(2027), *_law(date(2027, 4, 16), ANCESTORS), *_instead(date(2027, 5, 3), LABOUR), *_law(date(2027, 11, 24), CULTURE, "culture"),
]
_ONE = "Phương án 1 (04–10/02/2027), chưa có quyết định"
_TWO = "Phương án 2 (05–14/02/2027), chưa có quyết định"
PROPOSED = [
    *_swap(date(2026, 1, 2), date(2026, 1, 10), "Tết Dương lịch", UNSURE, "Theo báo chí: văn bản 12729/VPCP-KGVX ngày 25/12/2025; đối chiếu bản giấy rồi quyết định"),
    *[(date(2027, 2, d), H, "Tết Nguyên đán Đinh Mùi", None, "", UNSURE, _ONE) for d in range(4, 9)],
    *[(date(2027, 2, d), C, "Nghỉ bù Tết Nguyên đán Đinh Mùi", None, "", UNSURE, _ONE) for d in (9, 10)],
    *[(date(2027, 2, d), H, "Tết Nguyên đán Đinh Mùi", None, "", UNSURE, _TWO) for d in range(5, 10)],
    *[(date(2027, 2, d), C, "Nghỉ bù Tết Nguyên đán Đinh Mùi", None, "", UNSURE, _TWO) for d in (10, 11)],
    (date(2027, 2, 12), OFF, "Nghỉ hoán đổi dịp Tết Nguyên đán Đinh Mùi", None, "", UNSURE, f"{_TWO}; ngày làm bù chưa rõ"),
    (date(2027, 9, 3), H, NATIONAL, None, "", UNSURE, "Ngày liền trước hoặc liền sau 02/9, quyết định từng năm"),
]
YEARS = (2023, 2024, 2025, 2026)
BY = "Dữ liệu ban đầu"
AT = datetime(2026, 11, 23, tzinfo=timezone.utc)


def load(apps, schema_editor):
    """Write what is missing; doing it again changes nothing."""
    Document = apps.get_model("documents", "Document")
    Day, Week = apps.get_model("workdays", "CalendarDay"), apps.get_model("workdays", "WeeklyPattern")
    Year, Annual = apps.get_model("workdays", "DecidedYear"), apps.get_model("workdays", "AnnualDay")
    papers = {}
    for key, (number, kind, title, issuer, on, force) in DOCUMENTS.items():
        papers[key] = Document.objects.get_or_create(
            number=number, issuer=issuer, issued_on=on,
            defaults={"kind": kind, "title": title, "effective_from": force, "folded": text.fold(f"{number} {kind} {title} {issuer}")[:900]},
        )[0]
    who = {"proposed_by_name": BY, "proposed_at": AT}
    done = {"state": "decided", "decided_by_name": BY, "decided_at": AT}
    for state, rows in (("decided", DECIDED), ("proposed", PROPOSED)):
        for on, kind, name, counterpart, basis, certainty, note in rows:
            words = note or ("" if basis else ANNOUNCED)
            values = {"counterpart": counterpart, "basis": papers.get(basis), "certainty": certainty, "note": words, **who}
            if not Day.objects.filter(on=on, kind=kind, name=name, unit_id=0, note=words).exists():
                Day.objects.create(on=on, kind=kind, name=name, unit_id=0, **values | (done if state == "decided" else {}))
    for year in YEARS:
        Year.objects.get_or_create(year=year, state="decided", defaults={"certainty": KNOWN, "note": ANNOUNCED, **who, **done})
    Week.objects.get_or_create(
        unit_id=0, valid_from=date(1999, 10, 2),
        defaults={
            "basis": papers["week"], "certainty": PAPER, "note": "Giờ làm việc mẫu; giờ cụ thể do tỉnh và đơn vị quy định", **who, **done,
            "morning_from": time(7, 30), "morning_to": time(11, 30), "afternoon_from": time(13, 30), "afternoon_to": time(17, 30),
        },
    )
    for month, day, name, force, basis in (
        (1, 1, NEW_YEAR, date(2021, 1, 1), "labour"), (4, 30, VICTORY, date(2021, 1, 1), "labour"), (5, 1, LABOUR, date(2021, 1, 1), "labour"),
        (9, 2, NATIONAL, date(2021, 1, 1), "labour"), (11, 24, CULTURE, date(2026, 7, 1), "culture"),
    ):
        Annual.objects.get_or_create(month=month, day=day, valid_from=force, defaults={"name": name, "basis": papers[basis]})


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial"), ("documents", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
