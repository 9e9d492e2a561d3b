"""The register at the desk: list, page, new entry, file."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.core.access import desk_required, written
from kheo.core.errors import InvalidInput
from kheo.core.forms.errors import add_error
from kheo.core.verdicts import require
from kheo.documents import policy, queries, rules
from kheo.documents.actions import publish as publishing
from kheo.documents.actions import withdraw as withdrawing
from kheo.documents.forms import FilterForm, PublishForm, RegisterForm, WithdrawForm
from kheo.documents.models import Document
from kheo.documents.views.facts import facts, files
from kheo.documents.views.public import given_out

PER_PAGE = 50


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
        "files": files(document),
        "facts": facts(document),
        "public": queries.is_public(document),
        "may_publish": policy.may(request.user, "publish"),
    }
    return render(request, "documents/desk/detail.html", context)


@desk_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document to everybody, with or without its file."""
    require(policy.may(request.user, "publish"))
    document = get_object_or_404(Document, pk=pk)
    form = PublishForm(written(request)).about(document)
    if request.method == "POST" and form.is_valid():
        try:
            done = publishing.publish(document, with_file=form.cleaned_data.get("with_file", False), by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("%(number)s is public.") % {"number": done.number})
            if done.file_public and not done.words:
                messages.warning(request, _("The file holds no text that could be checked for personal data (a photo or a scan). Look through it yourself."))
            return redirect("documents:detail", pk=pk)
    return render(request, "documents/desk/publish.html", {"form": form, "document": document})


@desk_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document off the public pages."""
    require(policy.may(request.user, "publish"))
    document = get_object_or_404(queries.public(), pk=pk)
    form = WithdrawForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw(document, form.cleaned_data["reason"], by=request.user)
        except InvalidInput as error:
            add_error(form, error)
        else:
            messages.success(request, _("%(number)s is no longer public.") % {"number": document.number})
            return redirect("documents:detail", pk=pk)
    return render(request, "documents/desk/withdraw.html", {"form": form, "document": document})


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
    answer = given_out(get_object_or_404(Document, pk=pk))
    answer["Cache-Control"] = "private, no-store"
    return answer
