"""The catalogue, the labels of sources, the scores."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts.views.access import desk_required
from kheo.core.verdicts import require
from kheo.organizations.models import Organization
from kheo.procedures import policy
from kheo.procedures.actions import (
    import_catalogue,
    open_period,
    score,
    write_source,
)
from kheo.procedures.actions import learn as learning
from kheo.procedures.forms.desk import (
    CatalogueForm,
    LearnForm,
    ProcedureForm,
    ScoreForm,
    SourceForm,
)
from kheo.procedures.models import DossierFact, Procedure, ScoringFormula, Source
from kheo.procedures.queries import catalogue as queries
from kheo.procedures.queries import gaps
from kheo.procedures.queries import scores as score_queries
from kheo.procedures.queries.waiting import batches
from kheo.procedures.rules.labels import HEADINGS
from kheo.procedures.views.desk.batches import units_of


@desk_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """What waits, what is listed, and the form for a workbook."""
    require(policy.may(request.user, "view"))
    may_write = policy.may(request.user, "set_up")
    form = CatalogueForm(request.POST or None, request.FILES or None, initial={"valid_from": timezone.localdate()})
    outcome = None
    if request.method == "POST" and form.is_valid():
        require(may_write)
        upload = form.cleaned_data["file"]
        outcome = import_catalogue.import_catalogue(
            upload.read(), upload.name, valid_from=form.cleaned_data["valid_from"], decision=form.cleaned_data["decision"], by=request.user
        )
        if not outcome.errors:
            messages.success(request, _("%(accepted)s procedures written, %(unchanged)s unchanged.") % {"accepted": outcome.accepted, "unchanged": outcome.unchanged})
            return redirect("procedures_desk:catalogue")
    context = {"form": form, "may_write": may_write, "waiting": queries.waiting(), "versions": queries.in_force(), "problems": [*outcome.errors, *outcome.warnings] if outcome else []}
    return render(request, "procedures/desk/catalogue.html", context)


@desk_required
def procedure(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete or change one procedure: a version from a day on."""
    require(policy.may(request.user, "set_up"))
    found = get_object_or_404(Procedure, pk=pk)
    last = found.versions.order_by("valid_from").last()
    initial: dict[str, Any] = {"name": last.name if last else found.seen_name, "sensitive": found.sensitive, "valid_from": timezone.localdate().replace(month=1, day=1)}
    if last:
        initial |= {name: getattr(last, name) for name in ("limit", "limit_unit", "online", "level", "decision")} | {"field": last.field.name}
    form = ProcedureForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        entry = import_catalogue.Entry(
            found.code, last.full_code if last else "", data["name"], data["field"], data["level"],
            int(data["limit"]) if data["limit"] is not None else None, data["limit_unit"], data["online"], data["decision"],
        )
        import_catalogue.write_version(entry, data["valid_from"], sensitive=data["sensitive"], by=request.user)
        messages.success(request, _("The procedure is written. Import the period again to count its dossiers by the new time limit."))
        return redirect("procedures_desk:catalogue")
    return render(request, "procedures/desk/procedure.html", {"form": form, "procedure": found, "versions": found.versions.select_related("field")})


@desk_required
def sources(request: HttpRequest) -> HttpResponse:
    """The systems that exports come from."""
    require(policy.may(request.user, "set_up"))
    return _source(request, None)


@desk_required
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One system: its headings and labels."""
    require(policy.may(request.user, "set_up"))
    return _source(request, get_object_or_404(Source, pk=pk))


def _source(request: HttpRequest, found: Source | None) -> HttpResponse:
    form = SourceForm(request.POST or None, initial=_as_lines(found) if found else None)
    if request.method == "POST" and form.is_valid():
        made = write_source.write_source(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("The labels of %(name)s are saved.") % {"name": made.name})
        return redirect(reverse("procedures_desk:sources"))
    standard = [str(label) for _value, label in DossierFact.StatusChoices.choices]
    return render(request, "procedures/desk/sources.html", {"form": form, "source": found, "sources": Source.objects.all(), "standard": standard})


@desk_required
def learn(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the headings and labels of an export mean; kept for its system."""
    batch = get_object_or_404(batches(request.user).select_related("source"), pk=pk)
    require(policy.may(request.user, "set_up"))
    found = gaps.of(batch)
    names = list(Source.objects.values_list("name", flat=True)[:2])
    initial = batch.source.name if batch.source else names[0] if len(names) == 1 else ""
    form = LearnForm(request.POST or None, gaps=found, initial={"system": initial})
    if request.method == "POST" and form.is_valid():
        made = learning.learn(form.cleaned_data["system"], columns=form.said("columns"), statuses=form.said("statuses"), channels=form.said("channels"), by=request.user)
        messages.success(request, _("The reading of %(name)s is saved. Bring the file again.") % {"name": made.name})
        chosen = urlencode({"unit": batch.unit_id, "period": batch.period.code, "scheme": batch.period.scheme, "source": made.pk})
        return redirect(f"{reverse('procedures_desk:index')}?{chosen}")
    return render(request, "procedures/desk/learn.html", {"batch": batch, "gaps": found, "form": form})


def _as_lines(found: Source) -> dict[str, str]:
    statuses, channels = dict(DossierFact.StatusChoices.choices), dict(DossierFact.Channel.choices)
    return {
        "name": found.name,
        "statuses": "\n".join(f"{label} = {statuses.get(value, value)}" for label, value in found.statuses.items()),
        "channels": "\n".join(f"{label} = {channels.get(value, value)}" for label, value in found.channels.items()),
        "columns": "\n".join(f"{heading} = {HEADINGS[key][0]}" for key, headings in found.columns.items() for heading in headings),
    }


@desk_required
def scores(request: HttpRequest) -> HttpResponse:
    """Enter figures counted by hand and compute the score of a unit and period."""
    require(policy.may(request.user, "score"))
    formula = ScoringFormula.objects.first()
    items = [(row["code"], f"{row['code']}. {row['name']}") for row in formula.items if row.get("applies", True)] if formula else []
    form = ScoreForm(request.POST or None, units=units_of(request), items=items)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        unit = get_object_or_404(Organization, pk=data["unit"])
        require(policy.may(request.user, "score", unit.pk))
        period = open_period.open_period(data["period"], scheme=data["scheme"], by=request.user)
        if data["item"]:
            score.enter_input(unit, period, data["item"], data["numerator"], data["denominator"], data["basis"], by=request.user)
        made = score.compute_score(unit, period, by=request.user)
        return redirect("procedures:score", pk=made.pk)
    return render(request, "procedures/desk/scores.html", {"form": form, "formula": formula, "scores": score_queries.public_scores(None)})
