"""The addresses of this installation, asked inside the program: does one answer, and what."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from wagtail.models import Site

MOST_TURNS = 5  # redirects from one to the next
SKIPPED = re.compile(r"(?:/en)?/(?:ban-lam-viec|quan-tri|tai-khoan|static|mo-hinh/dang-ky|ngon-ngu|tim-kiem)/")


class Ours:
    """The addresses of this installation, asked without the net."""

    def __init__(self, site: Site) -> None:
        self.host: str = site.hostname
        self.hosts: set[str] = {*Site.objects.values_list("hostname", flat=True), site.hostname}
        self.client = Client()
        self.secure = bool(getattr(settings, "SECURE_SSL_REDIRECT", False))

    def named(self, address: str) -> str:
        """A page of this site by its path, of another by its whole address."""
        parts = parts_of(address)
        if parts is None or (parts.netloc and parts.hostname != self.host):
            return address
        return parts._replace(scheme="", netloc="").geturl() or "/"

    def holds(self, path: str) -> bool:
        """True when we answer for it ourselves."""
        parts = parts_of(path)
        return parts is not None and (parts.hostname or self.host) in self.hosts

    def get(self, path: str) -> HttpResponseBase | None:
        """The answer behind the redirects, a redirect itself when there is no end of them; None when they lead to another site."""
        host, at, response = urlsplit(path).hostname or self.host, path, None
        for _turn in range(MOST_TURNS):
            response = self.once(at, host)
            if not 300 <= response.status_code < 400 or "Location" not in response:
                return response
            at = urljoin(at, response["Location"])
            host = urlsplit(at).hostname or host
            if host not in self.hosts:
                return None
        return response

    def once(self, path: str, host: str = "") -> HttpResponseBase:
        """The first answer, a redirect not followed."""
        answer: HttpResponseBase = self.client.get(urlsplit(path)._replace(scheme="", netloc="").geturl() or "/", secure=self.secure, headers={"host": host or self.host})
        return answer

    def answer(self, path: str) -> str:
        """Empty when it answers, else the status, or "circle"."""
        if SKIPPED.match(urlsplit(path).path):
            return ""
        response = self.get(path)
        if response is None or response.status_code < 300:
            return ""
        return "circle" if response.status_code < 400 else str(response.status_code)


def parts_of(address: str) -> SplitResult | None:
    """None for what is no address, such as http://[."""
    try:
        return urlsplit(address)
    except ValueError:
        return None
