"""The sites of the demo: phường Bỉm Sơn's with its sections, and a small one of phường Quang Trung."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from kheo.portal.actions import check_section, found_site, write_leader
from kheo.portal.models import SectionCheck, SectionKind, SectionPage

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

START = date(2025, 7, 1)
# code → (opening sentence, paragraphs)
SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lich-su": (
        "Phường Bỉm Sơn hình thành từ ngày 01/07/2025, trên nền của thị xã Bỉm Sơn cũ và xã Hà Vinh của huyện Hà Trung.",
        (
            "Thị xã Bỉm Sơn được thành lập năm 1981. Trước ngày 01/07/2025, thị xã có các phường Ba Đình, Bắc Sơn, Đông Sơn, Lam Sơn, Ngọc Trạo, Phú Sơn và xã Quang Trung.",
            "Theo Nghị quyết số 1686/NQ-UBTVQH15 ngày 16/06/2025, phường Bỉm Sơn gồm ba phường Ba Đình, Đông Sơn, Lam Sơn và xã Hà Vinh; phường Quang Trung gồm ba phường Bắc Sơn, Ngọc Trạo, Phú Sơn và xã Quang Trung.",
            "Phường Phú Sơn từng được tách ra từ xã Quang Trung vào tháng 12 năm 2009. Mỗi đơn vị cũ vẫn có trang riêng trong sổ đơn vị, kèm văn bản quyết định.",
        ),
    ),
    "dieu-kien-tu-nhien": (
        "Bỉm Sơn nằm ở cửa ngõ phía bắc tỉnh Thanh Hóa, nơi đồng bằng gặp núi đá vôi.",
        ("Phía bắc và phía tây là dãy núi đá, phía nam và phía đông là đồng bằng. Địa hình ấy vừa cho nguyên liệu làm xi măng, vừa có đồi thấp trồng cây ăn quả.",),
    ),
    "truyen-thong-van-hoa": (
        "Các khu phố, thôn giữ nếp sinh hoạt cộng đồng ở nhà văn hóa và Ngày hội Đại đoàn kết 18/11.",
        ("Hằng năm, khu phố, thôn đăng ký danh hiệu văn hóa, bình xét công khai và công bố kết quả. Số liệu từng năm có ở mục Chỉ tiêu.",),
    ),
    "ban-do-dia-gioi": (
        "Danh sách đơn vị giáp ranh và đơn vị hợp thành được lập từ sổ đơn vị; bản đồ do tỉnh cung cấp sẽ được gắn tại đây.",
        ("Trong khi chờ tệp bản đồ chính thức, xin xem trang Tổ chức bộ máy và trang của từng đơn vị để biết đơn vị hợp thành, thời gian và quyết định.",),
    ),
}
LEADERS = (
    ("Bí thư Đảng ủy", "Chủ trì công việc của Ban Chấp hành và Ban Thường vụ Đảng ủy; chỉ đạo công tác dân vận, trong đó có phong trào “Dân vận khéo”."),
    ("Chủ tịch Ủy ban nhân dân", "Lãnh đạo, điều hành Ủy ban nhân dân; trực tiếp tiếp công dân theo lịch; chịu trách nhiệm về kết quả giải quyết thủ tục hành chính."),
    ("Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam", "Chủ trì hiệp thương và thống nhất hành động; tổng hợp đăng ký mô hình, tổ chức Ngày hội Đại đoàn kết."),
)


def tell(story: Story) -> None:
    """Found both sites, fill most sections, leave one long unchecked so that the board has something to say."""
    unit, admin = story.units.keys["bim-son"], story.user("quantri")
    site = found_site.found_site(
        unit, host="localhost", name="Phường Bỉm Sơn", by=None, default=True,
        tagline="Trang thông tin điện tử phường Bỉm Sơn, tỉnh Thanh Hóa", tagline_en="Website of Bỉm Sơn ward, Thanh Hóa province",
        name_en="Bỉm Sơn ward", editor="Trưởng ban biên tập (dữ liệu minh họa)", address="Phường Bỉm Sơn, tỉnh Thanh Hóa",
    )
    found_site.found_site(story.units.keys["quang-trung"], host="quangtrung.localhost", name="Phường Quang Trung", by=None)
    for code, (lead, paragraphs) in SECTIONS.items():
        kind = SectionKind.objects.get(code=code)
        body = [("text", "".join(f"<p>{words}</p>" for words in paragraphs))]
        page = SectionPage(title=kind.name, slug=code, kind=kind, owner_unit=unit, lead=lead, body=body)
        site.root_page.add_child(instance=page)
        page.save_revision(user=story.user("bientap")).publish()
    for post, duties in LEADERS:
        write_leader.write_leader(site, {"unit": unit, "post": post, "duties": duties, "valid_from": START, "valid_to": None}, by=admin)
    for code in ("to-chuc-bo-may", "lanh-dao", "lien-he", "khen-thuong", "rieng-tu"):
        check_section.check_section(site, SectionKind.objects.get(code=code), by=story.user("bientap"))
    old = check_section.check_section(site, SectionKind.objects.get(code="so-do-trang"), by=story.user("bientap"))
    SectionCheck.objects.filter(pk=old.pk).update(on=timezone.localdate() - timedelta(days=400))
