"""One check at the desk: minutes, conclusion, the unit's own form, findings, files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kheo.accounts.views.access import desk_required
from kheo.core.access import written
from kheo.core.errors import DomainError, InvalidInput
from kheo.core.files import kinds
from kheo.core.forms import rows
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.core.verdicts import require
from kheo.inspections import policy, queries, rules
from kheo.inspections.actions import attach as attaching
from kheo.inspections.actions import follow_up
from kheo.inspections.actions import hold as holding
from kheo.inspections.actions import self_inspect as own
from kheo.inspections.forms.checks import (
    ConcludeForm,
    FileForm,
    FindingFormSet,
    MinutesForm,
    RemarkForm,
    ReportForm,
    SettleForm,
    findings_of,
)
from kheo.inspections.models import Attachment, Finding, Inspection, Plan
from kheo.organizations.models import Organization
from kheo.workdays import queries as workdays
from kheo.workdays import rules as counting

VERBS = ("hold", "conclude", "return", "cancel")
FINDINGS = "findings"
# The kind was told from the bytes when the file came in, so its ending can be trusted here.
MEDIA_TYPES = {f".{kind}": mime for kind, mime in kinds.MIME.items()}


def _one(request: HttpRequest, pk: int) -> Inspection:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


@desk_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one check, with the steps this person may take."""
    shown = get_object_or_404(queries.with_everything(queries.visible_to(request.user)), pk=pk)
    today = timezone.localdate()
    findings = [
        {
            "finding": f, "late": rules.is_late(rules.FindingState(f.state), f.deadline, f.closed_on, today),
            "may_report": policy.may(request.user, "report", f), "may_settle": policy.may(request.user, "settle", f), "working": _working(shown, f),
        }
        for f in shown.findings.all()
    ]
    return render(
        request, "inspections/desk/detail.html",
        {
            "check": shown, "findings": findings, "may": {verb: bool(policy.may(request.user, verb, shown)) for verb in VERBS},
            "may_fill": shown.state in (rules.State.DRAFT, rules.State.RETURNED) and policy.may(request.user, "fill", shown),
            "may_attach": policy.may(request.user, "attach", shown), "file_form": FileForm(), "files": files_of(shown.attachments.all()),
        },
    )


def _working(check: Inspection, finding: Finding) -> counting.Answer:
    calendar = workdays.calendar_for(check.unit, finding.counted_from)
    return counting.add_working_days(finding.counted_from, finding.days, calendar)


def files_of(attachments: Any) -> list[dict[str, Any]]:
    """Attachments as the component shows them."""
    return [
        {
            "label": a.original_name, "href": reverse("inspections_desk:attachment", args=[a.pk]), "kind": a.kind, "size": a.size,
            "note": _("may hold personal numbers") if a.findings else "",
        }
        for a in attachments
    ]


@desk_required
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes."""
    shown = _one(request, pk)
    require(policy.may(request.user, "hold", shown))
    form = MinutesForm(written(request), checklist=shown.plan.checklist, initial=MinutesForm.initial_of(shown))
    if request.method == "POST" and form.is_valid():
        try:
            holding.hold(shown, form.minutes(), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The minutes were saved."))
            return redirect("inspections_desk:detail", pk=pk)
    return render(request, "inspections/desk/minutes.html", {"form": form, "check": shown, "title": _("Minutes"), "own": False})


@desk_required
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Conclude with findings."""
    shown = _one(request, pk)
    require(policy.may(request.user, "conclude", shown))
    adding = rows.added_row(request.POST, FINDINGS)
    posted = rows.with_added_row(request.POST, FINDINGS) if adding else written(request)
    form = ConcludeForm(posted, initial={"on": timezone.localdate()})
    formset = FindingFormSet(posted, prefix=FINDINGS, initial=[{}]) if posted else FindingFormSet(prefix=FINDINGS, initial=[{}])
    if request.method == "POST" and not adding and form.is_valid() and formset.is_valid():
        try:
            found = findings_of(formset, shown.plan.finding_days)
            holding.conclude(shown, found, by=request.user, document=form.cleaned_data["document"], on=form.cleaned_data["on"])
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The check was concluded."))
            return redirect("inspections_desk:detail", pk=pk)
    return render(request, "inspections/desk/conclude.html", {"form": form, "findings": formset, "check": shown})


def _with_remark(request: HttpRequest, shown: Inspection, verb: str, title: str, step: Callable[[str], Any]) -> HttpResponse:
    require(policy.may(request.user, verb, shown))
    form = RemarkForm(written(request))
    if request.method == "POST" and form.is_valid():
        step(form.cleaned_data["remark"])
        messages.success(request, _("Saved."))
        return redirect("inspections_desk:detail", pk=shown.pk)
    return render(request, "inspections/desk/form.html", {"form": form, "title": title, "lead": str(shown), "check": shown})


@desk_required
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a self-inspection."""
    shown = _one(request, pk)
    return _with_remark(request, shown, "return", _("Return for completion"), lambda words: holding.return_(shown, remark=words, by=request.user))


@desk_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a planned check."""
    shown = _one(request, pk)
    return _with_remark(request, shown, "cancel", _("Cancel the check"), lambda words: holding.cancel(shown, reason=words, by=request.user))


@desk_required
def self_inspect(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Open the self-inspection of a unit. A GET shows the way in; the POST opens it."""
    plan = get_object_or_404(Plan, pk=pk)
    place = get_object_or_404(Organization, pk=unit)
    found = Inspection.objects.filter(plan=plan, unit=place, kind=rules.Kind.SELF).first()
    require(policy.may(request.user, "fill", found or Inspection(plan=plan, unit=place, kind=rules.Kind.SELF)))
    if found is not None:
        return redirect("inspections_desk:fill", pk=found.pk)
    if request.method == "POST":
        try:
            made = own.open_self_inspection(plan, place, by=request.user)
        except InvalidInput as error:
            messages.error(request, describe(error))
            return redirect("inspections_desk:index")
        return redirect("inspections_desk:fill", pk=made.pk)
    return render(request, "inspections/desk/open_self.html", {"plan": plan, "unit": place})


@desk_required
@never_cache
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's own form, made for a telephone; sending twice leads to the one receipt."""
    shown = _one(request, pk)
    require(policy.may(request.user, "fill", shown))
    if shown.state not in (rules.State.DRAFT, rules.State.RETURNED):
        return redirect("inspections_desk:receipt", pk=pk)
    form = MinutesForm(written(request), checklist=shown.plan.checklist, own=True, initial=MinutesForm.initial_of(shown))
    if request.method == "POST" and "save" in request.POST:
        own.save_draft(shown, _words(request), by=request.user)
        messages.success(request, _("The draft was saved."))
        return redirect("inspections_desk:fill", pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            own.submit(shown, form.minutes(), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            return redirect("inspections_desk:receipt", pk=pk)
    if request.method == "POST":
        own.save_draft(shown, _words(request), by=request.user)  # what was typed is kept, sent or not
    return render(
        request, "inspections/desk/minutes.html",
        {"form": form, "check": shown, "title": _("Self-inspection"), "own": True, "file_form": FileForm(), "files": files_of(shown.attachments.all())},
    )


def _words(request: HttpRequest) -> dict[str, Any]:
    return {name: value for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "save"}}


@desk_required
@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the posted words; answers with the time, 409 in words when it was sent already."""
    try:
        own.save_draft(_one(request, pk), _words(request), by=request.user)
    except DomainError as error:
        return JsonResponse({"error": describe(error)}, status=409)
    return JsonResponse({"saved_at": timezone.localtime().strftime("%H:%M")})


@desk_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What arrived, under which number."""
    shown = _one(request, pk)
    if not shown.receipt_number:
        raise Http404
    return render(request, "inspections/desk/receipt.html", {"check": shown})


@desk_required
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in one file."""
    shown = _one(request, pk)
    keep_file(request, lambda data, name: attaching.attach(shown, data, name, by=request.user))
    back = "fill" if shown.state in (rules.State.DRAFT, rules.State.RETURNED) and shown.kind == rules.Kind.SELF else "detail"
    return redirect(f"inspections_desk:{back}", pk=pk)


def keep_file(request: HttpRequest, keep: Callable[[bytes, str], Any]) -> None:
    """Read the posted file and hand it over; says in a message what became of it."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(words) for words in form.errors.get("file", [])))
        return
    file = form.cleaned_data["file"]
    try:
        made = keep(file.read(), file.name)
    except InvalidInput as error:
        messages.error(request, describe(error))
        return
    messages.success(request, _("The file was kept."))
    if made.findings:
        messages.warning(request, _("The file may hold identity or telephone numbers. It is seen by officers only; attach a copy without them if they are not needed."))


@desk_required
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file, always as a download, for people with a right to it."""
    shown = get_object_or_404(Attachment.objects.select_related("inspection", "assessment"), pk=pk)
    require(policy.may(request.user, "open_file", shown))
    name = shown.file.name or ""
    if not shown.file.storage.exists(name):
        raise Http404
    kind = MEDIA_TYPES.get(Path(name).suffix, "application/octet-stream")
    answer = FileResponse(shown.file.open("rb"), as_attachment=True, filename=shown.original_name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _finding(request: HttpRequest, pk: int) -> Finding:
    return get_object_or_404(queries.findings_visible_to(request.user), pk=pk)


@desk_required
def report_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit says what it mended."""
    shown = _finding(request, pk)
    require(policy.may(request.user, "report", shown))
    form = ReportForm(written(request))
    if request.method == "POST" and form.is_valid():
        follow_up.report(shown, form.cleaned_data["text"], by=request.user, submission_key=form.cleaned_data["submission_key"])
        messages.success(request, _("The report was sent."))
        return redirect("inspections_desk:detail", pk=shown.inspection_id)
    return render(request, "inspections/desk/form.html", {"form": form, "title": _("Report what was mended"), "lead": shown.text, "check": shown.inspection})


@desk_required
def settle_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, refuse, extend."""
    shown = _finding(request, pk)
    require(policy.may(request.user, "settle", shown))
    form = SettleForm(written(request))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            if chosen["verb"] == "extend":
                follow_up.extend(shown, chosen["until"], chosen["text"], by=request.user)
            else:
                (follow_up.accept if chosen["verb"] == "accept" else follow_up.refuse)(shown, chosen["text"], by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("inspections_desk:detail", pk=shown.inspection_id)
    return render(request, "inspections/desk/form.html", {"form": form, "title": _("Look at what was mended"), "lead": shown.text, "check": shown.inspection})
