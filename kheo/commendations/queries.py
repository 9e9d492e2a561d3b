"""Reading commendations; the public side names a person only with consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from kheo.accounts import queries as accounts
from kheo.commendations import policy, rules
from kheo.commendations.models import Commendation, Form, Honouree
from kheo.movements.models import Cycle
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationVersion
from kheo.practices import queries as practices
from kheo.practices.models import Practice
from kheo.practices.rules import RECOGNIZED_STATES
from kheo.practices.sections import Section


@dataclass(frozen=True)
class Honour:
    """One line of the public honour roll. `name` is already safe to show."""

    name: str
    unit: str
    achievement: str
    form: str
    level: str
    document: str
    issuer: str
    decided_on: date
    collective: bool
    practice: Practice | None
    ward: str


def visible_to(user: Any) -> QuerySet[Commendation]:
    """Commendations of the areas this user's roles reach."""
    units = accounts.rights(user).units(policy.ROLES["view"])
    return Commendation.objects.filter(unit_id__in=units).select_related("document", "form__level", "cycle", "unit")


def with_counts(commendations: QuerySet[Commendation]) -> QuerySet[Commendation]:
    """With how many were honoured and how many persons still wait to be asked."""
    return commendations.annotate(
        honoured=Count("honourees", distinct=True),
        unasked=Count("honourees", filter=Q(honourees__consent=Honouree.Consent.WAITING), distinct=True),
    )


def forms_on(day: date) -> list[Form]:
    """Forms of commendation that exist on a day."""
    found = Form.objects.select_related("level")
    return [
        form for form in found
        if rules.Validity(form.valid_from, form.valid_to).holds_on(day)
        and rules.Validity(form.level.valid_from, form.level.valid_to).holds_on(day)
    ]


def _last_name(path: str) -> Subquery:
    """The last name of the unit at `path`, as `str(unit)` says it."""
    versions = OrganizationVersion.objects.filter(organization=OuterRef(path)).order_by("-valid_from")
    return Subquery(versions.values("name")[:1])


def honourees_for_public() -> QuerySet[Honouree]:
    """All honourees in force, newest decision first, with what a line shows."""
    return (
        Honouree.objects.filter(commendation__withdrawn_on__isnull=True)
        .select_related("commendation__document", "commendation__form__level", "commendation__cycle", "practice__field", "practice__ward", "organization")
        .annotate(unit_name=_last_name("organization"), ward_name=_last_name("practice__ward"))
        .order_by("-commendation__document__issued_on", "-commendation__form__rank", "order", "pk")
    )


def honour_roll(
    cycle: Cycle | None = None, *, level: str = "", ward: int | None = None, field: str = "", limit: int | None = None
) -> list[Honour]:
    """The public honour roll, filtered."""
    found = honourees_for_public()
    if cycle is not None:
        found = found.filter(commendation__cycle=cycle)
    if level:
        found = found.filter(commendation__form__level__code=level)
    if ward is not None:
        found = found.filter(practice__ward_id=ward)
    if field:
        found = found.filter(practice__field__code=field)
    return [honour(h) for h in (found[:limit] if limit else found)]


def of_practice(practice: Practice) -> list[Honour]:
    """Honours given for one practice, for its public page."""
    return [honour(h) for h in honourees_for_public().filter(practice=practice)]


def honour(honouree: Honouree) -> Honour:
    """A line of the roll, of `honourees_for_public`; a person who did not consent appears as "an individual of <unit>"."""
    document = honouree.commendation.document
    unit = getattr(honouree, "unit_name", None) or honouree.unit_text
    name = rules.public_name(
        honouree.name, collective=honouree.is_collective,
        consented=honouree.consent == Honouree.Consent.GIVEN, minor=honouree.is_minor,
    )
    shown = honouree.practice if honouree.practice and honouree.practice.published_at else None
    return Honour(
        name=name or _("An individual of %(unit)s") % {"unit": unit or _("the ward")},
        unit=unit, achievement=honouree.achievement, form=honouree.commendation.form.name,
        level=honouree.commendation.form.level.name, document=document.number, issuer=document.issuer,
        decided_on=document.issued_on, collective=honouree.is_collective, practice=shown,
        ward=getattr(honouree, "ward_name", None) or "",
    )


def candidates(user: Any, cycle: Cycle, form: Form, unit: Organization) -> QuerySet[Practice]:
    """Recognized practices of a cycle in an area that the user sees and that do not have this form yet."""
    area = organizations.reach_ids([unit.pk])
    return practices.listing(
        practices.visible_to(user)
        .filter(Q(ward_id__in=area) | Q(ward=None, organization_id__in=area), cycle=cycle, state__in=[s.value for s in RECOGNIZED_STATES])
        .exclude(honours__commendation__form=form, honours__commendation__withdrawn_on__isnull=True)
        .select_related("recognition")
        .distinct()
    ).order_by("-recognition__final_points", "sort_key")


def wards_on_roll() -> list[Organization]:
    """Wards that appear on the roll, for the filter."""
    ids = honourees_for_public().exclude(practice__ward=None).values_list("practice__ward", flat=True).order_by().distinct()
    return list(Organization.objects.filter(pk__in=ids).prefetch_related("versions"))


def section_of(practice: Practice) -> Section | None:
    """The part of a practice's public page that shows its honours."""
    honours = of_practice(practice)
    if not honours:
        return None
    return Section("honours", _("Commendations"), "commendations/public/section.html", {"honours": honours})
