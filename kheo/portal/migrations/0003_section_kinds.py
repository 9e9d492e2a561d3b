"""The sections a commune's site must have, and those people expect. Data: offices and laws change the list."""

from django.db import migrations

LAW = "NĐ 224/2026/NĐ-CP, Điều 9 khoản 1 điểm c"
KINDS = [
    ("to-chuc-bo-may", "Tổ chức bộ máy", "Organization", "law", LAW, "portal:structure", 90),
    ("lanh-dao", "Tiểu sử tóm tắt và nhiệm vụ của lãnh đạo", "Leaders and their duties", "law", LAW, "portal:leaders", 90),
    ("ban-do-dia-gioi", "Bản đồ địa giới hành chính", "Map of the boundaries", "law", LAW, "", 365),
    ("dieu-kien-tu-nhien", "Điều kiện tự nhiên", "Natural conditions", "law", LAW, "", 365),
    ("lich-su", "Lịch sử", "History", "law", LAW, "", 365),
    ("truyen-thong-van-hoa", "Truyền thống văn hóa", "Cultural traditions", "law", LAW, "", 365),
    ("di-tich", "Di tích", "Monuments", "law", LAW, "", 365),
    ("danh-thang", "Danh lam thắng cảnh", "Scenery", "law", LAW, "", 365),
    ("thu-tuc-hanh-chinh", "Thủ tục hành chính", "Administrative procedures", "law", "NĐ 224/2026/NĐ-CP, Điều 9 khoản 1 điểm a", "procedures:index", 7),
    ("tin-tuc", "Tin tức, sự kiện", "News", "practice", "", "news:index", 7),
    ("chi-dao-dieu-hanh", "Thông tin chỉ đạo, điều hành", "Direction and administration", "practice", "", "", 30),
    ("van-ban", "Văn bản quy phạm pháp luật và điều hành", "Official documents", "practice", "", "documents_public:index", 30),
    ("gop-y-du-thao", "Lấy ý kiến dự thảo văn bản", "Drafts open for opinions", "practice", "", "", 30),
    ("quy-hoach-ke-hoach", "Chiến lược, quy hoạch, kế hoạch", "Strategies and plans", "practice", "", "", 180),
    ("du-an-dau-thau", "Dự án, đầu tư công, đấu thầu", "Projects and procurement", "practice", "", "", 90),
    ("ngan-sach", "Công khai ngân sách", "Budget", "practice", "", "", 90),
    ("khen-thuong", "Khen thưởng", "Commendations", "practice", "", "commendations:honour_roll", 90),
    ("lich-tiep-dan", "Lịch tiếp công dân", "Reception of citizens", "practice", "", "", 7),
    ("bao-cao", "Thống kê, báo cáo", "Statistics and reports", "practice", "", "reports:index", 180),
    ("lich-cong-tac", "Lịch công tác của lãnh đạo", "Calendar of the leaders", "practice", "", "", 7),
    ("lien-he", "Liên hệ", "Contact", "practice", "", "portal:contact", 180),
    ("so-do-trang", "Sơ đồ cổng", "Site map", "practice", "", "portal:site_map", 180),
    ("tim-kiem", "Tìm kiếm", "Search", "practice", "", "portal:search", 180),
    ("du-lieu-mo", "Dữ liệu mở", "Open data", "practice", "", "portal:open_data", 90),
    ("truy-cap", "Thống kê truy cập", "Visit statistics", "practice", "", "visits:index", 30),
    ("rieng-tu", "Chính sách riêng tư, điều kiện sử dụng", "Privacy and terms", "practice", "", "portal:privacy", 365),
]


def load(apps, schema_editor):
    SectionKind = apps.get_model("portal", "SectionKind")
    for order, (code, name, name_en, duty, basis, address, days) in enumerate(KINDS, start=1):
        SectionKind.objects.get_or_create(
            code=code,
            defaults={"name": name, "name_en": name_en, "duty": duty, "basis": basis, "address": address, "check_days": days, "order": order * 10},
        )


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_sections")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
