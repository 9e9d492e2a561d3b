"""How the site's search finds practices."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.core import search
from kheo.organizations import queries as organizations
from kheo.organizations.models import OrganizationVersion
from kheo.practices.models import Practice
from kheo.practices.queries import access, rows


def practices() -> QuerySet[Practice]:
    """What may be found: public practices, with what their words need."""
    return access.listing(access.public())


def document(practice: Practice) -> search.Document:
    """The words of the public page; an individual's own name is not among them."""
    day = rows.day_of(practice)
    unit = organizations.name_on(practice.organization, day) if practice.organization else ""
    if not unit and practice.subject == "collective":
        unit = practice.organization_text
    ward = organizations.name_on(practice.ward, day) if practice.ward else ""
    place = ", ".join(dict.fromkeys(name for name in (unit, ward) if name))
    texts = (practice.summary, place, practice.objectives, practice.content, practice.situation, practice.sustainability)
    return search.Document(
        title=practice.title, address=reverse("practices:detail", args=[practice.slug]),
        body="\n".join(written for written in texts if written), also=(practice.field.name if practice.field else "", practice.cycle.name),
        date=day, unit=practice.ward.slug if practice.ward else "", unit_name=ward,
    )


def of_unit(version: OrganizationVersion) -> Iterable[int]:
    """The practices that name a unit."""
    unit = version.organization_id
    return access.public().filter(Q(organization=unit) | Q(ward=unit)).values_list("pk", flat=True)


search.register(search.Kind("practice", _("Practices"), Practice, practices, document, {OrganizationVersion: of_unit}))
