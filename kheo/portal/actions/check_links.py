"""Walk over the public pages of the sites of this installation and ask every link whether it answers."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

import requests
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from kheo.portal.models import BrokenLink, LinkWalk

MOST_PAGES, MOST_LINKS = 3_000, 20_000
TIMEOUT = 8  # seconds for another site
MOST_TURNS = 5  # redirects from one to the next
AGENT = "Kheo link checker"
SKIPPED = re.compile(r"(?:/en)?/(?:ban-lam-viec|quan-tri|tai-khoan|static|mo-hinh/dang-ky|ngon-ngu|tim-kiem)/")
# A refusal to a program is no sign that people do not get through.
GUARDED = {401, 403, 405, 429, 999}
Ask = Callable[[str], str]


@dataclass
class Walk:
    """What a check saw: pages read, links asked, and the broken ones as (page, link, words, answer)."""

    site: Site
    pages: int = 0
    links: int = 0
    whole: bool = True
    """False when there were more pages or links than one walk takes."""
    broken: list[tuple[str, str, str, str]] = field(default_factory=list)


def check_every_site(*, outside: bool = True, ask: Ask | None = None, most: int = MOST_PAGES) -> list[Walk]:
    """Walk over every site, one after the other; an address of another site is asked once for all of them."""
    answers: dict[str, str] = {}

    def once(address: str) -> str:
        if address not in answers:
            answers[address] = (ask or _outside)(address)
        return answers[address]

    return [check_links(site, outside=outside, ask=once, most=most) for site in Site.objects.order_by("-is_default_site", "pk")]


def check_links(site: Site, *, start: str = "", outside: bool = True, ask: Ask | None = None, most: int = MOST_PAGES) -> Walk:
    """Read every public page that can be reached from the home page (or `start`), follow its links, and write down what is broken.

    The pages of this installation are asked inside the program, whatever site they belong to; other
    sites by HEAD, then GET, `TIMEOUT` seconds each, every address once. A link that was broken before
    keeps its `since`.
    """
    walk, ours = Walk(site), _Ours(site)
    answers: dict[str, str] = {}
    first = start or reverse("portal:home")
    waiting, seen = deque([first]), {first}
    while waiting and walk.pages < most:
        page = waiting.popleft()
        response = ours.get(page)
        if response is None or response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
            continue
        walk.pages += 1
        for address, words in _links(getattr(response, "content", b""), page):
            path = ours.named(address)
            if path not in answers:
                if walk.links >= MOST_LINKS:
                    walk.whole = False
                    break
                walk.links += 1
                answers[path] = ours.answer(path) if ours.holds(path) else (ask or _outside)(address) if outside else ""
            if answers[path]:
                walk.broken.append((page, path, words, answers[path]))
            elif path.startswith("/") and path not in seen and not urlsplit(path).query and not SKIPPED.match(path):
                seen.add(path)
                waiting.append(path)
    walk.whole = walk.whole and not waiting
    _keep(walk)
    return walk


class _Ours:
    """The addresses of this installation, asked without the net."""

    def __init__(self, site: Site) -> None:
        self.host: str = site.hostname
        self.hosts: set[str] = {*Site.objects.values_list("hostname", flat=True), site.hostname}
        self.client = Client()
        self.secure = bool(getattr(settings, "SECURE_SSL_REDIRECT", False))

    def named(self, address: str) -> str:
        """A page of this site by its path, of another by its whole address."""
        parts = _parts(address)
        if parts is None or (parts.netloc and parts.hostname != self.host):
            return address
        return parts._replace(scheme="", netloc="").geturl() or "/"

    def holds(self, path: str) -> bool:
        """True when we answer for it ourselves."""
        parts = _parts(path)
        return parts is not None and (parts.hostname or self.host) in self.hosts

    def get(self, path: str) -> HttpResponseBase | None:
        """The answer behind the redirects, a redirect itself when there is no end of them; None when they lead to another site."""
        host, at, response = urlsplit(path).hostname or self.host, path, None
        for _turn in range(MOST_TURNS):
            response = self.client.get(urlsplit(at)._replace(scheme="", netloc="").geturl() or "/", secure=self.secure, headers={"host": host})
            if not 300 <= response.status_code < 400 or "Location" not in response:
                return response
            at = urljoin(at, response["Location"])
            host = urlsplit(at).hostname or host
            if host not in self.hosts:
                return None
        return response

    def answer(self, path: str) -> str:
        """Empty when it answers, else the status."""
        if SKIPPED.match(urlsplit(path).path):
            return ""
        response = self.get(path)
        return "" if response is None or response.status_code < 300 else str(response.status_code)


def _parts(address: str) -> SplitResult | None:
    """None for what is no address, such as http://[."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _links(html: bytes, page: str) -> Iterator[tuple[str, str]]:
    for link in BeautifulSoup(html, "html.parser").find_all("a", href=True):
        written = str(link["href"]).strip()
        address = urldefrag(urljoin(page, written)).url if _parts(written) else written
        parts = _parts(address)
        if address and (parts is None or parts.scheme in {"", "http", "https"}) and not written.startswith("#"):
            yield address, " ".join(link.get_text(" ").split())[:200]


def _outside(address: str) -> str:
    """Empty when the site answers; else the status or what went wrong."""
    headers = {"User-Agent": AGENT}
    try:
        status = requests.head(address, timeout=TIMEOUT, allow_redirects=True, headers=headers).status_code
        if status in {404, 405, 501}:
            with requests.get(address, timeout=TIMEOUT, stream=True, headers=headers) as answer:
                status = answer.status_code
    except (requests.RequestException, ValueError) as error:
        return type(error).__name__
    return "" if status < 400 or status in GUARDED else str(status)


def _keep(walk: Walk) -> None:
    now = timezone.now()
    with transaction.atomic():
        for page, address, words, answer in walk.broken:
            found = {"words": words, "answer": answer[:200], "seen_at": now}
            BrokenLink.objects.update_or_create(site=walk.site, page=page[:500], address=address[:1000], defaults=found, create_defaults={**found, "since": now})
        BrokenLink.objects.filter(site=walk.site, seen_at__lt=now).delete()
        LinkWalk.objects.update_or_create(site=walk.site, defaults={"at": now, "pages": walk.pages, "links": walk.links, "whole": walk.whole})
