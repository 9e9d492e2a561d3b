"""Walk over the public pages of the sites of this installation and try every link, picture and place in a page."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Site

from kheo.portal import sources
from kheo.portal.models import BrokenLink, LinkWalk
from kheo.portal.queries.ours import SKIPPED, Ours, parts_of

MOST_PAGES, MOST_LINKS = 3_000, 20_000
SHORTEST = 30.0  # seconds that each of many sites has for the links to others
OTHERS = "?"  # stands for the answer of another site until it is asked
SHARING = re.compile(r"https://(?:www\.facebook\.com/sharer|sp\.zalo\.me/share|twitter\.com/intent|x\.com/intent)")  # one for every article
Ask = Callable[[str], str]


@dataclass(frozen=True)
class Found:
    """One link as it stands on a page: its kind, what it leads to and the words on it."""

    page: str
    address: str
    words: str
    kind: str = "link"
    anchor: str = ""


@dataclass
class Walk:
    """What a check saw: pages read, links tried, and the broken ones with what answered."""

    site: Site
    pages: int = 0
    links: int = 0
    whole: bool = True
    """False when there were more pages or links than one walk takes."""
    broken: list[tuple[Found, str]] = field(default_factory=list)


def check_every_site(*, outside: bool = True, ask: Ask | None = None, most: int = MOST_PAGES) -> list[Walk]:
    """Walk over every site, one after the other; an address of another site is asked once for all of them."""
    answers: dict[str, str] = {}
    every = Site.objects.order_by("-is_default_site", "pk")
    patience = max(SHORTEST, sources.PATIENCE / max(1, len(every)))
    return [check_links(site, outside=outside, ask=ask, most=most, answers=answers, patience=patience) for site in every]


def check_links(
    site: Site, *, start: str = "", outside: bool = True, ask: Ask | None = None, most: int = MOST_PAGES, answers: dict[str, str] | None = None, patience: float = sources.PATIENCE
) -> Walk:
    """Read every public page that can be reached from the home page (or `start`), follow its links, and write down what is broken.

    The pages of this installation are asked inside the program, whatever site they belong to; other
    sites afterwards, several at once, every address once and all of them within a bounded time. A
    link that was broken before keeps its `since`.
    """
    with translation.override(settings.LANGUAGE_CODE):  # reading the English pages must not leave English behind
        walker = _Walker(site, start or reverse("portal:home"), most)
    walk = walker.walk
    if not walk.pages and not start:  # nothing could be read, and silence would look like success
        walk.broken.append((Found(walker.first, walker.first, ""), walker.ours.answer(walker.first)))
    answers = {} if answers is None else answers
    if outside:
        unknown = sorted({found.address for found, answer in walk.broken if answer == OTHERS} - set(answers))
        answers |= {address: ask(address) for address in unknown} if ask else sources.ask_all(unknown, patience=patience)
    told = [(found, answers.get(found.address, "") if answer == OTHERS else answer) for found, answer in walk.broken]
    walk.broken = [(found, answer) for found, answer in told if answer not in ("", sources.UNTRIED)]
    untried = {found.address for found, answer in told if answer == sources.UNTRIED}
    walk.whole = walk.whole and not untried
    _keep(walk, untried)
    return walk


class _Walker:
    """Reads the pages of one site; a link to another site stays in `broken` with the answer OTHERS."""

    def __init__(self, site: Site, first: str, most: int) -> None:
        self.walk, self.ours, self.first = Walk(site), Ours(site), first
        self.answers: dict[str, str] = {}
        self.places: dict[str, set[str]] = {}
        self.anchors: list[Found] = []
        self.waiting, self.seen = deque([first]), {first}
        while self.waiting and self.walk.pages < most:
            self._read(self.waiting.popleft())
        self.walk.whole = self.walk.whole and not self.waiting
        self.walk.broken += [(found, "anchor") for found in self.anchors if found.anchor not in self.places.get(found.address, {found.anchor})]

    def _read(self, page: str) -> None:
        response = self.ours.get(page)
        if response is None or response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
            return
        self.walk.pages += 1
        soup = BeautifulSoup(getattr(response, "content", b""), "html.parser")
        self.places[page] = {str(tag.get("id") or tag.get("name")) for tag in soup.find_all(lambda tag: tag.get("id") or (tag.name == "a" and tag.get("name")))}
        for found in _links(soup, page, self.ours):
            if found.kind == "anchor":
                self.anchors.append(found)
            elif not self._try(found):
                return

    def _try(self, found: Found) -> bool:
        """Note what a link leads to; False when the walk may try no more."""
        address = found.address
        if address not in self.answers:
            if self.walk.links >= MOST_LINKS:
                self.walk.whole = False
                return False
            self.walk.links += 1
            self.answers[address] = self.ours.answer(address) if self.ours.holds(address) else OTHERS
        if self.answers[address]:
            self.walk.broken.append((found, self.answers[address]))
        elif found.kind == "link" and address.startswith("/") and address not in self.seen and not urlsplit(address).query and not SKIPPED.match(address):
            self.seen.add(address)
            self.waiting.append(address)
        return True


def _links(soup: BeautifulSoup, page: str, ours: Ours) -> Iterator[Found]:
    for silent in soup.find_all("noscript"):  # the pixel that counts readers
        silent.decompose()
    for tag in soup.find_all(lambda tag: (tag.name in ("a", "area") and tag.get("href")) or (tag.name == "img" and tag.get("src"))):
        picture = tag.name == "img"
        written = str(tag["src" if picture else "href"]).strip()
        address, anchor = urldefrag(urljoin(page, written)) if parts_of(written) else (written, "")
        parts = parts_of(address)
        if not address or SHARING.match(address) or (parts is not None and parts.scheme not in {"", "http", "https"}):
            continue
        words = " ".join((str(tag.get("alt") or "") if picture else tag.get_text(" ")).split())[:200]
        named = ours.named(address)
        if not written.startswith("#"):
            yield Found(page, named, words, "picture" if picture else "link")
        if anchor and anchor != "top" and not anchor.startswith(":~:"):
            yield Found(page, named, words, "anchor", unquote(anchor))


def _keep(walk: Walk, untried: set[str]) -> None:
    now = timezone.now()
    with transaction.atomic():
        for link, answer in walk.broken:
            address = f"{link.address}#{link.anchor}" if link.anchor else link.address
            found = {"words": link.words, "answer": answer[:200], "kind": link.kind, "seen_at": now}
            BrokenLink.objects.update_or_create(site=walk.site, page=link.page[:500], address=address[:1000], defaults=found, create_defaults={**found, "since": now})
        gone = [row.pk for row in BrokenLink.objects.filter(site=walk.site, seen_at__lt=now) if row.address not in untried]
        BrokenLink.objects.filter(pk__in=gone).delete()
        LinkWalk.objects.update_or_create(site=walk.site, defaults={"at": now, "pages": walk.pages, "links": walk.links, "whole": walk.whole})
