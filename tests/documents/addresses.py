"""What the tests of the whole house walk over here."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

EVERYONE, NOBODY = " ".join(["200"] * 9), " ".join(["404"] * 9)
TABLE = {
    "documents_public:index": EVERYONE,
    "documents_public:detail": EVERYONE,
    "documents_public:download": NOBODY,
    "documents:publish": "302 403 403 403 403 200 200 403 200",
    "documents:withdraw": "302 403 403 403 403 200 200 403 200",
}


def samples(cast: Any) -> dict[str, dict[str, Any]]:
    from kheo.documents.actions import publish

    publish.publish(cast.decision, by=None)
    return {"documents_public:*": {"pk": cast.decision.pk}}


def pages(cast: Any) -> dict[str, tuple[Any, str]]:
    samples(cast)
    return {
        "documents": (None, reverse("documents_public:index")), "document": (None, reverse("documents_public:detail", args=[cast.decision.pk])),
        "desk-document": (cast.leader, reverse("documents:detail", args=[cast.decision.pk])),
        "desk-publish": (cast.leader, reverse("documents:publish", args=[cast.decision.pk])),
    }
