"""The abbreviations offices use most; search reads either form. Editable at the desk."""

from django.db import migrations

ABBREVIATIONS = """
MTTQ = Mặt trận Tổ quốc
UBMTTQ = Ủy ban Mặt trận Tổ quốc
UBND = Ủy ban nhân dân
HĐND = Hội đồng nhân dân
TTHC = thủ tục hành chính
TDTT = thể dục thể thao
ATGT = an toàn giao thông
TTATXH = trật tự an toàn xã hội
ANTT = an ninh trật tự
QP-AN = quốc phòng an ninh
VH-XH = văn hóa xã hội
KT-XH = kinh tế xã hội
XDHTCT = xây dựng hệ thống chính trị
HTCT = hệ thống chính trị
QCDC = quy chế dân chủ
CQTT = chính quyền thân thiện
CCHC = cải cách hành chính
PAKN = phản ánh kiến nghị
KNTC = khiếu nại tố cáo
DVC = dịch vụ công
DVCTT = dịch vụ công trực tuyến
TDP = tổ dân phố
KDC = khu dân cư
KP = khu phố
NTM = nông thôn mới
ĐTVM = đô thị văn minh
VMĐT = văn minh đô thị
GĐVH = gia đình văn hóa
LLVT = lực lượng vũ trang
CBCCVC = cán bộ công chức viên chức
CCB = Cựu chiến binh
LHPN = Liên hiệp Phụ nữ
TNCS = Thanh niên Cộng sản
BCH = Ban Chấp hành
BTV = Ban Thường vụ
BCĐ = Ban Chỉ đạo
UBKT = Ủy ban Kiểm tra
DVK = dân vận khéo
TU = tỉnh ủy
HU = huyện ủy
ThU = thị ủy
ĐU = đảng ủy
KH = kế hoạch
KH = khoa học
TT = thông tư
TT = trung tâm
TT = tập thể
TT = thị trấn
TT = thứ tự
TT = thường trực
CT = chỉ thị
CT = chủ tịch
CT = chương trình
TP = thành phố
TP = trưởng phòng
CN = cá nhân
CN = công nghiệp
"""


def load(apps, schema_editor):
    Abbreviation = apps.get_model("core", "Abbreviation")
    for line in ABBREVIATIONS.strip().splitlines():
        short, long = line.split(" = ")
        Abbreviation.objects.get_or_create(short=short, long=long)


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_section_kinds"), ("core", "0002_search")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
