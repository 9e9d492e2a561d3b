"""The register at the desk: list, page, new entry, file."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.core.access import desk_required, written
from kheo.core.errors import InvalidInput
from kheo.core.files import kinds
from kheo.core.forms.errors import add_error
from kheo.core.rules.dates import format_date
from kheo.core.verdicts import require
from kheo.documents import policy, queries, rules
from kheo.documents.actions.register import FILE_KINDS
from kheo.documents.forms import FilterForm, RegisterForm
from kheo.documents.models import Document

PER_PAGE = 50
# The kind was told from the bytes when the file was registered, so its ending can be trusted here.
MEDIA_TYPES = {f".{kind}": kinds.MIME[kind] for kind in FILE_KINDS} | {".jpeg": kinds.MIME["jpg"]}


@desk_required
def index(request: HttpRequest) -> HttpResponse:
    """All documents, newest first, with the filters of the address."""
    form = FilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = queries.search(chosen.get("q", ""))
    if chosen.get("kind"):
        found = found.filter(kind=chosen["kind"])
    if chosen.get("state"):
        today = queries.in_force_on() if chosen["state"] == "in_force" else queries.expired_on()
        found = found.filter(pk__in=today.values("pk"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "today": timezone.localdate(), "may_register": policy.may(request.user, "register")}
    return render(request, "documents/desk/index.html", context)


@desk_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One document with its dates of force and its file."""
    document = get_object_or_404(Document.objects.select_related("replaced_by"), pk=pk)
    context = {
        "document": document,
        "in_force": queries.holds_on(document, timezone.localdate()),
        "usual_number": rules.looks_official(document.number),
        "replaces": document.replaces.all(),
        "files": _files(document),
        "facts": _facts(document),
    }
    return render(request, "documents/desk/detail.html", context)


def _facts(document: Document) -> list[tuple[str, str]]:
    end = document.effective_to
    return [
        (_("Issuing body"), document.issuer),
        (_("Date of issue"), format_date(document.issued_on)),
        (_("Signer"), ", ".join(part for part in (document.signer, document.signer_title) if part)),
        (_("In force from"), format_date(document.effective_from or document.issued_on)),
        (_("No longer in force from"), format_date(end) if end else _("no end written")),
    ]


def _files(document: Document) -> list[dict[str, object]]:
    if not document.file:
        return []
    name = Path(document.file.name or "")
    exists = document.file.storage.exists(document.file.name or "")
    return [{
        "label": name.name, "href": "tep/", "kind": name.suffix.lstrip("."),
        "size": document.file.size if exists else None,
    }]


@desk_required
def register(request: HttpRequest) -> HttpResponse:
    """A new entry; the same document again leads to the one there is."""
    require(policy.may(request.user, "register"))
    form = RegisterForm(written(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        warnings = form.warnings
        try:
            document = form.save_document(by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("%(number)s is in the register.") % {"number": document.number})
            for words in warnings:
                messages.warning(request, words)
            return redirect("documents:detail", pk=document.pk)
    return render(request, "documents/desk/register.html", {"form": form})


@desk_required
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself, always as a download."""
    require(policy.may(request.user, "view"))
    document = get_object_or_404(Document, pk=pk)
    name = document.file.name if document.file else ""
    if not name or not document.file.storage.exists(name):
        raise Http404
    kind = MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
    answer = FileResponse(document.file.open("rb"), as_attachment=True, filename=Path(name).name, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
