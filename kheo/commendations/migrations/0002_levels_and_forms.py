"""The levels and forms of commendation known when this was written. Data: offices change them."""

from datetime import date

from django.db import migrations

END_OF_DISTRICTS = date(2025, 7, 1)
LEVELS = [
    ("grassroots", "Cơ sở (xã, phường)", "Grassroots (commune, ward)", 1, None),
    ("district", "Huyện, thị xã", "District, town", 2, END_OF_DISTRICTS),
    ("province", "Tỉnh", "Province", 3, None),
    ("central", "Trung ương", "Central", 4, None),
]
FORMS = [
    ("bieu-duong", "Biểu dương", "Public praise", "grassroots", "Đảng ủy, Ban Thường vụ Đảng ủy", True, 1, None),
    ("bieu-duong-thi-uy", "Biểu dương của Ban Thường vụ Thị ủy", "Praise by the town Party committee", "district", "Ban Thường vụ Thị ủy", True, 2, END_OF_DISTRICTS),
    ("giay-khen-ubnd", "Giấy khen của Chủ tịch UBND xã, phường", "Commendation by the commune chairperson", "grassroots", "Chủ tịch UBND xã, phường", False, 3, None),
    ("giay-khen-dang-uy", "Giấy khen của Đảng ủy xã, phường", "Commendation by the commune Party committee", "grassroots", "Đảng ủy xã, phường", True, 3, None),
    ("giay-khen-thi-xa", "Giấy khen của Chủ tịch UBND thị xã", "Commendation by the town chairperson", "district", "Chủ tịch UBND thị xã", False, 4, END_OF_DISTRICTS),
    ("bang-khen-tinh", "Bằng khen của Chủ tịch UBND tỉnh", "Provincial certificate of merit", "province", "Chủ tịch UBND tỉnh", False, 5, None),
    ("bang-khen-tinh-uy", "Bằng khen của Tỉnh ủy", "Certificate of merit of the provincial Party committee", "province", "Tỉnh ủy", True, 5, None),
    ("ky-niem-chuong", "Kỷ niệm chương “Vì sự nghiệp Dân vận”", "Insignia for mass mobilization", "central", "Cơ quan dân vận Trung ương", True, 6, None),
]


def load(apps, schema_editor):
    Level = apps.get_model("commendations", "Level")
    Form = apps.get_model("commendations", "Form")
    for code, name, name_en, order, end in LEVELS:
        Level.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en, "order": order, "valid_to": end})
    for code, name, name_en, level, authority, party, rank, end in FORMS:
        Form.objects.get_or_create(
            code=code,
            defaults={
                "name": name, "name_en": name_en, "level": Level.objects.get(code=level), "authority": authority,
                "party_style": party, "rank": rank, "valid_to": end,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("commendations", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
