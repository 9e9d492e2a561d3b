"""What only one system writes: the officer says it once, the next export is read by it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kheo.procedures.models import Batch, Source
from tests.procedures import exports
from tests.procedures.exports import HEADINGS, dossier

pytestmark = pytest.mark.django_db
DESK = "/ban-lam-viec/thu-tuc-hanh-chinh/"


@pytest.fixture
def upload(signed_in, one_stop, cast):
    client = signed_in(one_stop)

    def run(data, **more):
        form = {"unit": cast.wards["ba-dinh"].pk, "period": "11/2023", "scheme": "calendar", "source": "", "file": SimpleUploadedFile("a.xlsx", data), **more}
        client.post(DESK, form)
        return client, Batch.objects.latest("pk")

    return run


def answers(page, **said):
    """The form's answers by the text they are asked for."""
    form = page.context["form"]
    asked = {text: name for part in form.parts.values() for name, text in part.items()}
    return {"system": "Một cửa huyện", **{asked[text]: meaning for text, meaning in said.items()}}


def test_it_works(upload):
    headings = ["Vào sổ lúc" if name == "Ngày tiếp nhận" else name for name in HEADINGS]
    data = exports.xlsx([dossier(1), dossier(2, status="Xong xuôi")], headings)
    client, batch = upload(data)
    assert batch.state == "refused"
    assert "Khai báo nghĩa" in client.get(f"{DESK}lo/{batch.pk}/").content.decode()
    address = f"{DESK}lo/{batch.pk}/cach-doc/"
    page = client.get(address)
    assert "Vào sổ lúc" in page.content.decode()
    assert "Chủ hồ sơ" not in page.content.decode()  # known, and never needed
    assert "Tên ***" not in page.content.decode()
    done = client.post(address, answers(page, **{"Vào sổ lúc": "received"}))
    source = Source.objects.get()
    assert source.columns == {"received": ["Vào sổ lúc"]}
    assert f"source={source.pk}" in done.headers["Location"]
    # The columns are read now; the label of a state is asked for next, and added to the same system.
    client, batch = upload(data, source=source.pk)
    assert (batch.state, batch.accepted) == ("checked", 1)
    address = f"{DESK}lo/{batch.pk}/cach-doc/"
    client.post(address, answers(client.get(address), **{"Xong xuôi": "returned"}))
    source.refresh_from_db()
    assert (source.columns, source.statuses) == ({"received": ["Vào sổ lúc"]}, {"Xong xuôi": "returned"})
    client, batch = upload(data, source=source.pk)
    assert (batch.accepted, batch.report["errors"]) == (2, [])


def test_a_heading_row_nobody_knows_is_asked_for(upload):
    client, batch = upload(exports.xlsx([dossier(1)], ["Serial", "Dossier", "Proc", "Title", "Area", "Owner", "Addr", "Phone", "In", "Due", "Done", "Out", "State", "Channel", "Why"]))
    address = f"{DESK}lo/{batch.pk}/cach-doc/"
    page = client.get(address)
    both = client.post(address, answers(page, Dossier="code", Proc="code"))
    assert "cùng một nghĩa" in both.content.decode()
    assert "ít nhất một" in client.post(address, {"system": "X"}).content.decode()
    client.post(address, answers(page, Dossier="code", In="received", Due="due", Out="returned", Done="done", State="status", Title="procedure_name"))
    client, batch = upload(exports.xlsx([dossier(1)], ["Serial", "Dossier", "Proc", "Title", "Area", "Owner", "Addr", "Phone", "In", "Due", "Done", "Out", "State", "Channel", "Why"]), source=Source.objects.get().pk)
    assert batch.accepted == 1


def test_a_file_without_headings_shows_no_row_of_it(upload):
    _client, batch = upload(exports.xlsx([dossier(1)], dossier(2)))
    assert batch.mapping["sheets"][0]["ignored"] == []
