"""Reading the register of official documents."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from kheo.core.rules import text
from kheo.documents import rules
from kheo.documents.models import Document


def search(words: str) -> QuerySet[Document]:
    """Documents whose number, subject, issuer or kind holds every word, whatever the tones."""
    return holding(Document.objects.all(), words)


def holding(found: QuerySet[Document], words: str) -> QuerySet[Document]:
    """Of these documents those whose number, subject, issuer or kind holds every word."""
    for word in text.fold(words).split()[:12]:
        found = found.filter(folded__contains=word)
    return found


def find(number: str, issuer: str, issued_on: date) -> Document | None:
    """The document of that number, issuer and day, whatever the tone placement or case of the issuer."""
    key = text.canonical(issuer)
    for document in Document.objects.filter(number__iexact=number, issued_on=issued_on):
        if text.canonical(document.issuer) == key:
            return document
    return None


def by_number(number: str) -> list[Document]:
    """Every document that carries this number; more than one when several bodies used it."""
    return list(Document.objects.filter(number__iexact=text.squeeze(text.nfc(number))))


def expired_on(day: date | None = None) -> QuerySet[Document]:
    """Documents that no longer hold on the day (default today)."""
    return Document.objects.filter(effective_to__isnull=False, effective_to__lte=day or timezone.localdate())


def in_force_on(day: date | None = None) -> QuerySet[Document]:
    """Documents that hold on the day (default today)."""
    day = day or timezone.localdate()
    return Document.objects.filter(
        Q(effective_to__isnull=True) | Q(effective_to__gt=day),
        Q(effective_from__isnull=False, effective_from__lte=day) | Q(effective_from__isnull=True, issued_on__lte=day),
    )


def holds_on(document: Document, day: date) -> bool:
    """True when the document holds on the day."""
    return rules.in_force_on(day, document.issued_on, document.effective_from, document.effective_to)


def kinds() -> list[str]:
    """The kinds in use, for filters, in Vietnamese order."""
    used = Document.objects.exclude(kind="").values_list("kind", flat=True).distinct().order_by("kind")
    return sorted(used, key=text.collation_key)
