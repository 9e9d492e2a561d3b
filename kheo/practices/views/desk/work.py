"""What is done while a practice runs: progress, evidence, scores."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kheo.accounts.views.access import desk_required
from kheo.core.access import written
from kheo.core.errors import InvalidInput
from kheo.core.files.kinds import MIME
from kheo.core.forms.errors import add_error
from kheo.core.messages import describe
from kheo.core.verdicts import require
from kheo.movements import queries as movements
from kheo.practices import policy
from kheo.practices.actions import add_evidence as evidence_actions
from kheo.practices.actions import remove_evidence as removing
from kheo.practices.actions import report_progress as reporting
from kheo.practices.actions import score
from kheo.practices.forms.desk import (
    EvidenceForm,
    ProgressForm,
    PublishForm,
    RemoveEvidenceForm,
    ScoreForm,
)
from kheo.practices.models import Evidence, Practice, ScoreSheet
from kheo.practices.queries import public, visible_to
from kheo.practices.queries import registration as boxes


def _practice(request: HttpRequest, pk: int, verb: str) -> Practice:
    practice = get_object_or_404(visible_to(request.user).select_related("cycle", "field").distinct(), pk=pk)
    require(policy.may(request.user, verb, practice))
    return practice


def _page(request: HttpRequest, name: str, practice: Practice, **more: Any) -> HttpResponse:
    context = {
        "practice": practice, "unit": boxes.unit_name(practice), "ward": boxes.ward_name(practice),
        "back": reverse("practices_desk:detail", args=[practice.pk]), **more,
    }
    return render(request, f"practices/desk/{name}.html", context)


@desk_required
def report_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a period; pressing twice makes one report."""
    practice = _practice(request, pk, "report_progress")
    last = practice.progress_reports.first()
    initial = {"period_from": last.period_to if last else practice.starts_on}
    form = ProgressForm(written(request), practice=practice, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            reporting.report_progress(practice, form.data_of(), submission_key=form.cleaned_data["submission_key"], by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The report was saved."))
            if words := reporting.outside(practice, form.data_of()):
                messages.warning(request, words)
            return redirect("practices_desk:detail", pk=pk)
    return _page(request, "report_progress", practice, form=form)


@desk_required
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring photos and files; each is answered for itself."""
    practice = _practice(request, pk, "add_evidence")
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept, refused = 0, []
        for upload in form.cleaned_data["files"]:
            try:
                evidence_actions.add_evidence(practice, upload.read(), upload.name or "", by=request.user, alt=form.cleaned_data["alt"])
                kept += 1
            except InvalidInput as error:
                refused.append(f"{upload.name}: {describe(error)}")
        for words in refused:
            form.add_error("files", words)
        if kept:
            messages.success(request, _("%(count)s files were added.") % {"count": kept})
        if not refused:
            return redirect("practices_desk:detail", pk=pk)
    return _page(request, "add_evidence", practice, form=form)


@desk_required
@require_POST
def publish_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a piece of evidence to the public, or hide it."""
    evidence = get_object_or_404(Evidence.objects.select_related("practice__cycle"), pk=pk)
    practice = _practice(request, evidence.practice_id, "publish_evidence")
    form = PublishForm(request.POST)
    if form.is_valid():
        try:
            evidence_actions.publish_evidence(evidence, public=form.cleaned_data["public"], alt=form.cleaned_data["alt"], by=request.user)
        except InvalidInput as error:
            messages.error(request, describe(error))
        else:
            messages.success(request, _("Saved."))
    return redirect(reverse("practices_desk:detail", args=[practice.pk]) + "#minh-chung")


@desk_required
def remove_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take a file away for good."""
    evidence = get_object_or_404(Evidence.objects.select_related("practice__cycle"), pk=pk)
    practice = _practice(request, evidence.practice_id, "remove_evidence")
    form = RemoveEvidenceForm(written(request))
    if request.method == "POST" and form.is_valid():
        removing.remove_evidence(evidence, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The file was taken away."))
        return redirect(reverse("practices_desk:detail", args=[practice.pk]) + "#minh-chung")
    return _page(request, "remove_evidence", practice, form=form, evidence=evidence)


def evidence_file(request: HttpRequest, pk: int, thumbnail: bool = False) -> FileResponse:
    """A file: to everyone when it is public on a public practice, else to those who see the practice."""
    evidence = get_object_or_404(Evidence, pk=pk)
    open_to_all = evidence.public and public().filter(pk=evidence.practice_id).exists()
    if not open_to_all and not visible_to(request.user).filter(pk=evidence.practice_id).exists():
        raise Http404
    field = evidence.thumbnail if thumbnail and evidence.thumbnail else evidence.file
    try:
        stream = field.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    ending = str(field.name).rsplit(".", 1)[-1]
    types = {str(kind): media for kind, media in MIME.items()}
    answer = FileResponse(stream, as_attachment=evidence.kind != "photo", filename=evidence.original_name, content_type=types.get(ending, "application/octet-stream"))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "public, max-age=3600" if open_to_all else "private, no-store"
    return answer


@desk_required
def self_score(request: HttpRequest, pk: int) -> HttpResponse:
    """The registering side scores itself."""
    practice = _practice(request, pk, "self_score")
    sheet = practice.score_sheets.filter(kind=ScoreSheet.Kind.SELF).first()
    return _score(request, practice, "self_score", score.self_score, sheet)


@desk_required
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluator's sheet."""
    practice = _practice(request, pk, "evaluate")
    sheet = practice.score_sheets.filter(kind=ScoreSheet.Kind.EVALUATOR, scorer_id=request.user.pk).first()
    return _score(request, practice, "evaluate", score.evaluate, sheet)


def _score(request: HttpRequest, practice: Practice, verb: str, call: Any, sheet: ScoreSheet | None) -> HttpResponse:
    criteria = movements.criteria_of(practice.cycle, practice.subject)
    if criteria is None:
        messages.warning(request, _("The cycle has no criteria for this kind of subject yet."))
        return redirect("practices_desk:detail", pk=practice.pk)
    form = ScoreForm(written(request), criteria_set=criteria, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        try:
            made = call(practice, form.points(), by=request.user, remarks=form.remarks(), remark=form.cleaned_data["remark"])
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("The points were saved: %(total)s in all.") % {"total": str(made.total).replace(".", ",")})
            return redirect("practices_desk:detail", pk=practice.pk)
    own = practice.score_sheets.filter(kind=ScoreSheet.Kind.SELF).prefetch_related("scores").first()
    own_points = {s.criterion_id: s.points for s in own.scores.all()} if own and verb == "evaluate" else {}
    lines = [(c, box, why, own_points.get(c.pk)) for c, box, why in form.lines]
    return _page(request, "score", practice, form=form, criteria=criteria, lines=lines, verb=verb)
