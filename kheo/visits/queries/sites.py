"""Which site a page, a host or a command means. Sites are Wagtail's; here only their numbers matter."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from kheo.core.errors import InvalidInput

FIRST = 1


def number_for(request: HttpRequest) -> int:
    """The site a request is for; the default site when its host is unknown."""
    site = Site.find_for_request(request)
    return site.pk if site else FIRST


def number_of(host: str = "") -> int:
    """The site of that host name, without one the default site. InvalidInput for an unknown host."""
    if host:
        found = Site.objects.filter(hostname=host.strip().lower()).first()
        if found is None:
            known = ", ".join(Site.objects.values_list("hostname", flat=True))
            raise InvalidInput(_("There is no site “%(host)s”. Known: %(known)s.") % {"host": host, "known": known})
        return int(found.pk)
    default = Site.objects.filter(is_default_site=True).first()
    return default.pk if default else FIRST


def hosts_of(number: int) -> frozenset[str]:
    """Host names under which the site's own pages refer to each other."""
    names = Site.objects.filter(pk=number).values_list("hostname", flat=True)
    return frozenset(name.lower().removeprefix("www.") for name in names)
