"""What every installation starts with: the counting rule, the indicator set of QĐ 766, and on
PostgreSQL the table of facts partitioned by month."""

from datetime import date

from django.db import connection, migrations

SENSITIVE = [
    "khai tử", "khuyết tật", "hộ nghèo", "hộ cận nghèo", "người có công", "liệt sĩ", "thương binh", "bệnh binh", "ly hôn", "con nuôi",
    "HIV", "cai nghiện", "tâm thần", "bảo trợ xã hội", "trợ giúp xã hội", "trợ cấp xã hội", "mai táng", "nhận cha, mẹ, con", "giám hộ",
    "chất độc hóa học", "bạo lực gia đình", "xác định lại giới tính", "trẻ em bị", "thẻ bảo hiểm y tế", "xác định lại dân tộc", "tôn giáo",
]
RULE = {
    "valid_from": date(2022, 6, 23), "basis": "QĐ 766/QĐ-TTg ngày 23/06/2022", "early": "day", "most_supplements": 1, "least_cell": 5,
    "sensitive_words": SENSITIVE,
}
GROUPS = [
    {"code": "openness", "name": "Công khai, minh bạch", "most": 18}, {"code": "progress", "name": "Tiến độ, kết quả giải quyết", "most": 20},
    {"code": "online", "name": "Cung cấp dịch vụ công trực tuyến", "most": 12}, {"code": "digital", "name": "Số hóa hồ sơ", "most": 22},
    {"code": "payment", "name": "Thanh toán trực tuyến", "most": 10}, {"code": "satisfaction", "name": "Mức độ hài lòng", "most": 18},
]
NOT_FOR_COMMUNES = {"6", "8", "9", "16", "17"}
# row, group, name, most, way, target, when nothing arose, where the figures come from
ROWS = [
    ("1", "openness", "Quyết định công bố TTHC ban hành đúng hạn", 6, "share", 1, "full", "manual"),
    ("2", "openness", "TTHC được cập nhật, công khai đúng hạn", 4, "share", 1, "full", "manual"),
    ("3", "openness", "TTHC được công khai đủ nội dung", 2, "share", 1, "full", "manual"),
    ("4", "openness", "Hồ sơ đồng bộ lên Cổng Dịch vụ công quốc gia", 6, "share", 1, "zero", "manual"),
    ("5", "progress", "Hồ sơ giải quyết đúng hạn", 20, "share", 1, "zero", "on_time"),
    ("6", "online", "TTHC được cung cấp trực tuyến", 4, "target", 0.8, "zero", "manual"),
    ("7", "online", "TTHC trực tuyến có phát sinh hồ sơ", 4, "share", 1, "zero", "manual"),
    ("8", "online", "Hồ sơ nộp trực tuyến", 4, "target", 0.5, "zero", "online"),
    ("9", "digital", "Kết nối dữ liệu phục vụ số hóa", 6, "share", 1, "zero", "manual"),
    ("10", "digital", "Hồ sơ được số hóa thành phần khi tiếp nhận", 4, "target", 0.8, "zero", "manual"),
    ("11", "digital", "Hồ sơ có kết quả được số hóa", 2, "target", 0.8, "zero", "manual"),
    ("12", "digital", "Khai thác, sử dụng lại thông tin đã số hóa", 2, "target", 0.8, "zero", "manual"),
    ("13", "digital", "Hồ sơ được cấp kết quả điện tử", 4, "share", 1, "zero", "manual"),
    ("14", "digital", "Giấy tờ số hóa được lưu kho dữ liệu cá nhân, tổ chức", 2, "share", 1, "zero", "manual"),
    ("15", "digital", "Hồ sơ dùng dữ liệu dân cư thay giấy tờ", 2, "share", 1, "zero", "manual"),
    ("16", "payment", "TTHC có thanh toán trực tuyến", 6, "share", 1, "zero", "manual"),
    ("17", "payment", "TTHC có phát sinh giao dịch thanh toán trực tuyến", 2, "target", 0.8, "zero", "manual"),
    ("18", "payment", "Hồ sơ thanh toán trực tuyến", 2, "target", 0.8, "zero", "manual"),
    ("19", "satisfaction", "Phản ánh, kiến nghị xử lý đúng hạn", 6, "share", 1, "full", "manual"),
    ("20", "satisfaction", "Hài lòng về xử lý phản ánh, kiến nghị", 6, "share", 1, "full", "manual"),
    ("21", "satisfaction", "Hài lòng về giải quyết TTHC", 6, "satisfaction", 0.9, "zero", "overdue"),
]  # fmt: skip
FORMULA = {
    "code": "qd766-2022-commune", "name": "Bộ chỉ số QĐ 766, cấp xã", "valid_from": date(2022, 6, 23),
    "basis": "QĐ 766/QĐ-TTg ngày 23/06/2022; tên và thứ tự dòng theo phân tích công khai, cần đối chiếu văn bản gốc",
}
PARTITION = """
CREATE SEQUENCE IF NOT EXISTS procedures_dossierfact_number;
ALTER TABLE procedures_dossierfact RENAME TO procedures_dossierfact_plain;
CREATE TABLE procedures_dossierfact (LIKE procedures_dossierfact_plain) PARTITION BY RANGE (month);
DROP TABLE procedures_dossierfact_plain;
ALTER TABLE procedures_dossierfact ALTER COLUMN id SET DEFAULT nextval('procedures_dossierfact_number');
ALTER SEQUENCE procedures_dossierfact_number OWNED BY procedures_dossierfact.id;
ALTER TABLE procedures_dossierfact ADD CONSTRAINT procedures_dossierfact_pkey PRIMARY KEY (id, month);
CREATE INDEX procedures_fact_list ON procedures_dossierfact (batch_id, outcome, received_at);
CREATE INDEX procedures_fact_code ON procedures_dossierfact (code);
CREATE INDEX procedures_fact_lookup ON procedures_dossierfact (lookup);
"""


def load(apps, schema_editor):
    Rule, Formula = apps.get_model("procedures", "CountingRule"), apps.get_model("procedures", "ScoringFormula")
    Rule.objects.get_or_create(valid_from=RULE["valid_from"], defaults=RULE)
    names = ("code", "group", "name", "most", "way", "target", "none", "source")
    items = [{**dict(zip(names, row, strict=True)), "applies": row[0] not in NOT_FOR_COMMUNES} for row in ROWS]
    Formula.objects.get_or_create(code=FORMULA["code"], defaults={**FORMULA, "groups": GROUPS, "items": items})
    partition(schema_editor.connection if schema_editor else connection)


def partition(database):
    """Turn the plain table that Django made into one that PostgreSQL keeps by month. Once."""
    if database.vendor != "postgresql":
        return
    with database.cursor() as cursor:
        cursor.execute("SELECT relkind FROM pg_class WHERE oid = 'procedures_dossierfact'::regclass")
        if cursor.fetchone()[0] in ("r", b"r"):
            cursor.execute(PARTITION)


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
