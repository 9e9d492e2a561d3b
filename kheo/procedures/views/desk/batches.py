"""Bringing an export: upload, what was understood, what people will see, publish."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.accounts.views.access import desk_required
from kheo.core import jobs
from kheo.core.verdicts import require
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.procedures import policy
from kheo.procedures.actions import open_period, publish, receive
from kheo.procedures.forms.desk import UploadForm
from kheo.procedures.models import Batch, Rollup
from kheo.procedures.queries import figures, gaps, identities
from kheo.procedures.queries.waiting import batches
from kheo.procedures.rules import table
from kheo.procedures.rules.labels import FIELD_NAMES
from kheo.procedures.views.public.choice import period_name

AT_ONCE = 300_000  # bytes: smaller exports are checked within the request
SHOWN = 200


def units_of(request: HttpRequest) -> list[tuple[int, str]]:
    """Units the person imports for, today's first, former ones with their years."""
    reach = accounts.rights(request.user).units([Role.ONE_STOP])
    found: dict[int, str] = {}
    for version in organizations.area_versions(reach):
        years = f" ({version.valid_from:%Y}–{version.valid_to:%Y})" if version.valid_to else ""
        found.setdefault(version.organization_id, version.name + years)
    return list(found.items())


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """Earlier batches, and the form for a new export."""
    require(policy.may(request.user, "view"))
    may_import = policy.may(request.user, "import")
    form = UploadForm(request.POST or None, request.FILES or None, units=units_of(request), initial=request.GET.dict()) if may_import else None
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        unit = get_object_or_404(Organization, pk=data["unit"])
        require(policy.may(request.user, "import", unit.pk))
        period = open_period.open_period(data["period"], scheme=data["scheme"], by=request.user)
        upload = data["file"]
        batch = receive.receive(upload.read(), upload.name, unit=unit, period=period, origin=data["source"], by=request.user)
        return _check(request, batch, upload.size)
    shown = batches(request.user).select_related("unit", "period")[:50]
    return render(request, "procedures/desk/index.html", {"form": form, "batches": shown})


def _check(request: HttpRequest, batch: Batch, size: int) -> HttpResponse:
    address = reverse("procedures_desk:batch", args=[batch.pk])
    job = jobs.enqueue("procedures.check", _("Check %(name)s") % {"name": batch.filename}, by=request.user, result_url=address, batch=batch.pk)
    Batch.objects.filter(pk=batch.pk).update(job=job)
    if size <= AT_ONCE:
        done = jobs.run(job.pk)
        if done.error:
            messages.error(request, done.error)
        return redirect(address)
    return redirect("desk:job", pk=job.pk)


@desk_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood of an export, its problems, and the tables as people will see them."""
    batch = get_object_or_404(batches(request.user).select_related("unit", "period", "counting", "source"), pk=pk)
    report = batch.report
    preview = figures.table_of([batch.period], batch.period.code, Rollup.objects.filter(batch=batch)) if batch.accepted else None
    context: dict[str, Any] = {
        "batch": batch, "preview": preview, "total": preview.total if preview else None, "names": FIELD_NAMES,
        "errors": report.get("errors", [])[:SHOWN], "warnings": report.get("warnings", [])[:SHOWN],
        "error_count": len(report.get("errors", [])), "warning_count": len(report.get("warnings", [])),
        "broken": _broken(preview, batch) if preview else [], "may_publish": policy.may(request.user, "publish", batch.unit_id),
        "period_name": period_name(batch.period.code), "merged": any(line.merged for line in preview.fields) if preview else False,
        "gaps": gaps.of(batch) if policy.may(request.user, "set_up") else None, "gaps_stop": gaps.stops(batch), "newer": batch.superseded_by.first(),
    }
    return render(request, "procedures/desk/batch.html", context)


IDENTITIES = {"3=7+11": "(3) = (7) + (11)", "7=8+9+10": "(7) = (8) + (9) + (10)", "11=12+13": "(11) = (12) + (13)", "6=11": "(6) = (11)"}


def _broken(preview: figures.Figures, batch: Batch) -> list[dict[str, Any]]:
    """Identities that do not hold, in words, with the dossiers behind them."""
    earlier = Batch.objects.filter(
        unit=batch.unit, state=Batch.State.PUBLISHED, period__scheme=batch.period.scheme, period__kind=batch.period.kind,
        period__last=batch.period.first - timedelta(days=1),
    ).first()
    preview.previous = table.total(row.counts for row in earlier.rollups.all()) if earlier else None
    return [{"name": IDENTITIES.get(b.identity, b.identity), "left": b.left, "right": b.right, "before": b.identity == "6=11", "behind": identities.behind(b.identity, batch, earlier)} for b in preview.broken]


@desk_required
@require_POST
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: publish a checked batch."""
    batch = get_object_or_404(batches(request.user), pk=pk)
    publish.publish(batch, by=request.user)
    messages.success(request, _("The results are published."))
    return redirect("procedures_desk:batch", pk=pk)


@desk_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: set a batch aside."""
    batch = get_object_or_404(batches(request.user), pk=pk)
    receive.discard(batch, by=request.user)
    messages.success(request, _("The batch was set aside; nothing was published."))
    return redirect("procedures_desk:index")


@desk_required
def marked(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The marked workbook, without personal data; kept for a week."""
    batch = get_object_or_404(batches(request.user), pk=pk)
    if not batch.marked_file or not batch.marked_file.storage.exists(batch.marked_file.name):
        raise Http404
    return FileResponse(batch.marked_file.open("rb"), as_attachment=True, filename=f"da-danh-dau-{batch.pk}.xlsx")
