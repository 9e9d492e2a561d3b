"""/api/v1/: what it says of itself holds under generated requests; paging, ETag, errors in words."""

from __future__ import annotations

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode

from kheo.config.wsgi import application
from kheo.core.search import indexing
from kheo.portal.views.api import api
from tests.cast import practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(cast):
    for n in range(5):
        practice(cast, state="recognized", title=f"Mô hình số {n}")
    practice(cast, state="submitted", title="Chưa công khai", contact_phone="0912345678")
    indexing.rebuild()
    return cast


def read(client, address: str, status: int = 200, **query):
    answer = client.get(f"/api/v1/{address}", query)
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    return json.loads(answer.content)


def test_it_works(filled, client):
    found = read(client, "practices")
    assert found["count"] == 5
    one = read(client, f"practices/{found['items'][0]['id']}")
    assert one == found["items"][0]
    assert read(client, "units", q="bỉm sơn")["items"][0]["name"] == "Phường Bỉm Sơn"
    assert read(client, "movements")[0]["cycles"]
    assert read(client, "search", q="mo hinh so 3")["items"][0]["title"] == "Mô hình số 3"
    assert {"so-dang-ky-mo-hinh", "don-vi"} <= {line["code"] for line in read(client, "datasets")}
    assert read(client, "datasets/don-vi")["columns"][0]["code"] == "id"


def test_a_unit_with_its_history(filled, client):
    old = read(client, f"units/{filled.wards['dong-son'].slug}")
    assert (old["in_force"], [step["name"] for step in old["successors"]]) == (False, ["Phường Bỉm Sơn"])
    assert read(client, "units", day="2024-01-01")["count"] > 0


def test_what_is_not_public_is_not_there(filled, client):
    assert "Chưa công khai" not in client.get("/api/v1/practices?per_page=200").content.decode()
    hidden = filled.groups["ba-dinh-1"].practices.get(state="submitted")
    read(client, f"practices/{hidden.slug or 'chua-cong-khai'}", 404)


@pytest.mark.parametrize("address", ["practices", "units", "datasets/don-vi/rows", "datasets/so-dang-ky-mo-hinh/rows"])
def test_pages_hold_every_row_once_in_a_stable_order(filled, client, address):
    whole = read(client, address, per_page=200)["items"]
    pieces, number = [], 1
    while number:
        page = read(client, address, page=number, per_page=2)
        pieces += page["items"]
        number = number + 1 if page["next"] else 0
    assert pieces == whole
    assert read(client, address, page=9999)["items"] == []


def test_a_reader_who_has_it_gets_304(filled, client):
    first = client.get("/api/v1/practices")
    again = client.get("/api/v1/practices", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    practice(filled, state="running", title="Mới")
    assert client.get("/api/v1/practices", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_errors_have_words_in_both_languages(filled, client):
    for address, status, query in [("practices/khong-co", 404, {}), ("khong-co", 404, {}), ("practices", 422, {"page": "0"}), ("practices", 422, {"per_page": "x"})]:
        error = read(client, address, status, **query)["error"]
        assert error["message_vi"]
        assert error["message_en"]
    assert read(client, "practices", 422, page="0")["error"]["details"][0]["parameter"] == "page"


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_it_is_read_only(filled, verb):
    answer = getattr(Client(enforce_csrf_checks=True), verb)("/api/v1/practices")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_head_and_options(filled, client):
    assert client.head("/api/v1/practices").status_code == 200
    assert client.options("/api/v1/practices")["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_the_page_about_it_names_every_address(filled, client):
    html = client.get("/du-lieu-mo/api/").content.decode()
    for path in api.get_openapi_schema()["paths"]:
        assert path in html
    assert "<script src=\"http" not in html


def _schema():
    made = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
    made.app = application
    return made


SCHEMA = _schema()
OPERATIONS = sorted(found.ok().path for found in SCHEMA.get_all_operations())


@pytest.fixture
def _one_connection():
    """The application itself closes the connection after a request, and with it the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("path", OPERATIONS)
def test_schemathesis(filled, path):
    """Generated requests, valid and not: never a server error, always what the description says."""
    operation = SCHEMA[path]["GET"]
    strategies = [operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)] if "{" in path or operation.query else [operation.as_strategy()]

    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(case=st.one_of(*strategies))
    def tried(case):
        response: Response = case.call()
        if response.status_code != 414:  # too long an address is refused before anything looks at it
            case.validate_response(response)

    tried()
