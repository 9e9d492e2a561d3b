"""The list of dossiers, and looking up one's own."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kheo.core import limits
from kheo.procedures.forms.public import DossierForm, LookUpForm
from kheo.procedures.models import DossierFact, ProcedureField
from kheo.procedures.queries import block, figures, public
from kheo.procedures.views.public import choice as choices

MOST_LOOKUPS = 60
MERGED = "gop"


class Pages(Paginator[DossierFact]):
    """The pages of the list; how many there are is read from the totals."""

    def __init__(self, filters: public.Filters, scope: public.Scope) -> None:
        super().__init__(public.public(filters, scope), public.PER_PAGE)
        self.count = public.count(filters, scope)


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """Dossiers of a period with filters and pages; every figure of the tables opens here."""
    chosen = choices.read(request)
    scope = public.scope_of(chosen.code, unit=chosen.unit) if chosen.code else public.NOTHING
    fields = {field.slug: field for field in ProcedureField.objects.all()}
    ignored = list(chosen.ignored)
    filters = _filters(request, chosen, fields, ignored)
    page = Pages(filters, scope).get_page(request.GET.get("page"))
    form = DossierForm(
        {"ky": chosen.code, "don_vi": chosen.slug, "ket_qua": filters.outcome, "linh_vuc": request.GET.get("linh_vuc", ""), "q": filters.q},
        periods=chosen.periods, units=chosen.units, auto_id="loc_%s",
        fields=[*((slug, field.name) for slug, field in fields.items()), (MERGED, _("Several procedures together"))],
    )
    facts = list(page.object_list)
    context: dict[str, Any] = {
        "choice": chosen, "form": form, "page": page, "rows": public.named(facts), "as_of": public.as_of(facts), "ignored": ignored,
        "name": choices.period_name(chosen.code) if chosen.code else "", **({} if scope.months else block.block()),
        "units": figures.units_with_figures(),
    }
    return render(request, "procedures/public/dossiers.html", context)


def _filters(request: HttpRequest, chosen: choices.Choice, fields: dict[str, ProcedureField], ignored: list[str]) -> public.Filters:
    outcome, slug = request.GET.get("ket_qua", ""), request.GET.get("linh_vuc", "")
    if outcome and outcome not in {"late", *DossierFact.OutcomeChoices.values}:
        ignored.append(_("outcome “%(text)s”") % {"text": outcome[:40]})
        outcome = ""
    field = 0 if slug == MERGED else fields[slug].pk if slug in fields else None
    if slug and field is None:
        ignored.append(_("field “%(text)s”") % {"text": slug[:40]})
    return public.Filters(chosen.code, chosen.unit, outcome, field, request.GET.get("q", "").strip()[:60])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """One's own dossier by code and second factor; never kept in the page store.

    The answer is the same for a wrong factor and for a code that does not exist.
    """
    form = LookUpForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "asked": False, **block.block()}
    status = 200
    if request.method == "POST" and not limits.within(request, "procedures.look_up", MOST_LOOKUPS):
        context["too_many"] = True
        status = 429
    elif request.method == "POST" and form.is_valid():
        fact = public.look_up(form.cleaned_data["code"], form.cleaned_data["factor"])
        context |= {"asked": True, "fact": fact, "title": public.named([fact])[0][1] if fact else ""}
    answer = render(request, "procedures/public/look_up.html", context, status=status)
    answer["Cache-Control"] = "no-store, private"
    return answer
