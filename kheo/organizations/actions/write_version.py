"""The shared core of every change of a unit: check a dated version against the tree, then write it.

Verbs call it inside their own transaction; views never do. It writes no audit row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kheo.core.errors import InvalidInput
from kheo.core.rules import text
from kheo.core.rules.dates import format_date
from kheo.documents.models import Document
from kheo.organizations import queries, rules
from kheo.organizations.models import Organization, OrganizationKind, OrganizationVersion

LATEST_START = date(2100, 1, 1)


@dataclass(frozen=True)
class VersionData:
    """What a unit is from `start` up to, not including, `end`."""

    name: str
    kind: OrganizationKind
    start: date
    end: date | None = None
    parent: Organization | None = None
    code: str = ""
    short_name: str = ""
    name_en: str = ""
    address: str = ""
    basis: Document | None = None
    start_checked: bool = True

    @property
    def interval(self) -> rules.Interval:
        """The days it holds."""
        return rules.Interval(self.start, self.end)


def data_of(version: OrganizationVersion, **changes: Any) -> VersionData:
    """The content of an existing version, with changes; the way to make the next one from it."""
    kept = VersionData(
        name=version.name, kind=version.kind, start=version.valid_from, end=version.valid_to,
        parent=version.parent, code=version.code, short_name=version.short_name, name_en=version.name_en,
        address=version.address, basis=version.basis, start_checked=version.start_checked,
    )
    return replace(kept, **changes)


def add(organization: Organization, data: VersionData) -> OrganizationVersion:
    """Write one version after all checks; InvalidInput says what contradicts what."""
    data = tidied(data)
    check(organization, data)
    made = OrganizationVersion(organization=organization)
    fill(made, data)
    made.save(force_insert=True)
    return made


def fill(version: OrganizationVersion, data: VersionData) -> None:
    """Put checked content into a version, with its search and sort keys."""
    version.name, version.kind, version.parent = data.name, data.kind, data.parent
    version.code, version.short_name, version.name_en = data.code, data.short_name, data.name_en
    version.address, version.basis = data.address, data.basis
    version.valid_from, version.valid_to, version.start_checked = data.start, data.end, data.start_checked
    version.folded = text.fold(data.name)[:260]
    version.sort_key = text.collation_key(data.short_name or data.name)[:500]


def close(version: OrganizationVersion, on: date) -> None:
    """End a version: `on` is the first day it no longer holds."""
    if version.valid_to is not None and version.valid_to != on:
        raise InvalidInput(
            _("“%(name)s” already ends or changes on %(day)s.") % {"name": version.name, "day": format_date(version.valid_to)}
        )
    if on <= version.valid_from:
        raise InvalidInput(
            _("“%(name)s” begins on %(day)s only; it cannot end or change on %(on)s.")
            % {"name": version.name, "day": format_date(version.valid_from), "on": format_date(on)}
        )
    version.valid_to = on
    version.save(update_fields=["valid_to"])


def current(organization: Organization, on: date) -> OrganizationVersion:
    """The version in force just before a change on that day; InvalidInput when there is none."""
    for version in organization.versions.select_related("kind", "parent", "basis").order_by("-valid_from"):
        if version.valid_from < on and (version.valid_to is None or version.valid_to >= on):
            return version
    raise InvalidInput(
        _("“%(unit)s” does not exist on the day before %(day)s.") % {"unit": organization, "day": format_date(on)}
    )


def check(organization: Organization | None, data: VersionData, *, ignore: int | None = None) -> None:
    """Raise InvalidInput unless the version fits: own dates, superior unit, code and name.

    `ignore` is the number of a version that the checked content replaces.
    """
    _check_own(data)
    others = OrganizationVersion.objects.exclude(pk=ignore) if ignore else OrganizationVersion.objects.all()
    if organization is not None:
        for other in others.filter(organization=organization):
            if rules.overlap(data.interval, rules.Interval(other.valid_from, other.valid_to)):
                raise InvalidInput(
                    _("From %(day)s the unit is already recorded as “%(name)s”; two names cannot hold on one day.")
                    % {"day": format_date(other.valid_from), "name": other.name}, field="start",
                )
    _check_parent(organization, data)
    _check_code(organization, data, ignore)
    _check_name(organization, data, ignore)


def tidied(data: VersionData) -> VersionData:
    """The same content with composed, squeezed texts and the short name of an area."""
    texts: dict[str, Any] = {
        field: text.squeeze(text.nfc(getattr(data, field))) for field in ("name", "short_name", "name_en", "address", "code")
    }
    texts["short_name"] = texts["short_name"] or (rules.short_name(texts["name"]) if data.kind.is_area else "")
    return replace(data, **texts)


def _check_own(data: VersionData) -> None:
    if not data.name or not text.fold(data.name):
        raise InvalidInput(_("Write the name of the unit."), field="name")
    for field in ("name", "short_name", "name_en", "address", "code"):
        limit = OrganizationVersion._meta.get_field(field).max_length  # type: ignore[union-attr]
        if limit and len(getattr(data, field)) > limit:
            raise InvalidInput(_("This text is longer than %(limit)s characters.") % {"limit": limit}, field=field)
    if data.end is not None and data.end <= data.start:
        raise InvalidInput(_("The unit would end before it begins."), field="end")
    if not date(1800, 1, 1) <= data.start <= LATEST_START:
        raise InvalidInput(_("Check the year of the date: %(day)s.") % {"day": format_date(data.start)}, field="start")


def _check_parent(organization: Organization | None, data: VersionData) -> None:
    """A version cannot stand under a unit that does not exist on all its days, nor under itself."""
    if data.parent is None:
        return
    above = [rules.Interval(v.valid_from, v.valid_to) for v in OrganizationVersion.objects.filter(organization=data.parent)]
    gap = rules.first_gap(data.interval, above)
    if gap is not None:
        raise InvalidInput(
            _("The superior unit “%(parent)s” does not exist on %(day)s. A unit cannot outlive its superior unit.")
            % {"parent": data.parent, "day": format_date(gap)}, field="parent",
        )
    if organization is not None and _stands_below(data.parent, organization, data.start):
        raise InvalidInput(_("A unit cannot stand below itself."), field="parent")


def _stands_below(unit: Organization, above: Organization, day: date) -> bool:
    """True when `unit` is `above` itself or below it on the day or later. A unit without others below is quick."""
    if unit.pk == above.pk:
        return True
    if not OrganizationVersion.objects.filter(parent=above).exists():
        return False
    spans = [span for span in queries.spans() if span.end is None or span.end > day]
    return unit.pk in rules.subtree(spans, above.pk)


def _others_at_once(data: VersionData, organization: Organization | None, ignore: int | None) -> Any:
    """Versions of other units that share a day with the content."""
    found = OrganizationVersion.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=data.start))
    if data.end is not None:
        found = found.filter(valid_from__lt=data.end)
    if organization is not None:
        found = found.exclude(organization=organization)
    return found.exclude(pk=ignore) if ignore else found


def _check_code(organization: Organization | None, data: VersionData, ignore: int | None) -> None:
    if not data.code:
        return
    other = _others_at_once(data, organization, ignore).filter(code=data.code).first()
    if other is not None:
        raise InvalidInput(
            _("The code %(code)s belongs to “%(name)s” from %(day)s.")
            % {"code": data.code, "name": other.name, "day": format_date(other.valid_from)}, field="code",
        )


def _check_name(organization: Organization | None, data: VersionData, ignore: int | None) -> None:
    """No two units of one name side by side in one superior unit (NĐ 185/2026/NĐ-CP for residential groups)."""
    key = text.canonical(data.name)
    siblings = _others_at_once(data, organization, ignore).filter(parent=data.parent, folded=text.fold(data.name)[:260])
    for other in siblings.select_related("parent"):
        if text.canonical(other.name) == key:
            raise InvalidInput(
                _("“%(name)s” exists already in “%(parent)s” from %(day)s. Give one of them another name.")
                % {"name": other.name, "parent": data.parent or "–", "day": format_date(other.valid_from)}, field="name",
            )
