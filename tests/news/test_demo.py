"""The news of the demo: every fate of an article is in it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils import timezone

from kheo.audit.models import Entry
from kheo.config.demo import news
from kheo.news.models import ArticlePage
from kheo.news.queries import desk

pytestmark = pytest.mark.django_db


def test_it_works(cast, client):
    news.tell(SimpleNamespace(user={"bientap": cast.editor, "lanhdao": cast.leader}.__getitem__))
    live = ArticlePage.objects.filter(live=True)
    assert live.count() >= 12 and live.values("category").distinct().count() >= 4
    assert all(timezone.localtime(page.first_published_at).year == 2023 for page in live)
    everyone = ArticlePage.objects.all()
    assert desk.in_state(everyone, "scheduled").count() == 1
    (returned,) = desk.in_state(everyone, "returned")
    assert "Bổ sung" in desk.reason(returned)
    (ended,) = live.filter(ends_at__isnull=False)
    words = client.get(f"/tin-tuc/{ended.slug}/").content.decode()
    assert ended.has_ended and "Hết hiệu lực" in words
    assert live.filter(corrections__isnull=False).count() == 1
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"news.submit", "news.approve", "news.publish", "news.return", "news.schedule", "news.mark_ended"} <= verbs
    assert Entry.objects.get(verb="news.return").details["reason"].startswith("Bổ sung")
