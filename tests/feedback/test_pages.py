"""A person with a telephone at the counter, and the officer at the desk."""

from __future__ import annotations

import re
import uuid

from kheo.feedback.models import Response, Survey


def test_it_works(scene, client):
    base = f"/gop-y/khao-sat/{scene.survey.token}/"
    assert "Bắt đầu" in client.get(base).content.decode()
    page = client.get(f"{base}tra-loi/").content.decode()
    visit = re.search(r'name="visit" value="([0-9a-f-]+)"', page)
    assert visit
    data = {"visit": visit[1]} | {f"q{pk}": value for pk, value in scene.given(4).items()}
    for _press in range(2):
        assert client.post(f"{base}tra-loi/", data).url == f"{base}cam-on/"
    assert Response.objects.count() == 1


def test_each_visit_has_its_own_token(scene, client):
    found = {re.search(r'name="visit" value="([0-9a-f-]+)"', client.get(f"/gop-y/khao-sat/{scene.survey.token}/tra-loi/").content.decode())[1] for _n in range(3)}
    assert len(found) == 3


def test_no_field_asks_who_one_is(scene, client):
    page = client.get(f"/gop-y/khao-sat/{scene.survey.token}/tra-loi/").content.decode()
    names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', page.split('id="survey"', 1)[1].split("</form>")[0]))
    assert names == {"csrfmiddlewaretoken", "visit"} | {f"q{pk}" for pk in scene.given()}


def test_an_open_question_is_named(scene, client):
    answer = client.post(f"/gop-y/khao-sat/{scene.survey.token}/tra-loi/", {"visit": uuid.uuid4()})
    assert answer.status_code == 200 and "Hãy chọn một câu trả lời." in answer.content.decode()
    assert not Response.objects.exists()


def test_too_many_from_one_network(scene, client, monkeypatch):
    monkeypatch.setattr("kheo.feedback.views.public.MOST_PER_HOUR", 1)
    codes = [
        client.post(f"/gop-y/khao-sat/{scene.survey.token}/tra-loi/", {"visit": uuid.uuid4()} | {f"q{pk}": v for pk, v in scene.given().items()}).status_code
        for _n in range(2)
    ]
    assert codes == [302, 429] and Response.objects.count() == 1


def test_results_are_honest_below_five(scene, client):
    scene.answer()
    page = client.get(f"/gop-y/khao-sat/{scene.survey.token}/ket-qua/").content.decode()
    assert "Chưa đủ 5 phiếu" in page and "100" not in page.split("<main")[1]


def test_the_code_leads_to_the_survey(scene, client):
    answer = client.get(f"/gop-y/khao-sat/{scene.survey.token}/ma-qr.svg")
    assert answer["Content-Type"] == "image/svg+xml" and b"<svg" in answer.content and b"style=" not in answer.content
    assert scene.survey.token in client.get(f"/gop-y/khao-sat/{scene.survey.token}/to-in/").content.decode()


def test_an_unknown_token(scene, client):
    for end in ("", "tra-loi/", "ket-qua/", "ma-qr.svg", "to-in/"):
        assert client.get(f"/gop-y/khao-sat/khong-co/{end}").status_code == 404


def test_the_desk(scene, signed_in):
    client = signed_in(scene.cast.officer)
    form = scene.survey.form
    answer = client.post("/ban-lam-viec/gop-y/khao-sat/moi/", {"form": form.pk, "units": [scene.cast.quang_trung.pk], "opens_on": "01/03/2026", "closes_on": "01/04/2026"})
    assert answer.status_code == 302 and Survey.objects.filter(unit=scene.cast.quang_trung).exists()
    answer = client.post("/ban-lam-viec/gop-y/phieu/moi/", {
        "code": "KS01", "name": "Khảo sát", "valid_from": "01/01/2026", "publish_from": "5", "questions": "Hài lòng chung\nĐi lại | chọn | Một; Hai\nGóp ý | lời",
    })
    assert answer.status_code == 302
    wrong = client.post("/ban-lam-viec/gop-y/phieu/moi/", {"code": "KS02", "name": "X", "valid_from": "01/01/2026", "publish_from": "5", "questions": "A | sao | b"})
    assert "Dòng 1" in wrong.content.decode()
