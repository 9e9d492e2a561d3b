"""Walk over the public pages of this installation and ask every link whether it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kheo.portal.models.links import BrokenLink

MOST_PAGES, MOST_LINKS = 3_000, 20_000
TIMEOUT = 8  # seconds for another site
AGENT = "Kheo link checker"
SKIPPED = re.compile(r"(?:/en)?/(?:ban-lam-viec|quan-tri|tai-khoan|static|mo-hinh/dang-ky|ngon-ngu|tim-kiem)/")
# A refusal to a program is no sign that people do not get through.
GUARDED = {401, 403, 405, 429, 999}
Ask = Callable[[str], str]


@dataclass
class Walk:
    """What a check saw: pages read, links asked, and the broken ones as (page, link, words, answer)."""

    pages: int = 0
    links: int = 0
    broken: list[tuple[str, str, str, str]] = field(default_factory=list)


def check_links(host: str, *, start: str = "", outside: bool = True, ask: Ask | None = None, most: int = MOST_PAGES) -> Walk:
    """Read every public page that can be reached from the home page (or `start`), follow its links, and write down what is broken.

    Our own pages are asked inside the program; other sites by HEAD, then GET, `TIMEOUT` seconds each,
    every address once. A link that was broken before keeps its `since`.
    """
    walk, client = Walk(), Client(HTTP_HOST=host)
    answers: dict[str, str] = {}
    first = start or reverse("portal:home")
    waiting, seen = [first], {first}
    while waiting and walk.pages < most:
        page = waiting.pop(0)
        response = client.get(page, follow=True)
        if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
            continue
        walk.pages += 1
        for address, words in _links(response.content, page):
            if walk.links >= MOST_LINKS:
                break
            inside = not urlsplit(address).netloc or urlsplit(address).netloc == host
            path = address if not inside else (urlsplit(address)._replace(scheme="", netloc="").geturl() or "/")
            if path not in answers:
                walk.links += 1
                answers[path] = _inside(client, path) if inside else (ask or _outside)(address) if outside else ""
            if answers[path]:
                walk.broken.append((page, path, words, answers[path]))
            elif inside and path not in seen and not urlsplit(path).query and not SKIPPED.match(path):
                seen.add(path)
                waiting.append(path)
    _keep(walk)
    return walk


def _links(html: bytes, page: str) -> Iterator[tuple[str, str]]:
    for link in BeautifulSoup(html, "html.parser").find_all("a", href=True):
        address = urldefrag(urljoin(page, str(link["href"]).strip())).url
        if address and urlsplit(address).scheme in {"", "http", "https"} and not str(link["href"]).startswith("#"):
            yield address, " ".join(link.get_text(" ").split())[:200]


def _inside(client: Client, path: str) -> str:
    if SKIPPED.match(path):
        return ""
    status = client.get(path).status_code
    return "" if status < 400 else str(status)


def _outside(address: str) -> str:
    """Empty when the site answers; else the status or what went wrong."""
    headers = {"User-Agent": AGENT}
    try:
        status = requests.head(address, timeout=TIMEOUT, allow_redirects=True, headers=headers).status_code
        if status in {404, 405, 501}:
            with requests.get(address, timeout=TIMEOUT, stream=True, headers=headers) as answer:
                status = answer.status_code
    except requests.RequestException as error:
        return type(error).__name__
    return "" if status < 400 or status in GUARDED else str(status)


def _keep(walk: Walk) -> None:
    now = timezone.now()
    with transaction.atomic():
        for page, address, words, answer in walk.broken:
            BrokenLink.objects.update_or_create(
                page=page[:500], address=address[:1000], defaults={"words": words, "answer": answer[:200], "seen_at": now}, create_defaults={"words": words, "answer": answer[:200], "seen_at": now, "since": now},
            )
        BrokenLink.objects.filter(seen_at__lt=now).delete()
