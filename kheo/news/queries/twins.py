"""Articles that say the same as a text."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from wagtail.models import Site

from kheo.core.rules.text import fold, slugify
from kheo.news.models import ArticlePage, Fingerprint, KeptTwin, Shingle
from kheo.news.rules import prints

COMPARED = 8  # candidates compared word by word


@dataclass(frozen=True)
class Twin:
    """An article that says the same: how alike it is, 1 when the folded texts are equal."""

    article: ArticlePage
    likeness: float


def of_text(text: str, site: Site | None, *, without: int | None = None, near: float = prints.NEAR, title: str = "") -> list[Twin]:
    """Articles of the site (drafts too) whose text is equal or near, the most alike first.

    With `title`, articles whose title folds to the same need only be alike in part.
    """
    found = prints.take(text)
    if not found.words:
        return []
    kept = Fingerprint.objects.exclude(article=without) if without else Fingerprint.objects.all()
    if site is not None:
        kept = kept.filter(article__path__startswith=site.root_page.path)
    equal = set(kept.filter(digest=found.digest).values_list("article", flat=True))
    twins = [Twin(article, 1.0) for article in ArticlePage.objects.filter(pk__in=equal)]
    named = _of_title(title, kept) if title else set()
    for article in ArticlePage.objects.filter(pk__in=(_candidates(found, kept) | named) - equal):
        alike = prints.likeness(text, latest(article).words)
        if alike >= (min(near, prints.SAME_TITLE) if article.pk in named else near):
            twins.append(Twin(article, alike))
    return sorted(twins, key=lambda twin: (-twin.likeness, twin.article.pk))


def _of_title(title: str, kept: QuerySet[Fingerprint]) -> set[int]:
    """Articles whose title folds to the same: an address is made of the folded title and numbered when it is taken."""
    slug, folded = slugify(title), fold(title)
    rows = kept.filter(article__slug__startswith=slug).order_by("-article").values_list("article", "article__title", "article__draft_title") if slug else ()
    return set([pk for pk, *titles in rows if folded in map(fold, titles)][:COMPARED])


def _candidates(found: prints.Print, kept: QuerySet[Fingerprint]) -> set[int]:
    needed = prints.enough_shared(found.words, len(found.sketch))
    if not needed:
        return set()
    shared = (
        Shingle.objects.filter(value__in=found.sketch, fingerprint__in=kept).order_by().values("fingerprint__article")
        .annotate(n=Count("pk")).filter(n__gte=needed).order_by("-n").values_list("fingerprint__article", flat=True)
    )
    return set(shared[:COMPARED])


def latest(article: ArticlePage) -> ArticlePage:
    """The article as its newest version says."""
    found: ArticlePage = article.get_latest_revision_as_object()
    return found


def open_twins(page: ArticlePage) -> list[Twin]:
    """Twins of this version that nobody has agreed to keep: published ones, or such as are to be published.

    A draft that nobody has handed in is no obstacle.
    """
    digest = prints.take(page.words).digest
    agreed = set(KeptTwin.objects.filter(article=page.pk, digest=digest).values_list("other", flat=True))
    twins = of_text(page.words, page.get_site(), without=page.pk, near=prints.ASK, title=page.title)
    return [twin for twin in twins if twin.article.pk not in agreed and _counts(twin.article)]


def _counts(article: ArticlePage) -> bool:
    return bool(article.live or article.approved_schedule or article.workflow_in_progress)
