"""The kinds of units: code, Vietnamese name, English name, branch, whether it is an area.

Kinds are data that a site may add to; these are what the laws in force until 2026 name. Order is
the order of lists: areas from large to small, then party, council, state, front, and so on.
"""

from __future__ import annotations

KINDS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("province", "Tỉnh", "Province", "state", True),
    ("city", "Thành phố", "City", "state", True),
    ("town", "Thị xã", "Town", "state", True),
    ("district", "Huyện", "District", "state", True),
    ("urban-district", "Quận", "Urban district", "state", True),
    ("ward", "Phường", "Ward", "state", True),
    ("commune", "Xã", "Commune", "state", True),
    ("township", "Thị trấn", "Township", "state", True),
    ("special-zone", "Đặc khu", "Special zone", "state", True),
    ("party-committee", "Cấp ủy, đảng bộ", "Party committee", "party", False),
    ("party-organ", "Cơ quan tham mưu, giúp việc của cấp ủy", "Advisory organ of the Party committee", "party", False),
    ("party-inspection", "Ủy ban kiểm tra của cấp ủy", "Party inspection committee", "party", False),
    ("party-cell", "Chi bộ, đảng bộ bộ phận", "Party cell", "party", False),
    ("peoples-council", "Hội đồng nhân dân", "People's Council", "council", False),
    ("peoples-committee", "Ủy ban nhân dân", "People's Committee", "state", False),
    ("agency", "Phòng, cơ quan chuyên môn", "Office of the People's Committee", "state", False),
    ("one-stop", "Trung tâm phục vụ hành chính công", "Public administration service centre", "state", False),
    ("procuracy", "Viện kiểm sát nhân dân", "People's Procuracy", "state", False),
    ("court", "Tòa án nhân dân", "People's Court", "state", False),
    ("front", "Ủy ban MTTQ Việt Nam", "Fatherland Front committee", "front", False),
    ("women-union", "Hội Liên hiệp Phụ nữ", "Women's Union", "front", False),
    ("veterans", "Hội Cựu chiến binh", "Veterans' Association", "front", False),
    ("farmers", "Hội Nông dân", "Farmers' Association", "front", False),
    ("youth-union", "Đoàn TNCS Hồ Chí Minh", "Youth Union", "front", False),
    ("trade-union", "Công đoàn", "Trade union", "front", False),
    ("association", "Hội quần chúng", "Mass association", "front", False),
    ("police", "Công an", "Police", "armed_forces", False),
    ("military", "Ban chỉ huy quân sự", "Military command", "armed_forces", False),
    ("border-guard", "Đồn biên phòng", "Border guard post", "armed_forces", False),
    ("school", "Trường học", "School", "public_service", False),
    ("health-station", "Trạm y tế", "Health station", "public_service", False),
    ("public-service", "Đơn vị sự nghiệp công lập khác", "Other public service unit", "public_service", False),
    ("residential-group", "Khu phố, tổ dân phố", "Residential group", "community", False),
    ("village", "Thôn, bản", "Village", "community", False),
    ("enterprise", "Doanh nghiệp", "Enterprise", "enterprise", False),
    ("cooperative", "Hợp tác xã", "Cooperative", "enterprise", False),
    ("other", "Cơ quan, đơn vị khác", "Other unit", "state", False),
)
