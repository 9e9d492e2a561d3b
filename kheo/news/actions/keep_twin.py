"""Decide that an article and its twins are all to be published."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.rules.text import squeeze
from kheo.core.verdicts import require
from kheo.news import policy
from kheo.news.models import ArticlePage, KeptTwin
from kheo.news.queries import twins
from kheo.news.rules import prints


class TwinFound(Conflict):
    """Another article says the same: somebody must look at both before this one is published."""

    def __init__(self, page: ArticlePage, found: list[twins.Twin]) -> None:
        super().__init__(
            _("“%(title)s” says the same as “%(other)s” (%(share)s%% alike). Compare both, then decide.")
            % {"title": page.title, "other": found[0].article.title, "share": round(found[0].likeness * 100)},
            code="news_twin", params={"article": page.pk, "others": [twin.article.pk for twin in found]},
        )


def refuse_twins(page: Any, user: Any) -> None:
    """The guard before every publication: refuses an article whose twins nobody has looked at."""
    if isinstance(page, ArticlePage) and page.pk:
        found = twins.open_twins(page)
        if found:
            raise TwinFound(page, found)


@transaction.atomic
def keep_twin(page: ArticlePage, reason: str, *, by: Any) -> list[KeptTwin]:
    """Agree that this version is published beside the articles that say the same, for a reason."""
    require(policy.may(by, "publish", page))
    reason = squeeze(reason)
    if not reason:
        raise InvalidInput(_("Say why both texts are needed."), field="reason")
    digest = prints.take(page.words).digest
    kept = []
    for twin in twins.open_twins(page):
        row, _made = KeptTwin.objects.get_or_create(
            article_id=page.pk, other_id=twin.article.pk, digest=digest,
            defaults={"reason": reason[:300], "by_id": getattr(by, "pk", None), "by_name": str(by)[:200], "at": timezone.now()},
        )
        record.record("news.keep_twin", page, by=by, reason=reason, before=twin.article.title, total=round(twin.likeness * 100))
        kept.append(row)
    return kept


def first_compare(page: Any) -> str:
    """Where a chief editor must go before approving: the comparison with an open twin, or nowhere."""
    if isinstance(page, ArticlePage) and twins.open_twins(page):
        return reverse("news_desk:twins", args=[page.pk])
    return ""
