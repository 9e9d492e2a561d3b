from __future__ import annotations

import io
import unicodedata
import uuid
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from kheo.commendations import queries
from kheo.commendations.actions import commend, print_certificates, record_consent
from kheo.commendations.models import Commendation, Form
from kheo.core import jobs
from kheo.core.errors import InvalidInput, Refused
from tests.cast import document
from tests.practices import scenes

PERSON = "Trương Ẵng Khuyết Ỵ"


@pytest.fixture
def form(db) -> Form:
    return Form.objects.get(code="giay-khen-ubnd")


def decide(cast, form, lines, *, by=None, number="156/QĐ-UBND", **more):
    decision = document(number, date(2023, 12, 20), issuer="Chủ tịch UBND phường Bỉm Sơn")
    return commend.commend(decision, form, cycle=cast.cycle, unit=cast.bim_son, lines=lines, by=by or cast.leader, **more)


def person(**more) -> commend.Line:
    return commend.Line(name=PERSON, achievement="Giúp mười hộ thoát nghèo", collective=False, unit_text="Khu phố 4", **more)


def test_it_works(cast, form):
    made = decide(cast, form, commend.lines_of([scenes.recognized(cast)]))
    (line,) = queries.honour_roll(cast.cycle)
    assert line.name == str(cast.groups["ba-dinh-1"])
    assert line.document == "156/QĐ-UBND"
    assert made.honourees.get().consent == "not_needed"


def test_the_same_key_again_gives_the_same_commendation(cast, form):
    key = uuid.uuid4()
    practice = scenes.recognized(cast)
    decision = document("156/QĐ-UBND", date(2023, 12, 20))
    both = [
        commend.commend(decision, form, cycle=cast.cycle, unit=cast.bim_son, lines=commend.lines_of([practice]), by=cast.leader, submission_key=key)
        for _n in range(2)
    ]
    assert both[0] == both[1]
    assert Commendation.objects.count() == 1


def test_one_achievement_is_commended_once_in_a_form(cast, form):
    practice = scenes.recognized(cast)
    decide(cast, form, commend.lines_of([practice]))
    with pytest.raises(InvalidInput, match="156"):
        decide(cast, form, commend.lines_of([practice]), number="157/QĐ-UBND")


def test_only_what_is_recognized_is_commended(cast, form):
    from tests.cast import practice

    with pytest.raises(InvalidInput):
        decide(cast, form, commend.lines_of([practice(cast, state="running")]))


def test_a_form_of_an_abolished_level_is_refused(cast):
    gone = Form.objects.get(code="giay-khen-thi-xa")
    decision = document("9/QĐ-UBND", date(2026, 1, 5))
    with pytest.raises(InvalidInput):
        commend.commend(decision, gone, cycle=cast.cycle, unit=cast.bim_son, lines=[person()], by=cast.leader)


@pytest.mark.parametrize("who", ["registrant", "evaluator", "outsider", "officer_elsewhere", "auditor"])
def test_others_are_refused(cast, form, who):
    with pytest.raises(Refused):
        decide(cast, form, [person()], by=getattr(cast, who))


def public_texts(client) -> str:
    pages = [reverse("commendations:honour_roll"), reverse("commendations:download", args=["csv"]), "/", "/en/", "/mo-hinh/"]
    return "\n".join(client.get(page).content.decode("utf-8", "replace") for page in pages)


def test_a_person_is_nowhere_named_without_consent(cast, form, client):
    decide(cast, form, [person()])
    text = public_texts(client)
    assert PERSON not in text
    assert "Giúp mười hộ thoát nghèo" in text


@pytest.mark.parametrize(("given", "minor", "shown"), [(True, False, True), (False, False, False), (True, True, False)])
def test_consent_decides_and_minors_are_never_named(cast, form, client, given, minor, shown):
    made = decide(cast, form, [person(minor=minor)])
    record_consent.record_consent(made.honourees.get(), given=given, note="Phiếu đồng ý", by=cast.officer)
    assert (PERSON in public_texts(client)) is shown


def test_a_withdrawn_commendation_leaves_the_roll(cast, form):
    made = decide(cast, form, [person()])
    commend.withdraw(made, reason="Khai báo không đúng", document=document("170/QĐ-UBND", date(2024, 1, 5)), on=date(2024, 1, 5), by=cast.leader)
    assert queries.honour_roll(cast.cycle) == []


def test_a_certificate_says_every_letter(cast, form):
    made = decide(cast, form, [person()])
    read = PdfReader(io.BytesIO(print_certificates.render(list(made.honourees.select_related("commendation__document", "commendation__form")))))
    text = unicodedata.normalize("NFC", read.pages[0].extract_text())
    assert PERSON in text
    assert "156/QĐ-UBND" in text
    assert "ngày 20 tháng 12 năm 2023" in text
    fonts = {str(f.get_object()["/BaseFont"]) for f in read.pages[0]["/Resources"]["/Font"].values()}
    assert all("Tinos" in name for name in fonts)


def test_hostile_names_are_only_text(cast, form):
    hostile = commend.Line(name='#read("/etc/passwd") $x$ \\', achievement="`raw` *b* _i_ @ref <l>", collective=True)
    made = decide(cast, form, [hostile])
    read = PdfReader(io.BytesIO(print_certificates.render(list(made.honourees.select_related("commendation__document", "commendation__form")))))
    assert '#read("/etc/passwd")' in read.pages[0].extract_text()


def test_a_batch_is_printed_in_the_background(cast, form, signed_in, django_capture_on_commit_callbacks):
    made = decide(cast, form, [commend.Line(name=f"Tập thể {n}", achievement="Thành tích") for n in range(5)])
    client = signed_in(cast.leader)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("commendations_desk:print", args=[made.pk]))
    made.refresh_from_db()
    assert made.certificates_job.state == "done", made.certificates_job.error
    answer = client.get(reverse("commendations_desk:certificates", args=[made.pk]))
    assert len(PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages) == 5
    assert all(h.certificate for h in made.honourees.all())
    assert jobs.progress(made.certificates_job).percent == 100


def test_only_practices_of_the_chosen_area_are_offered(cast, form):
    here = scenes.recognized(cast)
    scenes.recognized(cast, title="Vườn rau gia đình trẻ", ward=cast.wards["dong-son"])
    assert list(queries.candidates(cast.leader, cast.cycle, form, here.ward)) == [here]
    assert queries.candidates(cast.leader, cast.cycle, form, cast.bim_son).count() == 2, "the successor answers for both wards"


def test_at_the_desk(cast, form, signed_in):
    practice = scenes.recognized(cast)
    client = signed_in(cast.leader)
    frame = {"form": form.pk, "cycle": cast.cycle.pk, "unit": cast.bim_son.pk, "submission_key": str(uuid.uuid4())}
    page = client.post(reverse("commendations_desk:commend"), frame)
    assert practice.title in page.content.decode()
    sent = frame | {
        "practice": [practice.pk], "honourees-TOTAL_FORMS": "0", "honourees-INITIAL_FORMS": "0", "decision-number": "156/QĐ-UBND",
        "decision-title": "Khen thưởng", "decision-issuer": "Chủ tịch UBND phường", "decision-issued_on": "20/12/2023",
        "decision-signer": "Người ký", "decision-signer_title": "Chủ tịch", "decision-kind": "Quyết định",
    }
    preview = client.post(reverse("commendations_desk:commend"), sent)
    assert preview.context.get("preview"), preview.context["decision"].errors
    assert Commendation.objects.count() == 0
    for _press in range(2):
        assert client.post(reverse("commendations_desk:commend"), sent | {"confirm": "1"}).status_code == 302
    made = Commendation.objects.get()
    assert client.get(reverse("commendations_desk:detail", args=[made.pk])).status_code == 200
    assert client.get(reverse("commendations_desk:index")).status_code == 200
