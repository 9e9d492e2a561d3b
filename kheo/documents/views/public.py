"""The public register of documents: list, page, file. Nothing here touches the session."""

from __future__ import annotations

from pathlib import PurePath

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kheo.documents import queries
from kheo.documents.forms import PublicFilterForm
from kheo.documents.models import Document
from kheo.documents.views.facts import MEDIA_TYPES, facts, files

PER_PAGE = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Published documents, newest first, with the filters of the address."""
    form = PublicFilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = queries.listing(
        words=chosen.get("q", ""), kind=chosen.get("kind", ""), issuer=chosen.get("issuer", ""), state=chosen.get("state", ""),
        year=int(chosen["year"]) if chosen.get("year") else None,
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    filtered = any(chosen.values())
    return render(request, "documents/public/index.html", {"form": form, "page": page, "today": timezone.localdate(), "filtered": filtered})


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: whether it holds, its dates, what it replaces, its file."""
    document = get_object_or_404(queries.public().select_related("replaced_by"), pk=pk)
    newer = document.replaced_by
    context = {
        "document": document, "in_force": queries.holds_on(document, timezone.localdate()), "facts": facts(document),
        "newer": newer, "newer_public": newer is not None and queries.is_public(newer), "replaces": queries.public().filter(replaced_by=document),
        "files": files(document, name=queries.file_name(document)) if document.file_public else [],
    }
    return render(request, "documents/public/detail.html", context)


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a published document, always as a download."""
    document = get_object_or_404(queries.public(), pk=pk, file_public=True)
    return given_out(document)


def given_out(document: Document) -> FileResponse:
    """The file with a name that says what it is."""
    name = document.file.name if document.file else ""
    if not name or not document.file.storage.exists(name):
        raise Http404
    kind = MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
    answer = FileResponse(document.file.open("rb"), as_attachment=True, filename=queries.file_name(document), content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-cache"
    return answer
