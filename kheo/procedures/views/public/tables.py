"""/thu-tuc-hanh-chinh/: the table of a period, statistics over time, how it is counted, where from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kheo.procedures.forms.public import ChoiceForm
from kheo.procedures.models import Batch, CountingRule
from kheo.procedures.queries import block, catalogue, figures, public, scores
from kheo.procedures.views.public import choice as choices


def _form(request: HttpRequest, chosen: choices.Choice) -> ChoiceForm:
    data = {"ky": chosen.code, "don_vi": chosen.slug}
    return ChoiceForm(data, periods=chosen.periods, units=chosen.units, auto_id="chon_%s")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The block of the period, the table by field and by unit, the overdue dossiers, the trend."""
    chosen = choices.read(request)
    found = figures.figures(chosen.code, unit=chosen.unit) if chosen.code else None
    context: dict[str, Any] = {"choice": chosen, "form": _form(request, chosen), "figures": found, "ignored": chosen.ignored}
    if found is None:
        context |= block.block()
    else:
        context |= {
            "name": choices.period_name(chosen.code), "total": found.total, "missing": [(choices.period_name(code), units) for code, units in found.missing],
            "overdue": public.named(public.overdue(public.scope_behind(found), unit=chosen.unit)), "trend": _trend(chosen.unit),
        }
    return render(request, "procedures/public/index.html", context)


def _trend(unit: int | None) -> dict[str, Any]:
    months = figures.trend(unit=unit)
    rate = [
        {"label": f"{code[5:]}/{code[:4]}", "value": _percent(counts.on_time_rate.percent), "href": f"?ky={code}"} for code, counts in months
    ]
    volume = [{"label": f"{code[5:]}/{code[:4]}", "value": [counts.received, counts.settled]} for code, counts in months]
    return {"rate": rate, "volume": volume, "series": [_("received"), _("settled")], "months": len(months)}


def _percent(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"))


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Months, quarters and years beside each other, and the scores."""
    chosen = choices.read(request)
    found = figures.many([code for code, _name in chosen.periods], unit=chosen.unit, by_unit=False)
    rows = [(code, choices.period_name(code), found[code]) for code, _name in chosen.periods if code in found]
    context = {
        "choice": chosen, "form": _form(request, chosen), "rows": rows, "trend": _trend(chosen.unit),
        "scores": scores.public_scores(chosen.unit), "ignored": chosen.ignored, **({} if rows else block.block()),
    }
    return render(request, "procedures/public/statistics.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """How dossiers are counted, with examples and the documents."""
    context = {"rules": CountingRule.objects.all(), "current": CountingRule.objects.first(), "today": timezone.localdate()}
    return render(request, "procedures/public/rules.html", context)


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Where figures come from: the export with its hash, who published it, what it replaced."""
    found = get_object_or_404(Batch.objects.select_related("unit", "period", "counting"), pk=pk, state__in=[Batch.State.PUBLISHED, Batch.State.SUPERSEDED])
    newer = Batch.objects.filter(supersedes=found, state__in=[Batch.State.PUBLISHED, Batch.State.SUPERSEDED]).first()
    return render(request, "procedures/public/batch.html", {"batch": found, "newer": newer, "period_name": choices.period_name(found.period.code)})


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """The catalogue with time limits and links to the national portal."""
    words = request.GET.get("q", "").strip()[:100]
    found = [(version, catalogue.portal_link(version.full_code or version.procedure.code)) for version in catalogue.listing(words)]
    return render(request, "procedures/public/procedures.html", {"rows": found, "words": words})


@require_safe
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """One score with every item, its figures and the version of the formula."""
    found = scores.public().filter(pk=pk).first()
    if found is None:
        raise Http404
    return render(request, "procedures/public/score.html", {"score": found, "groups": scores.groups_of(found), "missing": scores.missing(found), "period_name": choices.period_name(found.period.code)})
