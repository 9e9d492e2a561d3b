"""/mo-hinh/tai-ve/: the register as files, and the dictionary of their columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.core.spreadsheets import write
from kheo.movements.models import Cycle, Field
from kheo.practices.forms import catalogue as forms
from kheo.practices.queries import catalogue, open_data, public
from kheo.practices.queries.units import names_of

FORMATS = ("csv", "xlsx", "json")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 200


@require_safe
def download(request: HttpRequest, form: str) -> HttpResponseBase:
    """The practices of the list with the same filters, as csv, xlsx or json."""
    if form not in FORMATS:
        raise Http404(form)
    filters = _filters(request)
    found = open_data.practices(filters)
    rows = open_data.values(found)
    answer: HttpResponseBase
    if form == "csv":
        answer = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    elif form == "json":
        answer = StreamingHttpResponse(_json(request, rows), content_type="application/json; charset=utf-8")
    else:
        answer = HttpResponse(_xlsx(rows), content_type=XLSX)
    name = f"{open_data.CODE}-{timezone.localdate():%Y%m%d}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _filters(request: HttpRequest) -> catalogue.Filters:
    fields, cycles = list(Field.objects.all()), list(Cycle.objects.all())
    wards = public().order_by().values_list("ward_id", flat=True).distinct()
    filters, _view, _ignored = forms.read(request.GET, forms.options(fields, cycles, names_of(wards)))
    return filters


def _csv(rows: Iterator[list[open_data.Value]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark for Excel; the mark and the header come once."""
    codes = [column.code for column in open_data.COLUMNS]
    yield write.write_csv(codes, [])
    heading = len(write.write_csv([], []))
    batch: list[list[open_data.Value]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == CHUNK:
            yield write.write_csv([], batch)[heading:]
            batch = []
    if batch:
        yield write.write_csv([], batch)[heading:]


def _json(request: HttpRequest, rows: Iterator[list[open_data.Value]]) -> Iterator[str]:
    head = {**_about(request), "generated_at": timezone.now().isoformat(timespec="seconds")}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "data": ['
    codes = [column.code for column in open_data.COLUMNS]
    between = "\n"
    for row in rows:
        plain = {code: value.isoformat() if isinstance(value, date) else value for code, value in zip(codes, row, strict=True)}
        yield between + json.dumps(plain, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _xlsx(rows: Iterator[list[open_data.Value]]) -> bytes:
    kinds: dict[str, write.ColumnKind] = {"date": "date", "integer": "integer"}
    columns = [write.ColumnSpec(str(c.name), kinds.get(c.kind, "text")) for c in open_data.COLUMNS]
    meaning = [[c.code, str(c.name), c.kind, str(c.meaning)] for c in open_data.COLUMNS]
    about = [write.ColumnSpec(str(title)) for title in (_("Code"), _("Name"), _("Type"), _("Description"))]
    return write.write_table([
        write.TableSheet(_("Register of practices"), columns, rows), write.TableSheet(_("Dictionary"), about, meaning),
    ])  # fmt: skip


def _about(request: HttpRequest) -> dict[str, Any]:
    updated = catalogue.updated_at()
    return {
        "code": open_data.CODE,
        "title_vi": "Sổ đăng ký mô hình, điển hình “Dân vận khéo”",
        "title_en": "Register of “skilful mass mobilization” practices",
        "source": request.build_absolute_uri(reverse("practices:index")),
        "dictionary": request.build_absolute_uri(reverse("practices:dictionary_json")),
        "licence": open_data.LICENCE,
        "licence_url": open_data.LICENCE_URL,
        "updated_at": timezone.localtime(updated).isoformat(timespec="seconds") if updated else None,
    }


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """What each column of the files means, for people."""
    context = {
        "columns": open_data.COLUMNS, "about": _about(request), "updated_at": catalogue.updated_at(),
        "licence": open_data.LICENCE, "licence_url": open_data.LICENCE_URL, "formats": FORMATS,
    }  # fmt: skip
    return render(request, "practices/public/dictionary.html", context)


@require_safe
def dictionary_json(request: HttpRequest) -> JsonResponse:
    """The same for machines."""
    found = {**_about(request), "columns": [column.described() for column in open_data.COLUMNS]}
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
