"""Found a site for a unit: its page tree, its collection of media, its words about itself."""

from __future__ import annotations

import ipaddress
import re
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site

from kheo.accounts.actions import sync_groups
from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.verdicts import require
from kheo.news.actions import set_up as news
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization
from kheo.portal import policy
from kheo.portal.models import SiteIdentity
from kheo.portal.queries import identity, sites

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")


def found_site(unit: Organization, *, host: str, name: str, by: Any, port: int = 80, default: bool = False, **words: str) -> Site:
    """A site for `unit` under a host name of its own; twice the same gives the same site.

    With `default` it becomes the first site: the tree that stands already is taken over, with its
    media, while it belongs to nobody. NĐ 224/2026, Điều 11 khoản 4 asks for the full name without
    marks below the province's domain (bimson.thanhhoa.gov.vn); the host is not judged here beyond
    its form. Raises InvalidInput.
    """
    if by is not None:
        require(policy.may(by, "found_site", unit=unit))
    host = host_of(host)
    if not organizations.versions_on().filter(organization=unit).exists():
        raise InvalidInput(_("This unit no longer exists today. Choose the unit that took its place."), field="unit")
    with transaction.atomic():
        taken = Site.objects.filter(hostname=host, port=port).first()
        if taken is not None:
            owner = SiteIdentity.objects.filter(site=taken).first()
            if owner is not None and owner.unit_id == unit.pk:
                return taken
            if owner is not None:
                raise InvalidInput(_("The host %(host)s belongs to another site already.") % {"host": host}, field="host")
        _refuse_second(unit)
        taken = taken or (sites.unclaimed() if default else None)
        root = _root(unit, name, taken)
        if default:
            Site.objects.filter(is_default_site=True).update(is_default_site=False)
        site = taken or Site(port=port)
        site.hostname, site.root_page, site.site_name = host, root, name[:255]
        site.is_default_site = default or not Site.objects.filter(is_default_site=True).exists()
        site.save()
        _identify(site, unit, name, words)
        news.open_site(site)
        record.record("portal.found_site", site, by=by, name=name, unit=str(unit))
        sync_groups.narrow()
    identity.forget()
    return site


def host_of(typed: str) -> str:
    """The host name in what was typed, an address of a page too. Raises InvalidInput; a number of a machine is none."""
    words = typed.strip().lower()
    try:
        host = (urlsplit(words).hostname or "") if "://" in words else words.strip("/").rstrip(".")
    except ValueError:
        host = ""
    if not HOST.fullmatch(host) or _is_number(host):
        raise InvalidInput(_("“%(host)s” is not a host name. Write for example bimson.thanhhoa.gov.vn.") % {"host": words[:60]}, field="host")
    return host


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _refuse_second(unit: Organization) -> None:
    """A unit speaks on one site: its people, figures and leaders could not be told apart on two."""
    other = sites.of_unit(unit)
    if other is not None:
        raise InvalidInput(_("This unit has a site already: %(host)s. Open it in the list to change its host name.") % {"host": other.hostname}, field="unit")


def _root(unit: Organization, name: str, taken: Site | None) -> Page:
    """The tree that stands already under this host, else a new one."""
    if taken is not None:
        taken.root_page.title = taken.root_page.draft_title = name[:255]
        taken.root_page.save()
        return taken.root_page
    top, wanted = Page.get_first_root_node(), text.slugify(name)[:200] or unit.slug
    used = set(Page.objects.child_of(top).filter(slug__startswith=wanted).values_list("slug", flat=True))
    # Wards of one name exist in several provinces: each has a tree of its own.
    slug = next(free for n in count(1) if (free := wanted if n == 1 else f"{wanted}-{n}") not in used)
    return top.add_child(instance=Page(title=name[:255], slug=slug))


def _identify(site: Site, unit: Organization, name: str, words: dict[str, str]) -> None:
    first = SiteIdentity.objects.filter(pk=1).first()
    row = first if site.is_default_site and first and first.site_id is None else SiteIdentity.objects.filter(site=site).first()
    row = row or SiteIdentity(pk=None if SiteIdentity.objects.filter(pk=1).exists() or not site.is_default_site else 1)
    row.site, row.unit, row.name = site, unit, row.name if row.pk and row.name and not row._state.adding else name
    if row.collection_id is None:
        row.collection = _media(name, first_site=site.is_default_site)
    for key, value in words.items():
        setattr(row, key, value)
    row.save()


def _media(name: str, *, first_site: bool) -> Collection:
    """A collection of its own. What was uploaded before there were several sites was the first site's."""
    root = Collection.get_first_root_node()
    made: Collection = root.add_child(name=name[:255])
    if first_site:
        for model in (get_image_model(), get_document_model()):
            model.objects.filter(collection=root).update(collection=made)
    return made
