"""Exports of all kinds: what is understood, what is refused, and where."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kheo.core.errors import Conflict, Refused
from kheo.procedures.actions import (
    import_catalogue,
    import_results,
    open_period,
    publish,
)
from kheo.procedures.models import Batch, DossierFact, Procedure, Rollup
from kheo.procedures.rules import table
from tests.procedures import exports
from tests.procedures.exports import BIRTH, dossier, xlsx

pytestmark = pytest.mark.django_db


def words(done):
    return " ".join(problem["message"] for problem in done.report["errors"] + done.report["warnings"])


def test_it_works(bring, one_stop):
    done = bring()
    assert {key: done.report[key] for key in ("rows", "accepted", "unchanged", "errors")} == {"rows": 10, "accepted": 10, "unchanged": 0, "errors": []}
    batch = Batch.objects.get(pk=done.report["batch"])
    assert (batch.state, batch.by, len(batch.sha256)) == ("published", one_stop, 64)
    whole = table.total(rollup.counts for rollup in batch.rollups.all())
    assert (whole.online, whole.direct, whole.carried) == (2, 7, 1)
    assert (whole.early, whole.on_time, whole.overdue, whole.open, whole.open_overdue) == (5, 2, 1, 1, 1)
    assert table.broken(whole) == []
    first = DossierFact.objects.get(code="H56.32.01-231106-0001")
    assert first.received_at.isoformat() == "2023-11-06T01:00:00+00:00"
    assert first.field.name == "Hộ tịch"


def test_the_same_file_again_changes_nothing(bring, one_stop):
    data = xlsx(exports.several())
    first, again = bring(data=data), bring(data=data)
    assert (again.report["accepted"], again.report["unchanged"], again.report["batch"]) == (0, 10, first.report["batch"])
    assert Batch.objects.count() == 1
    # A time limit completed meanwhile makes the same file tell something new.
    entry = import_catalogue.Entry("1.001193", "", "Đăng ký khai sinh", "Hộ tịch", limit=1)
    import_catalogue.write_version(entry, date(2022, 1, 1), sensitive=False, by=one_stop)
    assert (bring(data=data).report["accepted"], bring(data=data).report["unchanged"]) == (10, 10)


def test_a_new_batch_replaces_the_old_one_which_stays_readable(bring):
    first, second = bring(), bring(exports.several()[:4])
    assert Batch.objects.get(pk=first.batch.pk).state == "superseded"
    assert second.batch.supersedes_id == first.batch.pk
    assert DossierFact.objects.filter(batch=first.batch.pk).count() == 10


def test_nothing_is_published_with_errors_unless_good_rows(bring):
    rows = [*exports.several(), dossier(11, received="31/02/2023")]
    refused = bring(rows)
    assert refused.report["accepted"] == 0
    assert [e["cell"] for e in refused.report["errors"]] == ["I12"]
    assert "31/02/2023" in refused.report["errors"][0]["message"]
    assert not DossierFact.objects.exists()
    assert bring(rows, good_rows=True).report["accepted"] == 10


def test_trial_run_writes_nothing(bring):
    done = bring(dry_run=True)
    assert (done.report["accepted"], done.report["batch"]) == (10, None)
    assert not Batch.objects.exists()
    assert not Procedure.objects.exists()


def test_outsiders_and_other_units_are_refused(bring, cast):
    for person in (cast.outsider, cast.officer, cast.officer_elsewhere):
        with pytest.raises(Refused):
            bring(by=person)


@pytest.mark.parametrize(
    ("received", "utc"),
    [
        ("05/11/2023 14:30", "2023-11-05T07:30"), ("2023-11-05T07:30:00Z", "2023-11-05T07:30"), (45235.6041666667, "2023-11-05T07:30"),
        (datetime(2023, 11, 5, 14, 30), "2023-11-05T07:30"), ("5-11-2023", "2023-11-04T17:00"), ("2023-11-04T23:00:00Z", "2023-11-04T23:00"),
    ],
)
def test_dates_in_every_form(bring, received, utc):
    assert bring([dossier(1, received=received, day="231105")]).report["errors"] == []
    assert DossierFact.objects.get().received_at.isoformat().startswith(utc)


def test_title_rows_footers_several_sheets_and_strange_columns(bring):
    data = xlsx(
        [[*row, "bỏ qua"] for row in exports.several()], [*exports.HEADINGS, "Cột lạ"],
        before=[["UBND THỊ XÃ BỈM SƠN"], [], ["DANH SÁCH HỒ SƠ THÁNG 11/2023"]], after=[["Tổng cộng", 10], [], ["", "", "Ngày 01 tháng 12 năm 2023"], ["Người lập biểu"]],
        more={"Hướng dẫn": [["Cách dùng"], ["…"]], "Phường khác": [exports.HEADINGS, dossier(50)]},
    )
    done = bring(data=data)
    assert (done.report["rows"], done.report["errors"]) == (11, [])
    sheets = done.batch.mapping["sheets"]
    assert sheets[0]["ignored"] == ["Cột lạ"]
    assert "Chủ hồ sơ" in sheets[0]["dropped"]
    assert sheets[0]["skipped_count"] == 3
    assert [sheet["note"] for sheet in sheets] == ["", "no_header", ""]


def test_two_merged_header_rows(bring):
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(["STT", "Mã hồ sơ", "Thủ tục hành chính"]):
            sheet.merge_range(1, column, 2, column, name)
        sheet.merge_range(1, 3, 1, 5, "Thời gian")
        sheet.write_row(2, 3, ["Tiếp nhận", "Hẹn trả", "Trả kết quả"])
        sheet.merge_range(1, 6, 2, 6, "Tình trạng")
        sheet.write_row(3, 0, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"])
        sheet.write_row(4, 0, [1, "H56.32.01-231106-0001", "Đăng ký khai sinh", "06/11/2023", "08/11/2023", "07/11/2023", "Đã trả kết quả"])
    done = bring(data=out.getvalue())
    assert (done.report["rows"], done.report["accepted"], done.report["errors"]) == (1, 1, [])
    assert DossierFact.objects.get().outcome == "early"


def test_other_systems_write_other_headings_in_old_fonts_and_decomposed_letters(bring):
    import unicodedata

    from kheo.core.rules import legacy

    rows = [["Số hồ sơ", "Tên thủ tục", "Ngày nhận hồ sơ", "Hạn trả", "Ngày hoàn thành", "Trạng thái xử lý"],
            *[[f"000.00.14.H56-231106-{n:04d}", "Đăng ký kết hôn", "06/11/2023", "10/11/2023", "09/11/2023", "Đã giải quyết"] for n in range(1, 9)]]
    old = [[legacy.to_tcvn3(str(value)) for value in row] for row in rows]
    assert bring(data=xlsx(old[1:], old[0])).report["errors"] == []
    assert Procedure.objects.get().seen_name == "Đăng ký kết hôn"
    apart = [unicodedata.normalize("NFD", heading) for heading in rows[0]]
    assert bring(data=xlsx(rows[1:5], apart)).report["accepted"] == 4
    csv = "\n".join(";".join(row) for row in rows).encode("utf-8-sig")
    assert bring(data=csv, filename="a.csv").report["accepted"] == 8


def test_duplicates_inside_a_file(bring):
    done = bring([dossier(1), dossier(1), dossier(2), dossier(2, done="12/11/2023 09:00")])
    assert [(e["cell"], "nội dung khác" in e["message"] or "other contents" in e["message"]) for e in done.report["errors"]] == [("B5", True)]
    assert len([w for w in done.report["warnings"] if w["cell"] == "B3"]) == 1


def test_duplicates_across_units(bring, cast):
    bring()
    other = bring([dossier(1, done="12/11/2023 09:00"), dossier(99)], unit=cast.wards["bac-son"])
    assert [e["cell"] for e in other.report["errors"]] == ["B2"]


def test_missing_due_dates_are_counted_apart(bring):
    done = bring([dossier(1, due=None), dossier(2)])
    assert done.report["errors"] == []
    assert DossierFact.objects.get(code__endswith="0001").outcome == "undated"
    counts = table.total(r.counts for r in Rollup.objects.all())
    assert [b.identity for b in table.broken(counts)] == ["7=8+9+10"]


def test_end_before_reception_is_an_error_and_another_day_in_the_code_a_warning(bring):
    done = bring([dossier(1, done="01/11/2023 08:00"), dossier(2, day="231105")])
    assert [e["cell"] for e in done.report["errors"]] == ["K2"]
    assert [w["cell"] for w in done.report["warnings"] if w["cell"].startswith("I")] == ["I3"]


def test_an_unknown_procedure_waits_in_the_catalogue(bring):
    done = bring([dossier(1), dossier(2)])
    assert len(done.report["warnings"]) == 1
    found = Procedure.objects.get()
    assert (found.code, found.state, found.seen_name) == ("1.001193", "waiting", "Đăng ký khai sinh")


def test_dossiers_of_other_periods_are_refused(bring):
    done = bring([dossier(1, received="01/12/2023", day="231201", due=None, done=None, status="Mới tiếp nhận"),
                  dossier(2, received="02/10/2023", day="231002", due="05/10/2023", done="04/10/2023")])
    assert [e["cell"] for e in done.report["errors"]] == ["I2", "K3"]


def test_wrong_units_are_refused_and_strange_words_told(bring, cast):
    heads = [*exports.HEADINGS, "Đơn vị"]
    done = bring(data=xlsx([[*dossier(1), "Phường Bắc Sơn"], [*dossier(2), "UBND phường Ba Đình"], [*dossier(3), "Bộ phận văn thư"]], heads))
    assert [e["cell"] for e in done.report["errors"]] == ["P2"]
    assert [w["cell"] for w in done.report["warnings"] if w["cell"].startswith("P")] == ["P4"]
    town = bring(data=xlsx([[*dossier(1), "Phường Bắc Sơn"], [*dossier(2), "Phường Ba Đình"]], heads), unit=cast.town, by=type("O", (), {"is_superuser": True, "pk": None})())
    assert town.report["errors"] == []
    assert {fact.unit_id for fact in DossierFact.objects.filter(batch=town.batch)} == {cast.wards["bac-son"].pk, cast.wards["ba-dinh"].pk}


def test_a_state_nobody_explained_is_an_error_until_the_source_says_it(bring):
    from kheo.procedures.models import Source

    rows = [dossier(1, status="HS_KT_02")]
    assert [e["cell"] for e in bring(rows).report["errors"]] == ["M2"]
    source = Source.objects.create(name="Một cửa tỉnh", statuses={"HS_KT_02": "done"})
    assert bring(rows, origin=source).report["accepted"] == 1


def test_a_settled_state_without_a_date_is_an_error(bring):
    assert [e["cell"] for e in bring([dossier(1, done=None)]).report["errors"]] == ["K2"]


def test_dossiers_that_were_not_received_do_not_count(bring):
    done = bring([dossier(1), dossier(2, status="Chờ tiếp nhận", done=None)])
    assert done.report["accepted"] == 1
    assert done.batch.mapping["sheets"][0]["skipped"][0]["reason"] == "not_received"


def test_small_numbers_of_sensitive_procedures_are_merged(bring):
    rows = [dossier(n, what=BIRTH) for n in range(1, 10)] + [dossier(20, what=exports.DEATH)] + [dossier(n, what=exports.COPY) for n in (30, 31, 32, 33, 34)]
    bring(rows)
    merged = DossierFact.objects.filter(public_field=None)
    assert {fact.procedure.code for fact in merged} == {"1.000656", "2.000815"}
    assert Rollup.objects.get(field=None).early == 6


def test_somebody_else_published_meanwhile(bring, cast, one_stop, november):
    from kheo.procedures.actions import prepare

    unit = cast.wards["ba-dinh"]
    checked = prepare.prepare(xlsx(exports.several()), "a.xlsx", unit=unit, period=november)
    batch = import_results.new_batch("a.xlsx", "0" * 64, unit=unit, period=november, origin=None, by=one_stop)
    import_results.stage(batch, checked, seen=None, accepted=len(checked.dossiers))
    bring(exports.several()[:3])
    with pytest.raises(Conflict) as told:
        publish.publish(batch, by=one_stop)
    assert "ket-xuat.xlsx" in str(told.value.message)


def test_periods_to_the_14th(bring):
    control = open_period.open_period("2023-11", scheme="control", by=None)
    done = bring([dossier(1, received="20/10/2023", day="231020", due="25/10/2023", done="24/10/2023")], period=control)
    assert done.report["accepted"] == 1
    assert bring([dossier(2, received="15/11/2023", day="231115")], period=control).report["errors"]


def test_formulas_stay_text(bring):
    row = dossier(1, reason="=HYPERLINK(\"http://x\")")
    bring([row])
    assert DossierFact.objects.get().reason.startswith("=")


def merged(rows):
    """A sheet of which each row is one merged cell."""
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("HoSo")
        for number, row in enumerate(rows):
            page.merge_range(number, 0, number, 9, "; ".join(str(value) for value in row if value))
    return out.getvalue()


@pytest.mark.parametrize(("data", "name", "told"), [
    (merged([exports.HEADINGS, *exports.several()]), "gop.xlsx", "gộp thành một ô (A1:J1)"),
    (merged([exports.HEADINGS]), "gop.xlsx", "gộp thành một ô (A1:J1)"),
    (xlsx([]), "tieu-de.xlsx", "có tiêu đề mà không có dòng nào"),
    (("Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái\n" + "H56.32.01-231106-0001;06/11/2023;10/11/2023;Đã trả kết quả\n" * 3).encode(), "a.csv", "Dòng 1 ngăn cách các cột bằng “,”"),
    (b"", "rong.xlsx", "Tệp không có nội dung"),
])
def test_what_is_wrong_with_the_whole_file_is_said(bring, data, name, told):
    done = bring(data=data, filename=name)
    assert (done.report["accepted"], len(done.report["errors"])) == (0, 1)
    assert told in done.report["errors"][0]["message"]


def test_lines_below_the_table_are_no_dossiers(bring):
    done = bring(data=xlsx([dossier(1)], before=[["UBND PHƯỜNG"], []], after=[["Tổng số", 1], ["Trong đó: đúng hạn", 1], [], [None] * 9 + ["Người lập biểu"]]))
    assert (done.report["rows"], done.report["errors"]) == (1, [])


def test_a_unit_of_another_time_is_told(bring, cast):
    done = bring([dossier(1)], unit=cast.bim_son)
    assert "không có trong kỳ 2023-11" in words(done)
    assert not done.report["errors"]


def test_an_error_of_the_spreadsheet_is_said_as_such_at_its_cell(bring):
    rows = [dossier(1, received="#DIV/0!"), dossier(2, status="#N/A"), dossier(3, what=("#REF!", "#REF!", "Hộ tịch")), dossier(4, reason=" #value! "), dossier(5)]
    rows[4][1] = "#NAME?"
    done = bring(rows)
    assert [(e["cell"], e["value"]) for e in done.report["errors"]] == [
        ("I2", "#DIV/0!"), ("M3", "#N/A"), ("C4", "#REF!"), ("D4", "#REF!"), ("O5", "#VALUE!"), ("B6", "#NAME?")]
    assert all("lỗi của bảng tính" in e["message"] and "Sửa công thức" in e["message"] for e in done.report["errors"])
