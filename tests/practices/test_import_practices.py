from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kheo.audit.models import Entry
from kheo.core.errors import InvalidInput, Refused
from kheo.core.models import Job
from kheo.core.rules import legacy
from kheo.core.spreadsheets.read import open_workbook
from kheo.movements.models import Milestone
from kheo.practices.actions import import_practices
from kheo.practices.models import ImportBatch, Practice
from tests.practices.workbooks import GOOD, HEADINGS, real_life, xlsx


def check(cast, data: bytes, name: str = "danh sach.xlsx"):
    return import_practices.check(data, name, cycle=cast.cycle, unit=cast.town)


def bring(cast, data: bytes, name: str = "danh sach.xlsx", **more):
    return import_practices.import_practices(data, name, cycle=cast.cycle, unit=cast.town, by=cast.officer, **more)


def errors(plan) -> list[tuple[str, str]]:
    return [(p.cell, p.field) for p in plan.understanding.errors]


def test_it_works(cast):
    batch = bring(cast, xlsx([HEADINGS, *GOOD]))
    assert batch.report["rows"] == batch.report["accepted"] == 3
    assert batch.report["errors"] == []
    made = Practice.objects.get(title="Khu dân cư không có hộ nghèo")
    assert made.organization == cast.groups["ba-dinh-1"]
    assert made.ward == cast.wards["ba-dinh"]
    assert (made.starts_on, made.ends_on) == (date(2023, 1, 1), date(2023, 12, 31))
    assert made.field == cast.fields["economy"]
    assert made.state == "submitted"
    assert made.receipt_number
    assert Practice.objects.get(title="Tiếng kẻng an ninh").starts_on == date(2023, 4, 1)
    assert Entry.objects.filter(verb="practices.register").count() == 3


def test_the_table_as_offices_print_it(cast):
    plan = check(cast, real_life())
    assert errors(plan) == []
    rows = {row.title: row for row in plan.new}
    assert plan.understanding.total == 3
    assert rows["Khu dân cư không có hộ nghèo"].organization == cast.groups["ba-dinh-1"]
    assert rows["Tổ hoà giải cộng đồng"].organization == cast.groups["ba-dinh-2"]
    assert rows["Tổ hoà giải cộng đồng"].field == cast.fields["defence-security"]
    assert rows["Gương nuôi gà đồi"].subject == "individual"
    assert rows["Gương nuôi gà đồi"].ward == cast.wards["bac-son"]


def test_the_same_file_again_changes_nothing(cast):
    bring(cast, xlsx([HEADINGS, *GOOD]))
    before = Entry.objects.filter(verb="practices.register").count()
    again = bring(cast, xlsx([HEADINGS, *GOOD]))
    assert (again.report["accepted"], again.report["unchanged"]) == (0, 3)
    assert Practice.objects.count() == 3
    assert Entry.objects.filter(verb="practices.register").count() == before


def test_other_contents_of_a_registered_practice_are_told_and_left(cast):
    bring(cast, xlsx([HEADINGS, *GOOD]))
    changed = [[*GOOD[0][:6], "Nội dung khác", *GOOD[0][7:]]]
    batch = bring(cast, xlsx([HEADINGS, *changed]))
    assert batch.report["accepted"] == 0
    assert "Nội dung khác" not in Practice.objects.get(title=GOOD[0][1]).content
    assert any("DVK-2023-" in w["message"] for w in batch.report["warnings"])


BAD = {
    "no title": (1, "", ("B2", "Tên mô hình")),
    "long title": (1, "a" * 400, ("B2", "Tên mô hình")),
    "no unit": (2, "", ("C2", "Đơn vị thực hiện")),
    "unknown unit": (2, "Phường Không Có", ("C2", "Đơn vị thực hiện")),
    "both": (3, "tập thể; cá nhân", ("D2", "TT/CN")),
    "no field": (4, "", ("E2", "Lĩnh vực")),
    "strange field": (4, "Thể thao dưới nước", ("E2", "Lĩnh vực")),
    "two fields": (4, "Kinh tế; VH-XH", ("E2", "Lĩnh vực")),
    "strange date": (8, "hôm nào rảnh", ("I2", "Thời gian thực hiện")),
    "ends first": (8, "12/2023 đến 01/2023", ("I2", "Thời gian thực hiện")),
}


@pytest.mark.parametrize("case", BAD)
def test_every_fault_is_told_at_its_cell(cast, case):
    column, value, expected = BAD[case]
    row = list(GOOD[0])
    row[column] = value
    batch = bring(cast, xlsx([HEADINGS, row, GOOD[1]]))
    assert [(e["cell"], e["field"]) for e in batch.report["errors"]] == [expected]
    assert batch.report["errors"][0]["message"]
    assert batch.state == "refused"
    assert Practice.objects.count() == 0
    assert batch.marked_file


def test_the_day_of_registration_is_the_rows_own_or_the_lists(cast):
    """Reports of a year count by it, so an old list brought in later must not be registered today."""
    step = Milestone.objects.get(cycle=cast.cycle, kind=Milestone.Kind.REGISTRATION)
    late = step.closes_on + timedelta(days=1)
    rows = [[*GOOD[0], f"{step.closes_on:%d/%m/%Y}"], [*GOOD[1], late], [*GOOD[2], ""]]
    assert bring(cast, xlsx([[*HEADINGS, "Ngày ĐK"], *rows]), received_on=date(2023, 1, 9)).report["errors"] == []
    found = [(timezone.localdate(p.registered_at), p.on_time) for p in Practice.objects.order_by("pk")]
    assert found == [(step.closes_on, True), (late, False), (date(2023, 1, 9), True)]
    ahead = timezone.localdate() + timedelta(days=1)
    again = check(cast, xlsx([[*HEADINGS, "Ngày đăng ký"], [*GOOD[0], f"{ahead:%d/%m/%Y}"]]))
    assert errors(again) == [("K2", "Ngày đăng ký")]
    with pytest.raises(InvalidInput):
        bring(cast, xlsx([HEADINGS, *GOOD]), received_on=ahead)


def test_good_rows_only_when_asked(cast):
    bad = [9, "", *GOOD[0][2:]]
    batch = bring(cast, xlsx([HEADINGS, *GOOD, bad]), good_rows=True)
    assert (batch.report["accepted"], len(batch.report["errors"])) == (3, 1)
    assert batch.state == "partly"


def test_a_row_twice_in_one_file_is_an_error(cast):
    plan = check(cast, xlsx([HEADINGS, GOOD[0], GOOD[0]]))
    assert errors(plan) == [("B3", "Tên mô hình")]


def test_names_resolve_by_the_year_of_the_cycle(cast):
    row = [1, "Bàn giao mặt bằng", "Đông Sơn", "TT", "KT", "mới", "", "", 2023, ""]
    plan = check(cast, xlsx([HEADINGS, row]))
    assert plan.new[0].organization == cast.wards["dong-son"]


@pytest.mark.parametrize("words", ["KP1 P. Ba Đình", "Khu phố 1 Ba Đình", "Hội Nông dân phường Ba Đình", "Khu phố 1, phường Ba Đình, thị xã Bỉm Sơn"])
def test_a_unit_of_another_ward_is_never_taken_for_ones_own(cast, words):
    """A list brought in for the wrong ward is told, not read as this ward's Khu phố 1."""
    file = xlsx([HEADINGS, [1, "Đường hoa", words, "TT", "KT", "mới", "", "", 2023, ""]])
    wrong = import_practices.check(file, "a.xlsx", cycle=cast.cycle, unit=cast.wards["bac-son"])
    assert errors(wrong) == [("C2", "Đơn vị thực hiện")]
    assert "Ba Đình" in str(wrong.understanding.errors[0].message)
    right = import_practices.check(file, "a.xlsx", cycle=cast.cycle, unit=cast.wards["ba-dinh"])
    assert errors(right) == []


@pytest.mark.parametrize("words", ["xây dựng HTCT", "VH - xã hội", "QP - an ninh"])
def test_half_shortened_fields_are_understood(cast, words):
    plan = check(cast, xlsx([HEADINGS, [1, "Đường hoa", "Khu phố 1, phường Ba Đình", "TT", words, "mới", "", "", 2023, ""]]))
    assert errors(plan) == []


def test_words_outside_the_list_stay_as_text_below_their_ward(cast):
    row = [1, "Câu lạc bộ", "Câu lạc bộ dưỡng sinh phường Ba Đình", "TT", "VHXH", "mới", "", "", 2023, ""]
    plan = check(cast, xlsx([HEADINGS, row]))
    assert errors(plan) == []
    assert plan.new[0].ward == cast.wards["ba-dinh"]
    assert plan.new[0].organization_text.startswith("Câu lạc bộ")
    assert plan.understanding.warnings


def test_old_fonts_are_converted_and_shown(cast):
    old = [[legacy.to_tcvn3(v) if isinstance(v, str) else v for v in row] for row in [HEADINGS, *GOOD]]
    plan = check(cast, xlsx(old))
    assert errors(plan) == []
    assert [row.title for row in plan.new] == [row[1] for row in GOOD]
    assert plan.understanding.conversions


def test_two_sheets(cast):
    data = xlsx([], sheets={"Ba Đình": [HEADINGS, GOOD[0]], "Bắc Sơn": [HEADINGS, GOOD[1]], "Ghi chú": [["Liên hệ văn phòng"]]})
    plan = check(cast, data)
    assert {row.sheet for row in plan.new} == {"Ba Đình", "Bắc Sơn"}
    assert errors(plan) == []


def test_csv(cast):
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([HEADINGS, *GOOD])
    plan = check(cast, stream.getvalue().encode("utf-8-sig"), "danh sách.csv")
    assert len(plan.new) == 3


def test_ods(cast, tmp_path):
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Danh sách")
    for row in [HEADINGS, *GOOD]:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(tmp_path / "a.ods")
    assert len(check(cast, (tmp_path / "a.ods").read_bytes(), "a.ods").new) == 3


def test_xls(cast, tmp_path):
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Danh sách")
    for r, row in enumerate([HEADINGS, *GOOD]):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    book.save(str(tmp_path / "a.xls"))
    assert len(check(cast, (tmp_path / "a.xls").read_bytes(), "a.xls").new) == 3


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
        archive.writestr("[Content_Types].xml", b"<Types/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "a.xlsx"), (b"%PDF-1.7 khong phai bang tinh", "a.xlsx"), (b"PK\x03\x04hong", "a.xlsx"), (b"\x00" * 500, "a.xls"), (bomb(), "a.xlsx")],
    ids=["empty", "pdf", "damaged", "zeros", "bomb"],
)
def test_what_is_no_workbook_is_refused_in_words(cast, data, name):
    batch = bring(cast, data, name)
    (problem,) = batch.report["errors"]
    assert len(problem["message"]) > 20
    assert Practice.objects.count() == 0


def test_hostile_texts_stay_texts(cast):
    row = [1, '=HYPERLINK("http://x";"bấm")', "Phường Ba Đình", "TT", "KT", "mới", "<script>alert(1)</script>", "‮x​y", 2023, ""]
    batch = bring(cast, xlsx([HEADINGS, row, [2, "", *row[2:]]]), good_rows=True)
    made = Practice.objects.get()
    assert made.title.startswith("=HYPERLINK")
    assert "​" not in made.area_text
    with zipfile.ZipFile(io.BytesIO(batch.marked_file.read())) as archive:
        assert not any(b"<f>" in archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/"))


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-10**12, 10**12), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=60), st.sampled_from(["x", "Kinh tế", "KP1 Ba Đình", "1.234", "31/02/2023", "=1+1", "Tổng cộng", "II."]),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=10, max_size=10), min_size=100, max_size=100))
def test_a_thousand_generated_bad_rows_never_break_it(cast, rows):
    plan = check(cast, xlsx([HEADINGS, *rows]))
    sheet = open_workbook(xlsx([HEADINGS, *rows]), "a.xlsx").sheets[0]
    for problem in plan.understanding.errors:
        assert str(problem.words)
        if problem.cell and problem.value:
            assert sheet.name == problem.sheet


def test_an_officer_of_another_ward_is_refused(cast):
    with pytest.raises(Refused):
        import_practices.import_practices(xlsx([HEADINGS, *GOOD]), "a.xlsx", cycle=cast.cycle, unit=cast.town, by=cast.officer_elsewhere)


def test_a_closed_cycle_is_refused(cast):
    cast.cycle.closed_at = timezone.now()
    cast.cycle.save()
    with pytest.raises(InvalidInput):
        bring(cast, xlsx([HEADINGS, *GOOD]))


def run(*arguments: str, capsys) -> tuple[int, dict]:
    try:
        call_command("import_practices", *arguments)
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, json.loads(capsys.readouterr().out or "{}")


def test_the_command_keeps_its_contract(cast, tmp_path, capsys):
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx([HEADINGS, *GOOD]))
    base = [str(file), "--movement", "dan-van-kheo", "--cycle", "2023", "--unit", "381", "--json"]
    status, answer = run(*base, "--dry-run", capsys=capsys)
    assert (status, answer["rows"], answer["accepted"], answer["batch"]) == (0, 3, 3, None)
    assert ImportBatch.objects.count() == 0
    status, answer = run(*base, capsys=capsys)
    assert (status, answer["accepted"]) == (0, 3)
    status, answer = run(*base, capsys=capsys)
    assert (status, answer["accepted"], answer["unchanged"]) == (0, 0, 3)
    file.write_bytes(xlsx([HEADINGS, [1, "", *GOOD[0][2:]]]))
    status, answer = run(*base, capsys=capsys)
    assert status == 1
    assert set(answer["errors"][0]) == {"sheet", "cell", "field", "value", "message"}
    assert set(answer) == {"rows", "accepted", "unchanged", "warnings", "errors", "batch"}


@pytest.mark.parametrize("wrong", [("--cycle", "1999"), ("--unit", "00000"), ("--movement", "khac")])
def test_the_command_says_what_it_cannot_find(cast, tmp_path, capsys, wrong):
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx([HEADINGS, *GOOD]))
    given_arguments = {"--movement": "dan-van-kheo", "--cycle": "2023", "--unit": "381", wrong[0]: wrong[1]}
    status, answer = run(str(file), *[part for pair in given_arguments.items() for part in pair], "--json", capsys=capsys)
    assert status == 2
    assert wrong[1] in answer["error"]


def test_at_the_desk(cast, signed_in):
    client = signed_in(cast.officer)
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("danh sách.xlsx", real_life())
    given = {"cycle": cast.cycle.pk, "unit": cast.bim_son.pk, "received_on": "31/12/2999", "file": upload}
    page = client.post(reverse("practices_desk:imports"), given)
    assert page.context["form"].errors.keys() == {"received_on"}
    upload.seek(0)
    page = client.post(reverse("practices_desk:imports"), {**given, "received_on": "09/01/2023"}, follow=True)
    assert page.status_code == 200, page.context
    assert ImportBatch.objects.get().received_on == date(2023, 1, 9)
    batch = ImportBatch.objects.get()
    assert batch.state == "checked"
    assert Job.objects.get(kind="practices.check_workbook").state == "done"
    assert client.get(reverse("practices_desk:import_template")).content[:2] == b"PK"


def test_import_at_the_desk_after_the_check(cast, signed_in):
    client = signed_in(cast.officer)
    batch = import_practices.receive(xlsx([HEADINGS, *GOOD]), "a.xlsx", cycle=cast.cycle, unit=cast.town, by=cast.officer)
    import_practices.save_check(batch, check(cast, batch.file.read()))
    page = client.get(reverse("practices_desk:import", args=[batch.pk]))
    assert b"kheo-stats" in page.content
    client.post(reverse("practices_desk:import_carry_out", args=[batch.pk]), {"all": "1"})
    assert Practice.objects.count() == 3
    client.post(reverse("practices_desk:import_carry_out", args=[batch.pk]), {"all": "1"})
    assert Practice.objects.count() == 3


def test_many_rows_ask_no_more_than_few(cast, django_assert_max_num_queries):
    def rows(count: int, name: str) -> bytes:
        return xlsx([HEADINGS, *([n, f"{name} {n}", *GOOD[0][2:]] for n in range(count))])

    with CaptureQueriesContext(connection) as few:
        bring(cast, rows(5, "Đường hoa"))
    with django_assert_max_num_queries(len(few) + 2):
        assert bring(cast, rows(80, "Tiếng kẻng")).report["accepted"] == 80
