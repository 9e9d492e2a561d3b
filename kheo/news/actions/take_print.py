"""Keep the fingerprint of an article's newest text."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Revision

from kheo.news.models import ArticlePage, Fingerprint, Shingle
from kheo.news.queries import twins
from kheo.news.rules import prints


def after_revision(sender: Any, instance: Revision, **_more: Any) -> None:
    """Receiver of every saved version of anything; articles are taken."""
    if instance.content_type.model_class() is ArticlePage:
        take_print(instance.as_object())


@transaction.atomic
def take_print(page: ArticlePage) -> Fingerprint:
    """Write the fingerprint of this version of the article."""
    found = prints.take(page.words)
    kept = Fingerprint.objects.filter(article=page.pk).first()
    if kept is not None and kept.digest == found.digest:
        return kept
    kept, _made = Fingerprint.objects.update_or_create(article_id=page.pk, defaults={"digest": found.digest, "words": found.words})
    kept.shingles.all().delete()
    Shingle.objects.bulk_create(Shingle(fingerprint=kept, value=value) for value in found.sketch)
    return kept


def rebuild() -> int:
    """Take every fingerprint anew from the articles; how many."""
    count = 0
    for article in ArticlePage.objects.all().iterator(chunk_size=200):
        take_print(twins.latest(article))
        count += 1
    Fingerprint.objects.exclude(article__in=ArticlePage.objects.all()).delete()
    return count
