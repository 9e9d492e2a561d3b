"""What everybody may read of the register: list, search, open data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.core import datasets, search
from kheo.core.datasets import Column, Value
from kheo.core.rules import text
from kheo.documents.models import Document
from kheo.documents.queries import register


def public(day: date | None = None) -> QuerySet[Document]:
    """Documents that were published and not withdrawn, on the day (default today)."""
    day = day or timezone.localdate()
    return Document.objects.filter(Q(public_to__isnull=True) | Q(public_to__gt=day), public_from__isnull=False, public_from__lte=day)


def is_public(document: Document, day: date | None = None) -> bool:
    """True when everybody may read the document."""
    day = day or timezone.localdate()
    return document.public_from is not None and document.public_from <= day and (document.public_to is None or day < document.public_to)


def listing(*, words: str = "", kind: str = "", issuer: str = "", year: int | None = None, state: str = "") -> QuerySet[Document]:
    """The public register, newest first. `state`: in_force or expired; words with or without tones."""
    found = register.holding(public(), words)
    if kind:
        found = found.filter(kind=kind)
    if issuer:
        found = found.filter(issuer=issuer)
    if year:
        found = found.filter(issued_on__year=year)
    if state:
        chosen = register.in_force_on() if state == "in_force" else register.expired_on()
        found = found.filter(pk__in=chosen.values("pk"))
    return found.order_by("-issued_on", "number", "pk")


def choices() -> dict[str, list[Any]]:
    """Kinds, issuers (in the alphabet's order) and years of the public register."""
    rows = list(public().order_by().values_list("kind", "issuer", "issued_on__year").distinct())
    return {
        "kinds": sorted({row[0] for row in rows if row[0]}, key=text.collation_key),
        "issuers": sorted({row[1] for row in rows}, key=text.collation_key),
        "years": sorted({row[2] for row in rows}, reverse=True),
    }


def file_name(document: Document) -> str:
    """The name under which the file is given out."""
    name = document.file.name or ""
    return f"{text.slugify(document.number) or document.pk}{PurePath(name).suffix.lower()}"


def _document(document: Document) -> search.Document:
    named = f"{document.kind or _('Document')} {document.number}"
    return search.Document(
        title=f"{named}: {document.title}", address=reverse("documents_public:detail", args=[document.pk]),
        body=". ".join(part for part in (document.issuer, document.signer_title, document.words) if part), date=document.issued_on,
    )


search.register(search.Kind("document", _("Official documents"), Document, public, _document))


def values(part: Iterable[Document]) -> Iterable[Sequence[Value]]:
    """Rows of the open data."""
    return (
        (
            document.pk, document.number, document.kind, document.title, document.issuer, document.signer_title, document.issued_on,
            document.effective_from or document.issued_on, document.effective_to, document.replaced_by.number if document.replaced_by else "",
            reverse("documents_public:detail", args=[document.pk]), document.url,
        )
        for document in part
    )


def records() -> QuerySet[Document]:
    """The rows of the open data, in a stable order."""
    return public().select_related("replaced_by").order_by("issued_on", "pk")


COLUMNS = (
    Column("id", _("Number of the entry"), "integer"), Column("so_ky_hieu", _("Number and symbol"), "code"), Column("loai", _("Kind")),
    Column("trich_yeu", _("Subject")), Column("co_quan", _("Issuing body"), "text", _("With the name the body had on that day")),
    Column("chuc_vu_nguoi_ky", _("Position of the signer")), Column("ngay_ban_hanh", _("Date of issue"), "date"),
    Column("hieu_luc_tu", _("In force from"), "date"), Column("het_hieu_luc_tu", _("No longer in force from"), "date"),
    Column("thay_the_boi", _("Replaced by"), "code"), Column("trang", _("Page")), Column("dia_chi_goc", _("Address on the web")),
)  # fmt: skip
datasets.register(datasets.Dataset(
    code="van-ban", title=_("Official documents"), description=_("Documents published on this site, with their dates of force."),
    columns=COLUMNS, records=records, values=values, updated=datasets.Latest(public, "public_from"), address=lambda: reverse("documents_public:index"),
    keywords=("văn bản", "quyết định", "hiệu lực"),
))  # fmt: skip
