"""/api/v1/: the public register for programs. Reading only, no key, open to every site."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import re_path
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI, Query
from ninja.errors import HttpError, ValidationError

from kheo.core import datasets as registry
from kheo.core.search import asking
from kheo.documents import queries as register
from kheo.movements import queries as movements
from kheo.organizations import queries as organizations
from kheo.portal.queries import api as queries
from kheo.portal.queries import searching
from kheo.portal.views import api_schemas as schemas
from kheo.practices.queries import catalogue, open_data

OPEN = {
    "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since", "Access-Control-Expose-Headers": "ETag", "Cache-Control": "public, no-cache",
}  # fmt: skip
WORDS = {
    404: ("not_found", "Không có dữ liệu ở địa chỉ này.", "There is nothing at this address."),
    405: ("method_not_allowed", "API chỉ đọc: chỉ nhận GET và HEAD.", "This API is read only: use GET or HEAD."),
    422: ("invalid_parameters", "Tham số không hợp lệ; xem chi tiết.", "A parameter is not valid; see details."),
}
FAILURES = {404: schemas.Failure, 422: schemas.Failure}

TOO_LONG = {"description": "The address is longer than any of ours", "content": {"text/plain": {"schema": {"type": "string"}}}}


class ReadApi(NinjaAPI):
    """The API with what the layer in front of it may answer to any address."""

    def get_openapi_schema(self, **more: Any) -> Any:
        """The description, with 414 at every address."""
        schema = super().get_openapi_schema(**more)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"][414] = TOO_LONG
        return schema


api = ReadApi(
    title="Khéo", version="1.0.0", docs_url=None, urls_namespace="api",
    description="Public data of the ward: practices, units with their history, documents, movements, public tables. Read only. "
    "Lists are paged (`page`, `per_page`) in a stable order; every answer carries an ETag.",
)  # fmt: skip


def failure(status: int, details: list[dict[str, Any]] | None = None) -> JsonResponse:
    """An error in both languages."""
    code, vietnamese, english = WORDS[status]
    found = {"error": {"code": code, "message_vi": vietnamese, "message_en": english, "details": details or []}}
    return JsonResponse(found, status=status, json_dumps_params={"ensure_ascii": False})


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return failure(422, [{"parameter": str(found["loc"][-1]), "message": str(found["msg"])} for found in error.errors])


@api.exception_handler(HttpError)
def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return failure(error.status_code if error.status_code in WORDS else 404)


def _missing() -> HttpError:
    return HttpError(404, "not found")


@api.get("/practices", response={200: schemas.PracticePage, 422: schemas.Failure}, url_name="practices", tags=["practices"], summary="Practices, newest first")
def practices(request: HttpRequest, paging: Query[schemas.Paging], wanted: Query[schemas.PracticeFilters]) -> Any:
    """The public register. Unknown codes give an empty list."""
    filters = catalogue.Filters(
        q=wanted.q, field=wanted.field, ward=wanted.ward, year=wanted.year, state=(wanted.state,) if wanted.state else (), kind=wanted.kind, sort="newest",
    )  # fmt: skip
    found = open_data.practices(filters)
    return queries.paged(request, found, paging, lambda part: queries.practices(part))


@api.get("/practices/{slug}", response={200: schemas.Practice, **FAILURES}, url_name="practice", tags=["practices"], summary="One practice")
def practice(request: HttpRequest, slug: str) -> Any:
    """By its identifier."""
    found = queries.practice(slug)
    if found is None:
        raise _missing()
    return found


@api.get("/units", response={200: schemas.UnitPage, 422: schemas.Failure}, url_name="units", tags=["units"], summary="Units in force on a day")
def units(request: HttpRequest, paging: Query[schemas.Paging], q: schemas.Words = "", day: schemas.Day | None = None) -> Any:
    """With `q`: every unit that ever had such a name or code. Without: those in force on `day` (today)."""
    found = organizations.listing(day=day, words=q)
    return queries.paged(request, found, paging, queries.units)


@api.get("/units/{slug}", response={200: schemas.UnitHistory, **FAILURES}, url_name="unit", tags=["units"], summary="One unit with its history")
def unit(request: HttpRequest, slug: str) -> Any:
    """Every name it had, what it came from and into what it passed."""
    found = queries.unit(slug)
    if found is None:
        raise _missing()
    return found


@api.get("/documents", response={200: schemas.DocumentPage, 422: schemas.Failure}, url_name="documents", tags=["documents"], summary="Published documents, newest first")
def documents(request: HttpRequest, paging: Query[schemas.Paging], wanted: Query[schemas.DocumentFilters]) -> Any:
    """The public register of official documents. Unknown values give an empty list."""
    found = register.listing(words=wanted.q, kind=wanted.kind, issuer=wanted.issuer, year=wanted.year, state=wanted.state)
    return queries.paged(request, found.select_related("replaced_by"), paging, lambda part: queries.documents(request, part))


@api.get("/documents/{number}", response={200: schemas.Document, **FAILURES}, url_name="document", tags=["documents"], summary="One published document")
def document(request: HttpRequest, number: schemas.Number) -> Any:
    """By the number of its entry."""
    found = queries.documents(request, register.public().select_related("replaced_by").filter(pk=number))
    if not found:
        raise _missing()
    return found[0]


@api.get("/movements", response=list[schemas.Movement], url_name="movements", tags=["movements"], summary="Movements with their cycles")
def list_movements(request: HttpRequest) -> Any:
    """Emulation movements, each with its fields, cycles and milestones."""
    return queries.movements(movements.cycles())


@api.get("/search", response={200: schemas.SearchPage, 422: schemas.Failure}, url_name="search", tags=["search"], summary="Search everything public")
def search(request: HttpRequest, paging: Query[schemas.Paging], q: schemas.Words = "", kind: schemas.Words = "") -> Any:
    """With or without tones; hits with the very tones first."""
    answer = asking.ask(q, asking.Filters(kind=kind, sites=searching.sites_of(request)))
    return queries.paged(request, answer.numbers, paging, lambda part: queries.hits(request, part))


@api.get("/datasets", response=list[schemas.Dataset], url_name="datasets", tags=["datasets"], summary="Public tables")
def datasets(request: HttpRequest) -> Any:
    """Every table of the open data catalogue."""
    return [queries.dataset(request, found) for found in registry.every()]


@api.get("/datasets/{code}", response={200: schemas.DatasetDetail, **FAILURES}, url_name="dataset", tags=["datasets"], summary="One table with its dictionary")
def dataset(request: HttpRequest, code: str) -> Any:
    """What it holds and what its columns mean."""
    found = registry.find(code)
    if found is None:
        raise _missing()
    return queries.dataset(request, found) | {"columns": [column.described() for column in found.columns]}


@api.get("/datasets/{code}/rows", response={200: schemas.RowPage, **FAILURES}, url_name="dataset_rows", tags=["datasets"], summary="Rows of a table")
def dataset_rows(request: HttpRequest, code: str, paging: Query[schemas.Paging]) -> Any:
    """The rows by the codes of their columns, in the table's stable order."""
    found = registry.find(code)
    if found is None:
        raise _missing()
    return queries.rows(request, found, paging)


def opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The manners of every address: reading only, ETag and 304, readable from any site."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            found = HttpResponse(status=204)
        elif request.method not in ("GET", "HEAD"):
            found = failure(405)
            found["Allow"] = "GET, HEAD, OPTIONS"
        else:
            asked, request.method = request.method, "GET"
            found = view(request, *args, **kwargs)
            request.method = asked
            if found.status_code == 200:
                etag = f'"{hashlib.sha256(found.content).hexdigest()[:32]}"'
                found["ETag"] = etag
                found = get_conditional_response(request, etag=etag, response=found) or found
        for name, value in OPEN.items():
            found[name] = value
        return found

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written here
    return answer


def nothing(request: HttpRequest, **_more: Any) -> HttpResponse:
    """An address of the API that does not exist."""
    return failure(404)


def patterns() -> list[Any]:
    """Every address of the API, each with the manners of `opened`."""
    found: list[Any] = list(api.urls[0])
    for pattern in found:
        pattern.callback = opened(nothing if pattern.name == "api-root" else pattern.callback)
    return [*found, re_path(r"^.*$", opened(nothing), name="nothing")]


urls = (patterns(), "api", "api")
