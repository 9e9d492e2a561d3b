"""The public pages: figures with their parts, honest empty places, looking up one's own dossier."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.procedures.actions import import_catalogue
from kheo.procedures.models import DossierFact, ProcedureField, Score
from kheo.procedures.queries import figures, public
from kheo.procedures.queries.block import block
from tests.procedures import exports
from tests.procedures.exports import dossier

pytestmark = pytest.mark.django_db
BASE = "/thu-tuc-hanh-chinh/"


def page(client, path="", **query):
    answer = client.get(BASE + path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(client, bring):
    bring()
    shown = page(client)
    assert "87,50%" in shown
    assert "7/8" in shown or "7 trên 8" in shown
    assert "23:59, 30/11/2023" in shown
    assert "Chờ xác minh ở đơn vị khác" in shown
    assert "Phường Ba Đình" in shown


def test_without_figures_the_page_says_since_when_and_from_where(client):
    assert "Chưa có kết quả" in page(client)
    assert block()["figures"] is None


def test_a_checked_batch_is_not_public(client, bring, cast, one_stop, november):
    from kheo.procedures.actions import import_results, prepare

    checked = prepare.prepare(exports.xlsx(exports.several()), "a.xlsx", unit=cast.wards["ba-dinh"], period=november)
    batch = import_results.new_batch("a.xlsx", "0" * 64, unit=cast.wards["ba-dinh"], period=november, origin=None, by=one_stop)
    import_results.stage(batch, checked, seen=None, accepted=10)
    assert figures.latest() is None
    assert "Chưa có kết quả" in page(client)
    assert client.get(f"{BASE}lo/{batch.pk}/").status_code == 404


def test_filters_count_what_the_table_counts(client, bring):
    bring()
    batches = public.scope_of("2023-11")
    field, unit = ProcedureField.objects.first(), next(iter(figures.units_with_figures()))
    total = figures.figures("2023-11").total
    for outcome in ("early", "on_time", "overdue", "open", "open_overdue"):
        assert public.public(public.Filters(outcome=outcome), batches).count() == getattr(total, outcome)
    for chosen in ({}, {"outcome": "late"}, {"field": 0}, {"field": field.pk}, {"unit": unit}, {"unit": unit, "field": field.pk}, {"unit": unit, "field": field.pk, "outcome": "open"}):
        assert public.count(public.Filters(**chosen), batches) == public.public(public.Filters(**chosen), batches).count()
    assert "H56.32.01-231106-0006" in page(client, "ho-so/", ket_qua="late")
    assert "H56.32.01-231106-0001" not in page(client, "ho-so/", ket_qua="late")


@pytest.mark.parametrize("query", [{"ky": "zzz"}, {"ky": "1999-01"}, {"don_vi": "x"}, {"ket_qua": "x"}, {"linh_vuc": "x"}, {"page": "999"}, {"q": "'\"<script>"}])
def test_nonsense_in_the_address_is_named_or_left_out(client, bring, query):
    bring()
    assert "<script>alert" not in page(client, "ho-so/", **query)


def test_a_merged_procedure_is_named_nowhere(client, bring):
    bring([dossier(n, what=exports.DEATH if n == 1 else exports.COPY) for n in range(1, 8)])
    for path in ("", "ho-so/", "thong-ke/"):
        assert "khai tử" not in page(client, path)
    assert "không nêu tên" in page(client, "ho-so/")


def look_up(client, code, factor):
    return client.post(f"{BASE}tra-cuu/", {"code": code, "factor": factor}).content.decode()


def test_looking_up_needs_the_second_factor(client, bring):
    bring([dossier(1), dossier(2, phone=None)])
    assert "Đã trả kết quả" in look_up(client, "H56.32.01-231106-0001", "5678")
    assert "Đã trả kết quả" in look_up(client, " h56.32.01-231106-0001", "0912 345 678")
    assert "Đã trả kết quả" in look_up(client, "H56.32.01-231106-0002", "10/11/2023")


def test_the_answer_is_the_same_for_wrong_and_missing(client, bring):
    import re

    bring()
    clean = [re.sub(r'(name="csrfmiddlewaretoken" value=|value=)"[^"]*"', "", look_up(client, code, "0000")) for code in ("H56.32.01-231106-0001", "H56.32.01-231106-9999")]
    assert clean[0] == clean[1]
    assert "Không có hồ sơ nào" in clean[0]


def test_looking_up_is_limited_and_never_kept(client, bring, monkeypatch):
    from kheo.procedures.views.public import dossiers

    monkeypatch.setattr(dossiers, "MOST_LOOKUPS", 2)
    answers = [client.post(f"{BASE}tra-cuu/", {"code": "H56.32.01-231106-0001", "factor": "1111"}) for _n in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert "no-store" in answers[0]["Cache-Control"]


def test_the_quarter_is_made_of_its_months(bring, cast):
    from kheo.procedures.actions import open_period

    october = open_period.open_period("2023-10", by=None)
    bring([dossier(1, received="10/10/2023", day="231010", due="20/10/2023", done="12/10/2023"),
           dossier(10, received="30/10/2023 09:00", day="231030", due="02/11/2023", done=None, status="Đang xử lý")], period=october)
    bring()
    quarter = figures.figures("2023-Q4")
    assert (quarter.total.carried, quarter.total.online + quarter.total.direct, quarter.total.settled, quarter.total.pending) == (0, 11, 9, 2)
    assert quarter.broken == []
    assert figures.figures("2023-11").previous.pending == 1
    assert figures.figures("2023-11").broken == []
    # Another ward tells of November only: said, for its dossiers of October are not in the table.
    assert quarter.missing == []
    bring([dossier(50, prefix="H56.32.02")], unit=cast.wards["bac-son"])
    assert figures.figures("2023-Q4").missing == [("2023-10", ["Phường Bắc Sơn"])]


def test_open_data_has_the_same_figures(client, bring):
    from kheo.core import datasets

    bring()
    rows = list(datasets.find("ket-qua-tthc").rows())
    assert sum(row[5] for row in rows) == 2
    assert rows[0][0] == "2023-11"
    assert DossierFact.objects.count() == 10


def test_the_score_keeps_its_figures(client, signed_in, bring, cast, one_stop, november):
    from decimal import Decimal

    from kheo.core.errors import InvalidInput
    from kheo.procedures.actions import score

    bring()
    score.enter_input(cast.wards["ba-dinh"], november, "4", Decimal(45), Decimal(50), "Sổ theo dõi", by=one_stop)
    made = score.compute_score(cast.wards["ba-dinh"], november, by=one_stop)
    lines = {line["code"]: line for line in made.log["lines"]}
    assert (lines["5"]["numerator"], lines["5"]["denominator"], lines["5"]["points"]) == ("8", "10", "16.00")
    assert (lines["4"]["points"], lines["4"]["origin"]) == ("5.40", "Sổ theo dõi")
    assert lines["6"]["state"] == "not_applicable"
    assert "16" in client.get(f"{BASE}diem/{made.pk}/").content.decode()
    with pytest.raises(InvalidInput):
        score.enter_input(cast.wards["ba-dinh"], november, "4", Decimal(60), Decimal(50), "", by=one_stop)
    desk = signed_in(one_stop)
    asked = {"unit": cast.wards["ba-dinh"].pk, "period": "quý IV/2023", "scheme": "calendar", "item": ""}
    address = desk.post("/ban-lam-viec/thu-tuc-hanh-chinh/cham-diem/", asked).headers["Location"]
    quarter = Score.objects.latest("pk")
    assert (quarter.period.code, address) == ("2023-Q4", f"{BASE}diem/{quarter.pk}/")
    assert {line["code"]: line["state"] for line in quarter.log["lines"]}["5"] == "missing"  # only November is published


def test_a_line_of_a_sensitive_procedure_names_neither_it_nor_its_dates(client, bring):
    deaths = [dossier(n, what=exports.DEATH, due="29/11/2023", done="30/11/2023", reason="Chờ giấy báo tử") for n in range(20, 27)]
    bring([*exports.several(), *deaths])
    assert figures.figures("2023-11").total.overdue == 8  # counted with all others: seven may be told as a number
    for text in (page(client, "ho-so/"), page(client)):
        assert "H56.32.01-231106-0020" in text
        assert not any(word in text for word in ("khai tử", "29/11/2023", "Chờ giấy báo tử"))
    late = [fact.code[-4:] for fact in public.overdue(public.scope_of("2023-11"))]
    assert late[:2] == ["0009", "0006"] or late[:2] == ["0006", "0009"]
    assert late[2:] == [f"{n:04d}" for n in range(20, 27)]


def test_a_computed_due_day_beyond_the_decided_years_says_that_it_may_move(client, bring, one_stop, monkeypatch):
    from kheo.workdays import queries as workdays

    entry = import_catalogue.Entry("1.001193", "", "Đăng ký khai sinh", "Hộ tịch", limit=3)
    import_catalogue.write_version(entry, date(2022, 1, 1), sensitive=False, by=one_stop)
    bring([dossier(1, due=None, done=None, status="Đang xử lý")])
    monkeypatch.setattr(workdays, "decided_years", lambda: [2022])
    assert "còn có thể đổi" in page(client, "ho-so/")
    monkeypatch.setattr(workdays, "decided_years", lambda: [2022, 2023])
    assert "còn có thể đổi" not in page(client, "ho-so/")
