"""The audit log at the desk: read, export, check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.audit import policy, queries, words
from kheo.audit.actions import verify as verifying
from kheo.audit.forms import FilterForm
from kheo.audit.models import Check, Entry
from kheo.core.access import desk_required
from kheo.core.errors import InvalidInput
from kheo.core.rules.numbers import format_number
from kheo.core.spreadsheets.workbook import Value
from kheo.core.spreadsheets.write import ColumnSpec, TableSheet, write_csv, write_table
from kheo.core.verdicts import require

PER_PAGE = 50
MOST_EXPORTED = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, with the filters of the address and the state of the chain."""
    require(policy.may_read(request.user))
    form = FilterForm(request.GET)
    page = Paginator(queries.search(**form.criteria()), PER_PAGE).get_page(request.GET.get("page"))
    check = queries.last_check()
    context = {
        "form": form, "page": page, "lines": [_line(entry) for entry in page], "check": check,
        "faults": _faults(check) if check else [], "query": request.GET.urlencode(),
    }
    return render(request, "audit/desk/index.html", context)


@desk_required
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """The same entries as a workbook or a CSV file; at most 100,000, otherwise words what to do."""
    require(policy.may_read(request.user))
    found = queries.search(**FilterForm(request.GET).criteria())
    count = found.count()
    if count > MOST_EXPORTED:
        raise InvalidInput(
            _("%(count)s entries are too many for one file (at most %(most)s). Choose a shorter time and export in parts.")
            % {"count": format_number(count), "most": format_number(MOST_EXPORTED)}
        )
    titles = [_("No."), _("Time"), _("Person"), _("Step"), _("Code of the step"), _("Kind of object"), _("Object"), _("Number of the object"), _("Details"), _("Hash")]
    rows: Iterator[list[Value]] = ([e.id, timezone.localtime(e.at), e.actor_name, words.sentence(e.verb), e.verb, words.type_name(e.object_type), e.object_label, e.object_id,
             "; ".join(f"{name}: {value}" for name, value in words.detail_lines(e.details)), e.hash] for e in found.iterator(chunk_size=2000))
    name = f"nhat-ky-{timezone.localdate():%Y%m%d}.{ending}"
    if ending == "csv":
        answer = HttpResponse(write_csv(titles, rows), content_type="text/csv; charset=utf-8")
    else:
        kinds: list[Any] = ["integer", "datetime", *["text"] * 8]
        columns = [ColumnSpec(title, kind) for title, kind in zip(titles, kinds, strict=True)]
        answer = HttpResponse(write_table([TableSheet(_("Audit log"), columns, rows)]), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@desk_required
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain now."""
    check = verifying.verify(by=request.user)
    if check.faults:
        messages.error(request, _("The audit log does not hold: %(count)s faults. Keep the server as it is and tell the technical owner.") % {"count": format_number(check.faults)})
    else:
        messages.success(request, _("The audit log holds: %(count)s entries checked, none changed, none missing.") % {"count": format_number(check.entries)})
    return redirect("audit:index")


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "entry": entry, "words": words.sentence(entry.verb), "kind": words.type_name(entry.object_type),
        "details": words.detail_lines(entry.details),
    }


def _faults(check: Check) -> list[str]:
    meanings = {
        "changed": _("entry %(number)s was changed after it was written"),
        "missing": _("entries from number %(number)s are missing"),
        "cut off": _("the log ends too early: entry %(number)s should follow"),
    }
    return [meanings.get(what, "%(number)s") % {"number": format_number(number)} for number, what in check.breaks[:20]]
