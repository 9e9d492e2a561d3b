"""Units from a workbook, at the desk: check it, then bring all of it in or nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kheo.core.access import desk_required
from kheo.core.errors import InvalidInput
from kheo.core.messages import describe
from kheo.core.verdicts import require
from kheo.organizations import policy
from kheo.organizations.actions import import_units as importing
from kheo.organizations.forms.imports import ImportUnitsForm

SHOWN = 200


@desk_required
def import_units(request: HttpRequest) -> HttpResponse:
    """POST checks the workbook; with "carry_out" it also saves when there is no error."""
    require(policy.may(request.user, []))
    form = ImportUnitsForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        upload, checking = form.cleaned_data["file"], "carry_out" not in request.POST
        try:
            outcome = importing.import_units(
                upload.read(), upload.name, by=request.user, dry_run=checking, default_start=form.cleaned_data["start"]
            )
        except InvalidInput as error:
            form.add_error("file", describe(error))
        else:
            if outcome.batch:
                messages.success(request, _("%(count)s units were added.") % {"count": outcome.accepted})
    context = {
        "form": form, "outcome": outcome, "errors": [p.as_dict() for p in outcome.errors[:SHOWN]] if outcome else [],
        "warnings": [p.as_dict() for p in outcome.warnings[:SHOWN]] if outcome else [],
    }
    return render(request, "organizations/desk/import_units.html", context)
