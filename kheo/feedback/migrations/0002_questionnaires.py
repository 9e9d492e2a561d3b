"""Seven questionnaires as offices of the country use them (codes PKS01 to PKS07). The wording is ours and
meant to be replaced by that of the province; a used version is never changed, a change makes the next."""

from datetime import date

from django.db import migrations

INTRO = "Phiếu không hỏi tên, số điện thoại. Ý kiến của bạn giúp cơ quan phục vụ tốt hơn."
WORDS = ("Điều gì cần làm tốt hơn?", "text", [])
FORMS = [
    ("PKS01", "Cán bộ, công chức, viên chức về thực hiện quy chế dân chủ", [
        ("Việc công khai nội dung cán bộ, công chức được biết", "scale", []), ("Việc lấy ý kiến trước khi quyết định", "scale", []),
        ("Cách lãnh đạo tiếp thu, giải trình ý kiến", "scale", []), WORDS]),
    ("PKS02", "Người dân về Chủ tịch UBND", [
        ("Thái độ khi tiếp dân", "scale", []), ("Việc đối thoại với Nhân dân", "scale", []), ("Kết quả giải quyết việc đã hứa", "scale", []), WORDS]),
    ("PKS03", "Người dân về thực hiện dân chủ ở cơ sở", [
        ("Việc công khai để dân biết", "scale", []), ("Việc để dân bàn, dân quyết định", "scale", []), ("Việc để dân kiểm tra, giám sát", "scale", []),
        ("Bạn biết thông tin của phường, xã chủ yếu qua đâu?", "choice", ["Bảng niêm yết", "Cổng thông tin điện tử", "Loa truyền thanh", "Tổ dân phố, thôn", "Nơi khác"]), WORDS]),
    ("PKS04", "Người dân, doanh nghiệp về giải quyết thủ tục hành chính", [
        ("Hướng dẫn hồ sơ rõ ràng, một lần", "scale", []), ("Thời gian giải quyết", "scale", []), ("Phí, lệ phí đúng quy định, công khai", "scale", []),
        ("Số lần phải đi lại", "choice", ["Một lần", "Hai lần", "Ba lần trở lên", "Làm trực tuyến, không phải đến"]), WORDS]),
    ("PKS05", "Về cán bộ bộ phận một cửa", [
        ("Thái độ chào hỏi, lắng nghe", "scale", []), ("Sự tận tình khi hướng dẫn", "scale", []), ("Năng lực giải quyết công việc", "scale", []), WORDS]),
    ("PKS06", "Về văn minh công sở", [
        ("Trụ sở sạch sẽ, dễ tìm phòng", "scale", []), ("Chỗ ngồi chờ, nước uống, nơi để xe", "scale", []), ("Tác phong, trang phục của cán bộ", "scale", []), WORDS]),
    ("PKS07", "Mức độ hài lòng về chính quyền thân thiện", [
        ("Cán bộ thực hiện “bốn xin, bốn luôn”", "scale", []), ("Cảm nhận chung khi đến làm việc", "scale", []), ("Kết quả công việc nhận được", "scale", []),
        ("Mức độ tin tưởng sẽ được phục vụ tốt ở lần sau", "scale", []), WORDS]),
]


def load(apps, schema_editor):
    """Write those that are missing."""
    Form, Question = apps.get_model("feedback", "SurveyForm"), apps.get_model("feedback", "Question")
    for code, name, questions in FORMS:
        form, new = Form.objects.get_or_create(code=code, version=1, defaults={"name": name, "intro": INTRO, "valid_from": date(2022, 1, 1)})
        if new:
            Question.objects.bulk_create(
                Question(form=form, order=n, text=text, kind=kind, choices=choices, required=kind != "text")
                for n, (text, kind, choices) in enumerate(questions, start=1)
            )


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
