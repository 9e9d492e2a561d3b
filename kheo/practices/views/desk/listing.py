"""The officers' list, its export, the official tables, and steps for many at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.accounts.views.access import desk_required
from kheo.core.spreadsheets.write import TableSheet, write_table
from kheo.movements.models import Cycle
from kheo.practices.actions import many
from kheo.practices.forms.desk import FilterForm, ReasonForm
from kheo.practices.models import Practice
from kheo.practices.queries import access, desk_list, tables
from kheo.practices.queries.history import SENTENCES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """Thousands of rows, fifty at a time; every filter is in the address."""
    form = FilterForm(request.GET, options=desk_list.options(request.user))
    chosen = form.chosen()
    found = desk_list.filtered(request.user, chosen)
    counts = desk_list.counts_by_state(request.user, chosen)
    page = desk_list.Pages(found, counts, chosen).get_page(request.GET.get("page"))
    states = [
        {"label": label, "count": count, "href": "?" + _with_state(request, state), "current": chosen.get("state") == [state]}
        for state, label, count in counts
    ]
    return render(
        request,
        "practices/desk/list.html",
        {
            "form": form, "page": page, "states": states, "query": desk_list.without(request.GET, "page"),
            "steps": [(verb, SENTENCES[verb]) for verb in many.verbs_for(request.user)],
            "may_recognize": accounts.rights(request.user).has(Role.LEADER),
        },
    )


def _with_state(request: HttpRequest, state: str) -> str:
    changed = request.GET.copy()
    changed.pop("page", None)
    changed.setlist("state", [state])
    return changed.urlencode()


@desk_required
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as .xlsx; texts stay texts."""
    chosen = FilterForm(request.GET, options=desk_list.options(request.user)).chosen()
    found = desk_list.rows(desk_list.filtered(request.user, chosen))
    return _workbook([tables.plain_list(found)], "danh-sach-mo-hinh")


@desk_required
def official(request: HttpRequest) -> HttpResponse:
    """The three official tables of a cycle, as workbooks."""
    cycles = list(Cycle.objects.order_by("-starts_on"))
    return render(request, "practices/desk/tables.html", {"cycles": cycles, "kinds": tables.KINDS})


@desk_required
def official_table(request: HttpRequest, cycle: int, kind: str) -> HttpResponse:
    """One official table as .xlsx."""
    if kind not in tables.KINDS:
        raise Http404
    found = Cycle.objects.select_related("movement").filter(pk=cycle).first()
    if found is None:
        raise Http404
    mine = access.visible_to(request.user).filter(cycle=found).distinct()
    return _workbook([tables.table(kind, found, mine)], f"{kind}-{found.code}")


def _workbook(sheets: list[TableSheet], name: str) -> HttpResponse:
    stamp = timezone.localdate().strftime("%Y%m%d")
    return HttpResponse(
        write_table(sheets), content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}-{stamp}.xlsx"'}
    )


@desk_required
def bulk(request: HttpRequest, verb: str) -> HttpResponse:
    """A step for many: GET or first POST shows what will and what will not change, the second does it."""
    if verb not in many.VERBS:
        raise Http404
    data = request.POST if request.method == "POST" else request.GET
    numbers = [int(value) for value in data.getlist("practice") if value.isdigit()][:2000]
    if not numbers:
        messages.warning(request, _("Choose at least one practice in the list first."))
        return redirect("practices_desk:list")
    practices = list(access.listing(access.visible_to(request.user).filter(pk__in=numbers)).distinct().order_by("pk"))
    form = ReasonForm(request.POST if "confirm" in request.POST else None) if many.VERBS[verb].reason else None
    preview = many.preview(practices, verb, by=request.user)
    if request.method == "POST" and "confirm" in request.POST and (form is None or form.is_valid()):
        return _carry_out(request, verb, practices, form.cleaned_data["reason"] if form else "")
    context = {"verb": verb, "words": SENTENCES[verb], "preview": preview, "form": form, "back": "practices_desk:list"}
    return render(request, "practices/desk/bulk.html", context)


def _carry_out(request: HttpRequest, verb: str, practices: list[Practice], reason: str) -> HttpResponse:
    given = {p.pk: request.POST.get(f"version-{p.pk}", "") for p in practices}
    versions = {pk: int(version) for pk, version in given.items() if version.isdigit()}
    done, left = many.carry_out(practices, verb, by=request.user, reason=reason, versions=versions)
    if done:
        messages.success(request, _("%(count)s practices changed.") % {"count": len(done)})
    for practice, why in left[:10]:
        messages.warning(request, _("“%(title)s” was left as it is: %(why)s") % {"title": practice.title, "why": why})
    return redirect("practices_desk:list")


