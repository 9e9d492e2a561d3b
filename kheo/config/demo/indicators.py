"""Demo: the indicators of Bỉm Sơn 2022 and 2023 and the two target sets of 2023.

The shares and counts are those the former town published (41 of 43 groups, 85%, 45%, 56,4%, 18, 25
and 7); how they lie over the wards, and all other figures, are made up for illustration.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kheo.config.demo.inspections import paper
from kheo.core.rules import numbers as rules
from kheo.indicators.actions import define, enter, plan
from kheo.indicators.actions.define import Definition
from kheo.indicators.actions.enter import Entry, Extras
from kheo.indicators.actions.plan import Wanted
from kheo.indicators.models import Indicator
from kheo.indicators.queries import definitions

if TYPE_CHECKING:
    from kheo.config.demo.story import Story

SINCE = date(2020, 1, 1)
CULTURE, ECONOMY, SOCIETY, ENVIRONMENT, MOVEMENT, SERVICES = (
    "Văn hóa - thể thao", "Kinh tế", "Xã hội", "Đô thị - môi trường", "Phong trào “Dân vận khéo”", "Cải cách hành chính"
)
WARDS = ("bac-son", "ba-dinh", "lam-son", "ngoc-trao", "dong-son", "phu-son", "xa-quang-trung")
GROUPS = (6, 7, 6, 7, 7, 4, 6)
HOUSEHOLDS = (2400, 3200, 2500, 3300, 2700, 1000, 900)
PEOPLE = (8700, 11600, 9000, 12000, 9800, 3600, 3300)
# code → (name, numerator, denominator, {year: (numerators, denominators)}), by ward in the order of WARDS
SHARES: dict[str, tuple[str, str, str, dict[int, tuple[tuple[int, ...], tuple[int, ...]]]]] = {
    "khai_truong_doi_song_van_hoa": (
        "Khu phố, thôn khai trương xây dựng đời sống văn hóa", "Khu phố, thôn đã khai trương", "Tổng số khu phố, thôn",
        {2022: (GROUPS, GROUPS), 2023: (GROUPS, GROUPS)},
    ),
    "don_vi_van_hoa": (
        "Khu phố, thôn đạt danh hiệu đơn vị văn hóa", "Khu phố, thôn được công nhận trong năm", "Tổng số khu phố, thôn",
        {2022: ((6, 7, 5, 7, 6, 4, 5), GROUPS), 2023: ((6, 7, 6, 7, 6, 4, 5), GROUPS)},
    ),
    "gia_dinh_van_hoa": (
        "Gia đình đạt danh hiệu gia đình văn hóa", "Hộ được công nhận trong năm", "Tổng số hộ gia đình",
        {2022: ((2010, 2700, 2080, 2790, 2230, 820, 730), (2370, 3160, 2480, 3270, 2670, 990, 890)),
         2023: ((2050, 2745, 2120, 2830, 2275, 830, 750), HOUSEHOLDS)},
    ),
    "gia_dinh_the_thao": (
        "Gia đình đạt danh hiệu gia đình thể thao", "Hộ có từ 50% thành viên tập luyện thường xuyên", "Tổng số hộ gia đình",
        {2022: ((1030, 1400, 1060, 1440, 1150, 410, 370), (2370, 3160, 2480, 3270, 2670, 990, 890)),
         2023: ((1080, 1460, 1120, 1500, 1210, 440, 390), HOUSEHOLDS)},
    ),
    "tdtt_thuong_xuyen": (
        "Người tập luyện thể dục thể thao thường xuyên", "Người tập từ 3 lần mỗi tuần, mỗi lần từ 30 phút", "Tổng dân số",
        {2022: ((4760, 6380, 4920, 6600, 5370, 1930, 1760), (8650, 11540, 8950, 11940, 9750, 3580, 3290)),
         2023: ((4920, 6560, 5080, 6780, 5510, 2020, 1842), PEOPLE)},
    ),
    "bao_hiem_y_te": (
        "Người tham gia bảo hiểm y tế", "Người có thẻ bảo hiểm y tế còn hạn", "Tổng dân số",
        {2022: ((8000, 10700, 8270, 11050, 9000, 3290, 3020), (8650, 11540, 8950, 11940, 9750, 3580, 3290)),
         2023: ((8150, 10900, 8420, 11250, 9180, 3370, 3090), PEOPLE)},
    ),
    "ho_ngheo": (
        "Hộ nghèo theo chuẩn nghèo đa chiều", "Hộ nghèo cuối năm", "Tổng số hộ gia đình",
        {2022: ((18, 22, 20, 21, 19, 12, 14), (2370, 3160, 2480, 3270, 2670, 990, 890)), 2023: ((13, 16, 14, 15, 14, 9, 10), HOUSEHOLDS)},
    ),
    "thu_gom_rac": (
        "Hộ được thu gom chất thải rắn sinh hoạt", "Hộ được thu gom", "Tổng số hộ gia đình",
        {2022: ((2290, 3080, 2390, 3180, 2560, 930, 800), (2370, 3160, 2480, 3270, 2670, 990, 890)),
         2023: ((2350, 3150, 2450, 3240, 2640, 960, 850), HOUSEHOLDS)},
    ),
    "nuoc_sach": (
        "Hộ dùng nước sạch đạt quy chuẩn", "Hộ dùng nước sạch", "Tổng số hộ gia đình",
        {2022: ((2300, 3090, 2390, 3190, 2570, 900, 720), (2370, 3160, 2480, 3270, 2670, 990, 890)),
         2023: ((2360, 3160, 2440, 3250, 2640, 940, 770), HOUSEHOLDS)},
    ),
}
# code → (name, unit, group, {year: counts by ward})
COUNTS: dict[str, tuple[str, str, str, dict[int, tuple[int, ...]]]] = {
    "khu_pho_van_minh_do_thi": ("Khu phố đạt chuẩn văn minh đô thị", "khu phố", ENVIRONMENT, {2022: (2, 3, 2, 3, 2, 1, 1), 2023: (3, 4, 3, 4, 2, 1, 1)}),
    "co_quan_van_minh_do_thi": (
        "Cơ quan, đơn vị, doanh nghiệp đạt chuẩn văn minh đô thị", "đơn vị", ENVIRONMENT, {2022: (3, 5, 3, 6, 2, 1, 0), 2023: (4, 6, 4, 6, 3, 1, 1)},
    ),
    "tuyen_duong_van_minh_do_thi": ("Tuyến đường đạt chuẩn văn minh đô thị", "tuyến đường", ENVIRONMENT, {2022: (1, 1, 0, 2, 1, 0, 0), 2023: (1, 2, 1, 2, 1, 0, 0)}),
    "viec_lam_moi": ("Lao động được tạo việc làm mới", "người", SOCIETY, {2022: (260, 340, 270, 350, 290, 110, 100), 2023: (275, 360, 285, 370, 300, 115, 105)}),
    "hien_mau": ("Đơn vị máu tiếp nhận qua hiến máu tình nguyện", "đơn vị", SOCIETY, {2022: (90, 120, 95, 125, 100, 35, 30), 2023: (100, 130, 100, 135, 110, 40, 35)}),
}
# code → (name, unit, decimals, group, {year: figure of the town})
TOWN: dict[str, tuple[str, str, int, str, dict[int, str]]] = {
    "gia_tri_san_xuat": ("Giá trị sản xuất (giá so sánh 2010)", "tỷ đồng", 0, ECONOMY, {2020: "10000", 2021: "11420", 2022: "13230", 2023: "15345"}),
    "thu_ngan_sach": ("Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", 0, ECONOMY, {2022: "512", 2023: "548"}),
    "xuat_khau": ("Giá trị hàng hóa xuất khẩu", "triệu USD", 0, ECONOMY, {2022: "182", 2023: "171"}),
    "von_dau_tu": ("Tổng vốn đầu tư toàn xã hội", "tỷ đồng", 0, ECONOMY, {2022: "4150", 2023: "4020"}),
    "thu_nhap_binh_quan": ("Thu nhập bình quân đầu người", "triệu đồng", 1, ECONOMY, {2022: "61,5", 2023: "67,2"}),
    "doanh_nghiep_moi": ("Doanh nghiệp thành lập mới", "doanh nghiệp", 0, ECONOMY, {2022: "98", 2023: "84"}),
    "truong_chuan_quoc_gia": ("Trường học đạt chuẩn quốc gia", "%", 1, SOCIETY, {2022: "91,7", 2023: "95,8"}),
    "lao_dong_qua_dao_tao": ("Lao động qua đào tạo", "%", 1, SOCIETY, {2022: "74,5", 2023: "76,2"}),
    "do_thi_hoa": ("Tỷ lệ đô thị hóa", "%", 1, ENVIRONMENT, {2022: "94,0", 2023: "94,3"}),
    "che_phu_rung": ("Tỷ lệ che phủ rừng", "%", 1, ENVIRONMENT, {2022: "22,1", 2023: "22,3"}),
    "an_ninh_trat_tu": ("Phường, xã đạt tiêu chuẩn an toàn về an ninh, trật tự", "%", 1, SOCIETY, {2022: "85,7", 2023: "85,7"}),
}
GROWTH = "tang_truong_binh_quan"
# code, comparator, target
PROVINCE: tuple[tuple[str, str, str], ...] = (
    (GROWTH, "ge", "15,3"), ("gia_tri_san_xuat", "ge", "15200"), ("thu_ngan_sach", "ge", "520"), ("thu_nhap_binh_quan", "ge", "67"),
    ("xuat_khau", "ge", "185"), ("ho_ngheo", "le", "0,8"), ("bao_hiem_y_te", "ge", "93,5"), ("gia_dinh_van_hoa", "ge", "85"),
    ("don_vi_van_hoa", "ge", "95"), ("tdtt_thuong_xuyen", "ge", "56"), ("truong_chuan_quoc_gia", "ge", "95"), ("nuoc_sach", "ge", "97"),
    ("thu_gom_rac", "ge", "97"), ("do_thi_hoa", "ge", "94"),
)
COUNCIL: tuple[tuple[str, str, str], ...] = (
    (GROWTH, "ge", "15"), ("gia_tri_san_xuat", "ge", "15300"), ("thu_ngan_sach", "ge", "540"), ("thu_nhap_binh_quan", "ge", "67,2"),
    ("xuat_khau", "ge", "190"), ("von_dau_tu", "ge", "4300"), ("doanh_nghiep_moi", "ge", "100"), ("ho_ngheo", "le", "0,6"),
    ("bao_hiem_y_te", "ge", "93,5"), ("gia_dinh_van_hoa", "ge", "85"), ("gia_dinh_the_thao", "ge", "45"), ("don_vi_van_hoa", "ge", "95"),
    ("khai_truong_doi_song_van_hoa", "ge", "100"), ("tdtt_thuong_xuyen", "ge", "56"), ("khu_pho_van_minh_do_thi", "ge", "17"),
    ("tuyen_duong_van_minh_do_thi", "ge", "7"), ("co_quan_van_minh_do_thi", "ge", "24"), ("truong_chuan_quoc_gia", "ge", "95"),
    ("lao_dong_qua_dao_tao", "ge", "76"), ("viec_lam_moi", "ge", "1800"), ("nuoc_sach", "ge", "97"), ("thu_gom_rac", "ge", "97"),
    ("an_ninh_trat_tu", "ge", "100"),
)
COUNTED = (
    ("mo_hinh_dang_ky", "Mô hình, điển hình “Dân vận khéo” đăng ký", "practices.registered"),
    ("mo_hinh_cong_nhan", "Mô hình, điển hình “Dân vận khéo” được công nhận", "practices.recognized"),
    ("mo_hinh_tieu_bieu", "Mô hình, điển hình “Dân vận khéo” tiêu biểu", "practices.exemplary"),
)
RESULTS = (
    ("tthc_dung_han", "Hồ sơ thủ tục hành chính giải quyết trước hạn và đúng hạn", "%", 2, "procedures.on_time", "hồ sơ giải quyết trước hạn, đúng hạn", "hồ sơ đã giải quyết"),
    ("tthc_tiep_nhan", "Hồ sơ thủ tục hành chính tiếp nhận", "hồ sơ", 0, "procedures.received", "", ""),
)
OFFICIAL = Extras(status="official", evidence="Báo cáo năm của các phường, xã (số liệu minh họa)", entry="imported")
REASON = "Số liệu minh họa"


def tell(story: Story) -> None:
    """The chapter."""
    _define()
    _figures(story)
    _plans(story)


def _define() -> None:
    basis = paper("41/BC-CCTK", "Báo cáo", "Hệ thống chỉ tiêu thống kê của thị xã", "Chi cục Thống kê khu vực Hà Trung - Bỉm Sơn", date(2020, 1, 15))
    order = 0
    for code, (name, unit, decimals, group, _years) in TOWN.items():
        order += 1
        aggregation = "sum" if unit in ("tỷ đồng", "triệu USD", "doanh nghiệp") else "last"
        define.define(code, Definition(name, unit, SINCE, decimals=decimals, aggregation=aggregation, basis=basis), by=None, group=group, order=_order(group, order))
    define.define(
        GROWTH, Definition(
            "Tốc độ tăng giá trị sản xuất bình quân 3 năm", "%", SINCE, decimals=1, source="formula", aggregation="growth", formula="growth(gia_tri_san_xuat, 3)",
            note="Bình quân nhân của ba năm gần nhất, theo giá so sánh 2010.", basis=basis,
        ), by=None, group=ECONOMY, order=_order(ECONOMY, 0),
    )
    for code, (name, above, below, _years2) in SHARES.items():
        order += 1
        group = {"bao_hiem_y_te": SOCIETY, "ho_ngheo": SOCIETY, "thu_gom_rac": ENVIRONMENT, "nuoc_sach": ENVIRONMENT}.get(code, CULTURE)
        direction = "lower" if code == "ho_ngheo" else "higher"
        define.define(
            code, Definition(name, "%", SINCE, direction=direction, decimals=1, numerator_text=above, denominator_text=below, is_share=True, aggregation="ratio", basis=basis),
            by=None, group=group, order=_order(group, order),
        )
    for code, (name, unit, group, _years3) in COUNTS.items():
        order += 1
        define.define(code, Definition(name, unit, SINCE, basis=basis), by=None, group=group, order=_order(group, order))
    for code, name, source in COUNTED:
        order += 1
        define.define(code, Definition(name, "mô hình", SINCE, source="computed", source_code=source), by=None, group=MOVEMENT, order=_order(MOVEMENT, order))
    for code, name, unit, decimals, source, above, below in RESULTS:
        order += 1
        definition = Definition(name, unit, SINCE, source="computed", source_code=source, decimals=decimals, numerator_text=above, denominator_text=below, is_share=bool(below))
        define.define(code, definition, by=None, group=SERVICES, order=_order(SERVICES, order))


def _order(group: str, number: int) -> int:
    return (CULTURE, ENVIRONMENT, SOCIETY, ECONOMY, MOVEMENT, SERVICES).index(group) * 100 + number


def _figures(story: Story) -> None:
    numbers = dict(Indicator.objects.values_list("code", "pk"))
    wards = [story.units.keys[key].pk for key in WARDS]
    town = story.units.keys["town"].pk
    years: dict[int, list[Entry]] = {}
    for code, (_name, _above, _below, by_year) in SHARES.items():
        for year, (above, below) in by_year.items():
            years.setdefault(year, []).extend(_entries(numbers[code], wards, "numerator", above) + _entries(numbers[code], wards, "denominator", below))
    for code, (_name, _unit, _group, counts) in COUNTS.items():
        for year, found in counts.items():
            years.setdefault(year, []).extend(_entries(numbers[code], wards, "value", found))
    for code, (_name, _unit, _decimals, _group, figures) in TOWN.items():
        for year, text in figures.items():
            years.setdefault(year, []).extend(_entries(numbers[code], [town], "value", [text]))
    for year in sorted(years):
        enter.enter(definitions.period(str(year)), years[year], by=None, extras=OFFICIAL)


def _entries(indicator: int, units: Sequence[int], part: str, values: Sequence[object]) -> list[Entry]:
    return [Entry(indicator, unit, part, str(value), reason=REASON) for unit, value in zip(units, values, strict=True)]


def _plans(story: Story) -> None:
    town, year = story.units.keys["town"], definitions.period("2023")
    indicators = {i.code: i for i in Indicator.objects.all()}
    sets = (
        ("Kế hoạch hành động của tỉnh năm 2023", "Ủy ban nhân dân tỉnh Thanh Hóa", "Kế hoạch", "18/KH-UBND", date(2023, 1, 31), PROVINCE),
        ("Nghị quyết của Hội đồng nhân dân thị xã về nhiệm vụ năm 2023", "Hội đồng nhân dân thị xã Bỉm Sơn", "Nghị quyết", "96/NQ-HĐND", date(2022, 12, 20), COUNCIL),
    )
    for order, (name, organ, kind, number, day, wanted) in enumerate(sets, start=1):
        made = plan.plan(name, organ, paper(number, kind, name, organ, day), town, year, by=None, order=order)
        for place, (code, comparator, value) in enumerate(wanted, start=1):
            goal: Decimal = rules.parse(value)
            plan.set_target(made, indicators[code], Wanted(comparator, goal), by=None, order=place)
