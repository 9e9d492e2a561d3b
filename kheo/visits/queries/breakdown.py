"""Which pages, from which sites, on what devices; and what was counted apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Site

from kheo.visits.models import COUNTS, Closing, DayCount, Label, LabelDay
from kheo.visits.rules.lines import DIRECT, WITHIN

TOP = 10
FORGED_SITE = 0
"""Hits without a token of ours belong to no site."""
DEVICES = {
    "phone": gettext_lazy("Telephone"), "tablet": gettext_lazy("Tablet"), "desktop": gettext_lazy("Computer"), "other": gettext_lazy("Other device"),
}
APART = {
    "noscript": gettext_lazy("Without script (readers or robots: cannot be told)"), "robots": gettext_lazy("Robots and search engines"),
    "monitors": gettext_lazy("Availability checks"), "prefetches": gettext_lazy("Loaded in advance, perhaps never read"),
    "staff": gettext_lazy("Officers signed in to this site"), "limited": gettext_lazy("Too many at once from one visitor"),
    "forged": gettext_lazy("Not sent from our pages"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: its words, an address or nothing, its page views and their share."""

    label: str
    href: str
    views: int
    share: float


def lists(site: int, day: date) -> list[dict[str, Any]]:
    """Pages, referring sites and devices of the month up to `day`."""
    first = day.replace(day=1)
    titles = {
        Label.Kind.PAGE: ("trang", _("Pages read most"), _("Page")),
        Label.Kind.REFERRER: ("nguon", _("Where readers came from"), _("Referring site")),
        Label.Kind.DEVICE: ("thiet-bi", _("Devices"), _("Device")),
    }
    of_month = LabelDay.objects.filter(site=site, day__gte=first, day__lte=day, label__kind__in=titles)
    totals = dict(of_month.values_list("label__kind").annotate(total=Sum("views")))
    found = []
    for kind, (name, title, heading) in titles.items():
        total = totals.get(str(kind), 0)
        top = list(of_month.filter(label__kind=kind).values_list("label__text").annotate(total=Sum("views")).order_by("-total", "label__text")[:TOP])
        entries = _entries(str(kind), top, total, site)
        rest = total - sum(views for _text, views in top)
        if rest > 0:
            entries.append(Entry(_("All others"), "", rest, 100 * rest / total))
        found.append({"kind": name, "title": title, "heading": heading, "entries": entries, "total": total, "first": first, "last": day})
    return found


def _entries(kind: str, top: list[tuple[str, int]], total: int, site: int) -> list[Entry]:
    titles = _titles([text for text, _views in top], site) if kind == "page" else {}
    return [
        Entry(titles.get(text) or _word(kind, text), text if kind == "page" and "…" not in text and text != "*" else "", views, 100 * views / total)
        for text, views in top
    ]


def _word(kind: str, text: str) -> str:
    if text == "*":
        return _("All others")
    if kind == "device":
        return str(DEVICES.get(text, text))
    if kind == "referrer" and text in {DIRECT, WITHIN}:
        return _("Typed in, from a bookmark or not told") if text == DIRECT else _("From another page of this site")
    return text


def _titles(paths: list[str], site: int) -> dict[str, str]:
    """Titles of those that are pages of the tree."""
    here = Site.objects.filter(pk=site).select_related("root_page").first()
    if here is None:
        return {}
    root = here.root_page.url_path
    wanted = {root + path.removeprefix("/"): path for path in paths}
    return {wanted[p.url_path]: p.title for p in Page.objects.live().filter(url_path__in=wanted).only("url_path", "title")}


def apart(site: int, day: date) -> dict[str, Any]:
    """What is not in the figures, for the month up to `day`."""
    first = day.replace(day=1)
    rows = DayCount.objects.filter(site__in=[site, FORGED_SITE], day__gte=first, day__lte=day)
    sums = rows.aggregate(**{name: Sum(name) for name in COUNTS})
    return {"first": first, "last": day, "known": counted(site, first, day), "rows": [(str(words), sums[name] or 0) for name, words in APART.items()]}


def counted(site: int, first: date, last: date) -> bool:
    """True when this site itself counted one of these days, or may still count the last; an older counter told no details."""
    own = DayCount.objects.filter(site=site, day__gte=first, day__lte=last).exclude(source=DayCount.Source.STATED)
    return last >= timezone.localdate() or own.exists()


def closings(count: int = 7) -> list[Closing]:
    """The last days signed off."""
    return list(Closing.objects.order_by("-day")[:count])
