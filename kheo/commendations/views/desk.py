"""Commendations at the desk: list, new decision, consent, certificates."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.accounts import queries as accounts
from kheo.accounts.views.access import role_required
from kheo.commendations import forms, policy, queries
from kheo.commendations.actions import commend as commending
from kheo.commendations.actions import print_certificates, record_consent
from kheo.commendations.models import Commendation, Honouree
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.forms import rows
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import require
from kheo.documents.forms import DocumentForm
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization

PREFIX = "honourees"
viewing = role_required(*policy.ROLES["view"])
commending_roles = role_required(*policy.ROLES["commend"])


@viewing
def index(request: HttpRequest) -> HttpResponse:
    """Decisions of my areas, newest first."""
    found = queries.with_counts(queries.visible_to(request.user))
    return render(request, "commendations/desk/index.html", {"commendations": found[:300], "may_commend": accounts.rights(request.user).has(*policy.ROLES["commend"])})


def _units(request: HttpRequest) -> QuerySet[Organization]:
    reach = accounts.rights(request.user).units(policy.ROLES["commend"])
    areas = {v.organization_id for v in organizations.area_versions(reach)}
    return organizations.with_versions().filter(pk__in=areas).order_by("slug")


@commending_roles
def commend(request: HttpRequest) -> HttpResponse:
    """Choose the frame, then practices or names, see the preview, confirm."""
    data = written(request)
    frame = forms.FrameForm(data, units=_units(request), initial={"submission_key": uuid.uuid4()})
    if request.method != "POST" or not frame.is_valid():
        return render(request, "commendations/desk/frame.html", {"form": frame})
    return _second_page(request, frame)


def _second_page(request: HttpRequest, frame: forms.FrameForm) -> HttpResponse:
    chosen = frame.cleaned_data
    candidates = list(queries.candidates(request.user, chosen["cycle"], chosen["form"], chosen["unit"]))
    adding = rows.added_row(request.POST, PREFIX)
    data = rows.with_added_row(request.POST, PREFIX) if adding else request.POST
    sent = f"{PREFIX}-TOTAL_FORMS" in request.POST
    by_hand = forms.HonoureeFormSet(data if sent else None, prefix=PREFIX)
    decision = DocumentForm(data if sent and not adding else None, prefix="decision", initial=_typed(data) if adding else {})
    numbers = set(request.POST.getlist("practice"))
    context: dict[str, Any] = {
        "frame": frame, "candidates": candidates, "by_hand": by_hand, "decision": decision, "chosen": numbers,
    }
    if sent and not adding and decision.is_valid() and by_hand.is_valid():
        lines = commending.lines_of([p for p in candidates if str(p.pk) in numbers]) + _written(by_hand)
        try:
            if "confirm" in request.POST:
                return _carry_out(request, frame, decision, lines)
            if not lines:
                raise InvalidInput(_("Choose at least one practice, or write at least one honouree."))
            context |= {"lines": lines, "warnings": [*decision.warnings, *commending.warnings(chosen["form"], lines)], "preview": True}
        except InvalidInput as error:
            add_error(decision, error)
    return render(request, "commendations/desk/commend.html", context)


def _typed(data: Any) -> dict[str, str]:
    return {name: data.get(f"decision-{name}", "") for name in DocumentForm.base_fields}


def _written(formset: Any) -> list[commending.Line]:
    kept = [f.cleaned_data for f in formset if f.cleaned_data and not f.cleaned_data.get("DELETE") and f.cleaned_data.get("name")]
    return [
        commending.Line(name=d["name"], achievement=d["achievement"], collective=not d["person"], unit_text=d["unit_text"], minor=d["minor"])
        for d in kept
    ]


def _carry_out(request: HttpRequest, frame: forms.FrameForm, decision: DocumentForm, lines: list[commending.Line]) -> HttpResponse:
    chosen = frame.cleaned_data
    document = decision.save_document(by=request.user)
    made = commending.commend(
        document, chosen["form"], cycle=chosen["cycle"], unit=chosen["unit"], lines=lines, by=request.user, submission_key=chosen["submission_key"]
    )
    messages.success(request, _("The commendation was recorded."))
    return redirect("commendations_desk:detail", pk=made.pk)


def _one(request: HttpRequest, pk: int) -> Commendation:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


@viewing
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: honourees, consent, certificates."""
    shown = _one(request, pk)
    people = shown.honourees.select_related("practice").prefetch_related("organization__versions")
    return render(
        request, "commendations/desk/detail.html",
        {
            "commendation": shown, "people": people, "may_print": policy.may(request.user, "print", shown.unit_id),
            "may_consent": policy.may(request.user, "record_consent", shown.unit_id), "may_withdraw": policy.may(request.user, "withdraw", shown.unit_id),
        },
    )


@viewing
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the consent of one person."""
    person = get_object_or_404(Honouree.objects.select_related("commendation").filter(commendation__in=queries.visible_to(request.user)), pk=pk)
    require(policy.may(request.user, "record_consent", person.commendation.unit_id))
    form = forms.ConsentForm(written(request))
    if request.method == "POST" and form.is_valid():
        record_consent.record_consent(person, given=form.cleaned_data["given"] == "yes", note=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("The consent was recorded."))
        return redirect("commendations_desk:detail", pk=person.commendation_id)
    return render(request, "commendations/desk/consent.html", {"person": person, "form": form})


@viewing
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a commendation by decision."""
    shown = _one(request, pk)
    require(policy.may(request.user, "withdraw", shown.unit_id))
    data = written(request)
    form, decision = forms.WithdrawForm(data), DocumentForm(data, prefix="decision")
    if request.method == "POST" and form.is_valid() and decision.is_valid():
        document = decision.save_document(by=request.user)
        commending.withdraw(shown, reason=form.cleaned_data["reason"], document=document, on=document.issued_on, by=request.user)
        messages.success(request, _("The commendation was withdrawn."))
        return redirect("commendations_desk:detail", pk=pk)
    return render(request, "commendations/desk/withdraw.html", {"commendation": shown, "form": form, "decision": decision})


@viewing
@require_POST
def print_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the certificates of the decision; the next page shows how far they are."""
    job = print_certificates.print_all(_one(request, pk), by=request.user)
    return redirect("desk:job", pk=job.pk)


@viewing
def certificates(request: HttpRequest, pk: int) -> FileResponse:
    """All certificates of a decision as one PDF."""
    shown = _one(request, pk)
    if not shown.certificates_file:
        raise Http404
    return FileResponse(shown.certificates_file.open("rb"), content_type="application/pdf", filename=f"giay-khen-{pk}.pdf")


@viewing
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's or collective's certificate, rendered now."""
    person = get_object_or_404(
        Honouree.objects.select_related("commendation__document", "commendation__form", "organization").filter(commendation__in=queries.visible_to(request.user)), pk=pk
    )
    return HttpResponse(print_certificates.render([person]), content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="giay-khen-{pk}.pdf"', "Cache-Control": "private, no-store"})
