"""/du-lieu-mo/: the public tables, their dictionaries and files, and the catalogue for machines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kheo.core import datasets, once
from kheo.core.datasets import Dataset
from kheo.portal.queries import open_data
from kheo.portal.views import api as views

Answer = TypeVar("Answer", bound=HttpResponseBase)
CYCLES = {
    "continuous": _("at once, with every change"), "day": _("every day"), "week": _("every week"), "month": _("every month"),
    "quarter": _("every quarter"), "year": _("every year"), "irregular": _("when there is something new"),
}  # fmt: skip
SUMMARIES = {
    "/practices": _("Practices, newest first"), "/practices/{slug}": _("One practice"), "/units": _("Units in force on a day"),
    "/units/{slug}": _("One unit with its history"), "/movements": _("Movements with their cycles"), "/search": _("Search everything public"),
    "/datasets": _("Public tables"), "/datasets/{code}": _("One table with its dictionary"), "/datasets/{code}/rows": _("Rows of a table"),
}  # fmt: skip
VALUE_KINDS = {
    "text": _("text"), "code": _("code"), "integer": _("whole number"), "decimal": _("decimal number"), "percent": _("percent"),
    "date": _("date"), "datetime": _("date and time"), "boolean": _("yes or no"),
}  # fmt: skip


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every public table: when each last changed is asked once for all; how many rows it has, on its own page."""
    changes = datasets.last_changes()
    return render(request, "portal/open_data/index.html", {"rows": [_row(dataset, changes[dataset.code]) for dataset in datasets.every()], "forms": open_data.FORMS})


@require_safe
@once.reading()
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One table: what it holds, what its columns mean, its files."""
    dataset = _found(code)
    row = _row(dataset, open_data.changed_on(dataset)) | {"count": dataset.count()}
    files = [open_data.file_of(dataset, form) for form in open_data.FORMS] if row["count"] <= open_data.AT_ONCE else []
    context = row | {
        "files": files, "forms": open_data.FORMS, "columns": [(column, VALUE_KINDS[column.kind]) for column in dataset.columns],
        "sample": [list(open_data.named(dataset, line).values()) for line in dataset.rows(0, 3)],
        "rows_href": reverse("api:dataset_rows", args=[dataset.code]),
    }  # fmt: skip
    return render(request, "portal/open_data/detail.html", context)


@require_safe
def download(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """A file, with its sum in the headers; a reader who has it already gets 304."""
    if form not in open_data.FORMS:
        raise Http404(form)
    found = open_data.file_of(_found(code), form)
    etag, changed = f'"{found.sha256[:32]}"', int(found.changed.timestamp())
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=changed)
    if answer is None or answer.status_code == 200:
        answer = FileResponse(found.path.open("rb"), content_type=open_data.TYPES[form], as_attachment=True, filename=f"{code}.{form}")
    answer["ETag"], answer["Last-Modified"] = etag, http_date(changed)
    answer["X-Checksum-SHA256"] = found.sha256
    return _open(answer)


@require_safe
def checksum(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The sum of a file as `sha256sum -c` reads it."""
    if form not in open_data.FORMS:
        raise Http404(form)
    found = open_data.file_of(_found(code), form)
    return _open(HttpResponse(f"{found.sha256}  {code}.{form}\n", content_type="text/plain; charset=utf-8"))


@require_safe
def dictionary(request: HttpRequest, code: str) -> HttpResponse:
    """The dictionary of a table as a file."""
    found = _found(code)
    name = f'attachment; filename="{code}-tu-dien.csv"'
    return _open(HttpResponse(open_data.dictionary_csv(found.columns), content_type=open_data.TYPES["csv"], headers={"Content-Disposition": name}))


@require_safe
def catalogue(request: HttpRequest) -> JsonResponse:
    """The catalogue for machines (DCAT, JSON-LD)."""

    def address(what: str, dataset: Dataset, form: str) -> str:
        names = {"page": "portal:dataset", "file": "portal:dataset_file", "rows": "api:dataset_rows"}
        return reverse(names[what], args=[dataset.code, form] if form else [dataset.code])

    found = open_data.catalogue(request.build_absolute_uri, address)
    return _open(JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type="application/ld+json"))


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """The addresses of the API for people, from its own description."""
    described = views.api.get_openapi_schema()
    lines = [
        {
            "path": path, "href": path if "{" not in path else "", "summary": SUMMARIES.get(path.removeprefix("/api/v1"), verbs["get"].get("summary", "")),
            "parameters": [found["name"] for found in verbs["get"].get("parameters", [])],
        }
        for path, verbs in described["paths"].items()
    ]
    return render(request, "portal/open_data/api.html", {"lines": lines})


def _found(code: str) -> Dataset:
    found = datasets.find(code)
    if found is None:
        raise Http404(code)
    return found


def _row(dataset: Dataset, changed: datetime | date | None) -> dict[str, Any]:
    return {
        "dataset": dataset, "changed": changed, "owner": open_data.owner(dataset),
        "cycle": CYCLES[dataset.cycle], "page": dataset.address(),
    }  # fmt: skip


def _open(answer: Answer) -> Answer:
    """Readable from any site: the data are public."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, no-cache"
    return answer
