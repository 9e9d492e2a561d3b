"""What a site still needs until it stands on its own feet: address, words, people, sections, news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import validate_host
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.templatetags.kheo.filters import number
from kheo.news.queries import public as news
from kheo.portal.models import SiteIdentity
from kheo.portal.queries import sections, sites

ASKED = ("editor", "address", "phone", "email")  # NĐ 224/2026: who answers for the content, and how to reach the unit
USUAL_PORTS = ("80", "443")


@dataclass(frozen=True)
class Step:
    """One thing a site needs: whether it is there, in words, and where it is done (empty: not on a screen)."""

    name: str
    done: bool
    words: str
    href: str = ""
    action: str = ""


def is_served(site: Site) -> bool:
    """True when this program answers under the site's host name (KHEO_ALLOWED_HOSTS)."""
    return bool(validate_host(site.hostname, settings.ALLOWED_HOSTS))


def address_of(site: Site, request: HttpRequest) -> str:
    """The home page of a site as this reader can open it: with the scheme and the port it came by itself."""
    port = request.get_port()
    return f"{request.scheme}://{site.hostname}{'' if port in USUAL_PORTS else ':' + port}/"


def entries(request: HttpRequest) -> list[dict[str, Any]]:
    """Every site with its unit, for the list."""
    return [found | {"served": is_served(found["site"]), "address": address_of(found["site"], request)} for found in sites.all_sites()]


def steps(site: Site, identity: SiteIdentity, address: str) -> list[Step]:
    """What stands and what is missing, in the order in which it is best done."""
    return [_host(site), _words(site, identity), *_people(identity), _sections(site, address), _articles(site, address)]


def _host(site: Site) -> Step:
    if is_served(site):
        return Step(_("Host name"), True, _("This server answers under %(host)s.") % {"host": site.hostname})
    words = _("This server refuses %(host)s. Whoever runs it adds the name to KHEO_ALLOWED_HOSTS and starts Khéo anew.") % {"host": site.hostname}
    return Step(_("Host name"), False, words)


def _words(site: Site, identity: SiteIdentity) -> Step:
    missing = [str(getattr(identity._meta.get_field(name), "verbose_name", name)) for name in ASKED if not getattr(identity, name)]
    words = _("Missing: %(fields)s.") % {"fields": ", ".join(missing)} if missing else _("Responsible editor, address, phone and e-mail are given.")
    return Step(_("Identity of the site"), not missing, words, reverse("portal:identify_site", args=[site.pk]), _("Change"))


def _people(identity: SiteIdentity) -> list[Step]:
    titles = ((Role.EDITOR, _("Editors")), (Role.LEADER, _("Chief editors")))
    found = []
    for role, title in titles:
        names = [str(person) for person in accounts.people_with([role], identity.unit_id)] if identity.unit_id else []
        words = ", ".join(names) or _("Nobody has this role in the unit yet.")
        found.append(Step(title, bool(names), words, reverse("accounts_desk:index"), _("Accounts")))
    return found


def _sections(site: Site, address: str) -> Step:
    rows = [row for row in sections.standings(site) if row.kind.duty == "law"]
    ready = sum(row.state not in (sections.MISSING, sections.EMPTY) for row in rows)
    words = _("%(ready)s of %(total)s sections required by law are filled.") % {"ready": ready, "total": len(rows)}
    return Step(_("Sections of the site"), ready == len(rows), words, address.rstrip("/") + reverse("portal:sections"), _("Open on that site"))


def _articles(site: Site, address: str) -> Step:
    total = news.public(site).count()
    words = ngettext("%(number)s article is published.", "%(number)s articles are published.", total) % {"number": number(total)}
    return Step(_("News"), total > 0, words, address.rstrip("/") + reverse("news_desk:index"), _("Open on that site"))
