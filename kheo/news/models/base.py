"""The base of every page type of Khéo: a slug that is ours and stays, and a gate before publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from kheo.core.rules.text import nfc, slugify, squeeze
from kheo.news.models.form import WholePageForm

Guard = Callable[["SitePage", Any], None]
_guards: list[Guard] = []


def guard_publishing(guard: Guard) -> None:
    """Let `guard(page, user)` refuse a publication by raising a DomainError, whichever way it comes.

    Called for the editor's button, approval in the workflow and the timed publication alike.
    """
    if guard not in _guards:
        _guards.append(guard)


class SitePage(Page):
    """A page with a Vietnamese-aware slug, frozen at first publication."""

    base_form_class = WholePageForm

    class Meta:
        abstract = True

    def _set_core_field_defaults(self) -> None:
        """Tidy the title; make the slug from it (đ→d), numbered when a neighbour has it."""
        self.title: str = squeeze(nfc(self.title or ""))
        parent = self.get_parent() if self.path else getattr(self, "_cached_parent_obj", None)
        if self.slug and not self.slug.isascii() and parent is not None:
            # The editor's script proposes a slug with marks; ours may be taken although that one was free.
            self.slug: str = self._free_slug(slugify(self.slug) or "bai", parent)
        if not self.slug and self.title and parent is not None:
            self.slug = self._free_slug(slugify(self.title) or "bai", parent)
        super()._set_core_field_defaults()

    def clean(self) -> None:
        """A published address stays: others have linked to it."""
        super().clean()
        if self.pk and self.first_published_at:
            before = Page.objects.filter(pk=self.pk, live_revision__isnull=False).values_list("slug", flat=True).first()
            if before is not None and before != self.slug:
                words = _("This page was published at “%(slug)s”. Its address stays, because others have linked to it.")
                raise ValidationError({"slug": ValidationError(words, params={"slug": before})})

    def _free_slug(self, wanted: str, parent: Page) -> str:
        slug, number = wanted, 1
        while not Page._slug_is_available(slug, parent, self if self.pk else None):
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """Publish a revision when no guard refuses: approval, timed publication and verbs come this way."""
        ask_guards(revision.as_object(), user)
        return super().publish(revision, user=user, **options)


def ask_guards(page: SitePage, user: Any) -> None:
    """Raise what a guard raises against publishing this text."""
    for guard in _guards:
        guard(page, user)
