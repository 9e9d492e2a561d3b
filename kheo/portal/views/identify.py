"""/ban-lam-viec/cong-thong-tin/: what the site says about itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Site

from kheo.accounts.models import Role
from kheo.accounts.views.access import role_required
from kheo.core.access import written
from kheo.core.verdicts import require
from kheo.portal import policy
from kheo.portal.actions import identify as actions
from kheo.portal.forms.identify import IdentifyForm
from kheo.portal.queries import identity, sites


@role_required(Role.ADMIN)
@require_http_methods(["GET", "POST"])
def identify(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show and change names, responsible editor and contact of the site of this host, or of another one."""
    data = written(request)
    site = get_object_or_404(Site, pk=pk, identity__unit__isnull=False) if pk else sites.site_of(request)
    require(policy.may(request.user, "identify", site))
    form = IdentifyForm(data, instance=identity.row(site))
    if request.method == "POST" and form.is_valid():
        actions.identify(form.cleaned_data, by=request.user, site=site)
        messages.success(request, _("The identity of the site was saved. Every page shows it from now on."))
        return redirect("portal:site", pk=pk) if pk else redirect("portal:identify")
    return render(request, "portal/desk/identify.html", {"form": form, "other": site if pk else None})
