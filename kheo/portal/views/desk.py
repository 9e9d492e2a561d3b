"""The site at the desk: which sections are old or missing, notices of stops, leaders, sites."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Site

from kheo.accounts.models import Role
from kheo.accounts.views.access import role_required
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.core.verdicts import require
from kheo.portal import policy, words
from kheo.portal.actions import announce_stop, check_section, found_site, move_site, write_leader
from kheo.portal.forms import sections as forms
from kheo.portal.models import Leader, PlannedStop, SectionKind
from kheo.portal.queries import founding, sections, sites

editing = role_required(*policy.EDITING)


def _site(request: HttpRequest) -> Site:
    """The site of this host; 404 while none has been founded, 403 when it is another unit's."""
    found = sites.site_of(request)
    if found is None:
        raise Http404
    require(policy.may_edit(request.user, found))
    return found


@editing
def index(request: HttpRequest) -> HttpResponse:
    """Every section with its state, the worst first."""
    site = _site(request)
    order = list(sections.TONES)
    found = sorted(sections.standings(site), key=lambda s: (order.index(s.state), s.kind.duty != "law", s.kind.order))
    stops = PlannedStop.objects.filter(site=site, over=False)
    counts = {"law": [s for s in found if s.kind.duty == "law"], "all": found}
    ready = {name: sum(s.state not in {sections.MISSING, sections.EMPTY} for s in rows) for name, rows in counts.items()}
    context = {"standings": found, "site_row": site, "stops": stops, "ready": ready, "totals": {n: len(r) for n, r in counts.items()}}
    return render(request, "portal/desk/sections.html", context)


@editing
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm that a section is right as it stands."""
    site = _site(request)
    kind = get_object_or_404(SectionKind, code=code)
    form = forms.CheckForm(written(request))
    if request.method == "POST" and form.is_valid():
        check_section.check_section(site, kind, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("Noted: checked today."))
        return redirect("portal:sections")
    return render(request, "portal/desk/check.html", {"form": form, "kind": kind})


@editing
def announce(request: HttpRequest) -> HttpResponse:
    """Announce a stop; the earliest day is shown with its working."""
    site = _site(request)
    form = forms.StopForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            announce_stop.announce_stop(site, by=request.user, **form.moments())
        except InvalidInput as error:
            field = {"starts_at": "start_on", "ends_at": "end_on"}.get(error.field or "", error.field)
            form.add_error(field if field in form.fields else None, describe(error))
        else:
            messages.success(request, _("The notice stands on every page now."))
            return redirect("portal:sections")
    return render(request, "portal/desk/announce.html", {"form": form, "earliest": announce_stop.earliest(site)})


@editing
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: take a notice down."""
    stop = get_object_or_404(PlannedStop, pk=pk, site=_site(request))
    if request.method == "POST":
        announce_stop.cancel_stop(stop, by=request.user)
        messages.success(request, _("The notice was taken down."))
    return redirect("portal:sections")


@editing
def leaders(request: HttpRequest) -> HttpResponse:
    """The leading posts in force, and those that have ended."""
    site = _site(request)
    return render(request, "portal/desk/leaders.html", {"leaders": sections.leaders(site), "unit": sites.unit_of(site)})


@editing
def leader(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add or change a leading post."""
    site = _site(request)
    current = get_object_or_404(Leader, pk=pk) if pk else None
    if current is not None and not sites.belongs(current.unit, site, current.valid_from):
        raise Http404
    form = forms.LeaderForm(written(request), instance=current)
    if request.method == "POST" and form.is_valid():
        try:
            write_leader.write_leader(site, form.cleaned_data, by=request.user, current=get_object_or_404(Leader, pk=pk) if pk else None)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("portal:desk_leaders")
    return render(request, "portal/desk/leader.html", {"form": form, "current": current})


@editing
def broken_links(request: HttpRequest) -> HttpResponse:
    """Links that lead nowhere, the longest broken first."""
    site = _site(request)
    links = sections.broken_links(site)
    return render(request, "portal/desk/broken_links.html", {"links": [{**link, "answer": words.answer_words(link["answer"])} for link in links], "walk": sections.links_walk(site)})


@role_required(Role.ADMIN)
def list_sites(request: HttpRequest) -> HttpResponse:
    """Every site of the installation."""
    return render(request, "portal/desk/sites.html", {"sites": founding.entries(request)})


@role_required(Role.ADMIN)
def found(request: HttpRequest) -> HttpResponse:
    """Found a site for a unit. While nobody has said whose the first site is, that is asked first."""
    first = sites.unclaimed()
    form = forms.SiteForm(written(request), initial=_of_first(first))
    if request.method == "POST" and form.is_valid():
        stood = sites.of_unit(form.cleaned_data["unit"])
        try:
            made = found_site.found_site(by=request.user, default=first is not None, **form.cleaned_data)
        except InvalidInput as error:
            add_error(form, error)
        else:
            words = _("The site %(name)s stands already.") if stood else _("The site %(name)s was founded.")
            messages.success(request, words % {"name": made.site_name})
            return redirect("portal:site", pk=made.pk)
    return render(request, "portal/desk/found_site.html", {"form": form, "first": first})


def _of_first(first: Site | None) -> dict[str, str]:
    """What is known of the site that stands before any was founded."""
    return {"name": sites.identity_of(first).name, "host": "" if first.hostname == "localhost" else first.hostname} if first else {}


def _of_unit(request: HttpRequest, pk: int) -> Site:
    """A site that speaks for a unit this administrator reaches."""
    found = get_object_or_404(Site, pk=pk, identity__unit__isnull=False)
    require(policy.may(request.user, "identify", found))
    return found


@role_required(Role.ADMIN)
def site(request: HttpRequest, pk: int) -> HttpResponse:
    """One site: what stands, what is missing and where it is done."""
    found = _of_unit(request, pk)
    identity, address = sites.identity_of(found), founding.address_of(found, request)
    context = {"found": found, "identity": identity, "address": address, "served": founding.is_served(found), "steps": founding.steps(found, identity, address)}
    return render(request, "portal/desk/site.html", context)


@role_required(Role.ADMIN)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another host name for a site."""
    found = _of_unit(request, pk)
    form = forms.HostForm(written(request), initial={"host": found.hostname})
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_site.move_site(found, by=request.user, **form.cleaned_data)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The site answers under %(host)s from now on.") % {"host": moved.hostname})
            return redirect("portal:site", pk=pk)
    return render(request, "portal/desk/move_site.html", {"form": form, "found": found})
