"""Load what every site needs (kinds of units) and the reference place: Bỉm Sơn with its history.

Sources: QĐ 157-HĐBT (18/12/1981) founded the town; QĐ 111-HĐBT (29/09/1983) its inner wards;
QĐ 149-HĐBT (30/08/1982) the district of Hà Trung; NQ 61/NQ-CP (08/12/2009) phường Phú Sơn;
NQ 1686/NQ-UBTVQH15 (16/06/2025) the order in force since 01/07/2025. Codes of 2025: the package
vietnam-provinces; codes before: the statistics office's list. What could not be compared with a
document is marked with start_checked=False.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from kheo.documents.actions import register
from kheo.documents.models import Document
from kheo.organizations import rules
from kheo.organizations.actions import create_unit, give_mandate, reorganize
from kheo.organizations.actions import reference_data as data
from kheo.organizations.actions.write_version import VersionData
from kheo.organizations.models import Organization, OrganizationKind, OrganizationVersion
from kheo.organizations.rules.kinds import KINDS

STANDING_BODY = "Thường trực phong trào “Dân vận khéo”"


def load_kinds() -> int:
    """Write the kinds of units; returns how many there are. Doing it again changes nothing."""
    for order, (code, name, name_en, branch, is_area) in enumerate(KINDS, start=1):
        OrganizationKind.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "branch": branch, "is_area": is_area, "order": order * 10}
        )
    return len(KINDS)


def load_bim_son(by: Any = None) -> dict[str, Organization]:
    """Load the province, the former town with its bodies and groups, and the order since 2025.

    Returns units by short keys: "province", "town", each former ward ("ba-dinh" … "xa-quang-trung"),
    "bim-son" and "quang-trung" (the wards of today). Loading again returns the same and adds nothing.
    """
    with transaction.atomic():
        load_kinds()
        found = _loaded()
        if found:
            return found
        return _Loader(by).load()


def _loaded() -> dict[str, Organization]:
    """The units by key when they were loaded before."""
    slugs = {**data.SLUGS, **{key: slug for key, _name, _code, slug, *_rest in data.FORMER}}
    units = {unit.slug: unit for unit in Organization.objects.filter(slug__in=slugs.values())}
    return {key: units[slug] for key, slug in slugs.items()} if len(units) == len(slugs) else {}


class _Loader:
    """One run: remembers kinds, documents and units by key."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.kinds = {kind.code: kind for kind in OrganizationKind.objects.all()}
        self.documents: dict[str, Document] = {}
        self.units: dict[str, Organization] = {}

    def load(self) -> dict[str, Organization]:
        """Everything, in the order in which it happened."""
        for key, values in data.DOCUMENTS.items():
            self.documents[key] = register.register(**values, by=self.by)
        self.province()
        self.former_order()
        self.bodies_of_former_order()
        give_mandate.give_mandate(
            self.units["ban-dan-van"], self.units["town"], STANDING_BODY, date(2010, 1, 1), end=data.REORGANIZED, by=self.by
        )
        self.reorganize_2025()
        self.bodies_of_new_order()
        keys = [*data.SLUGS, *(row[0] for row in data.FORMER)]
        return {key: self.units[key] for key in keys}

    def unit(
        self, name: str, kind: str, start: date, parent: Organization | None = None, *, slug: str = "", code: str = "",
        basis: str = "", checked: bool = True, end: date | None = None,
    ) -> Organization:
        """One more unit."""
        content = VersionData(
            name=name, kind=self.kinds[kind], start=start, end=end, parent=parent, code=code,
            basis=self.documents.get(basis), start_checked=checked,
        )
        return create_unit.create_unit(content, by=self.by, slug=slug)

    def province(self) -> None:
        """The province and its communes of today, other than the two wards that the plan below founds."""
        province = self.unit("Tỉnh Thanh Hóa", "province", date(1945, 9, 2), slug="tinh-thanh-hoa", code="38", checked=False)
        self.units["province"] = province
        for code, name in data.communes_of_today():
            if code in data.NEW_CODES:
                continue
            kind = "ward" if name.startswith("Phường") else "commune"
            self.unit(name, kind, data.REORGANIZED, province, code=code, basis="1686")

    def former_order(self) -> None:
        """The town, the district, their wards and communes."""
        province = self.units["province"]
        self.units["town"] = self.unit("Thị xã Bỉm Sơn", "town", date(1981, 12, 18), province, slug=data.SLUGS["town"], code="381", basis="157")
        self.units["district"] = self.unit("Huyện Hà Trung", "district", date(1982, 8, 30), province, slug="huyen-ha-trung", code="392", basis="149")
        for key, name, code, slug, start, basis, checked in data.FORMER:
            if key != "phu-son":
                parent = self.units["district" if key == "ha-vinh" else "town"]
                kind = "ward" if name.startswith("Phường") else "commune"
                self.units[key] = self.unit(name, kind, start, parent, slug=slug, code=code, basis=basis, checked=checked)
        cut_out = rules.Plan(
            kind="split", on=date(2009, 12, 8), predecessors=(self.units["xa-quang-trung"].pk,),
            partial=frozenset({self.units["xa-quang-trung"].pk}),
            successors=(rules.Successor(new=rules.NewUnit("Phường Phú Sơn", "ward", self.units["town"].pk, code="14823")),),
            note="287,85 ha và 7.163 nhân khẩu của xã Quang Trung.",
        )
        reorganize.carry_out(cut_out, decision=self.documents["61"], by=self.by)
        self.units["phu-son"] = OrganizationVersion.objects.get(code="14823").organization

    def bodies_of_former_order(self) -> None:
        """Party, Front, unions and groups of each former ward; bodies of the town; enterprises; schools."""
        for key, name, _code, _slug, start, *_rest in data.FORMER:
            ward = self.units[key]
            since = max(start, data.BODIES_SINCE)
            for body, pattern, kind in data.WARD_BODIES:
                self.units[f"{body}-{key}"] = self.unit(
                    pattern.format(ward=data.in_text(name)), kind, since, ward, checked=False
                )
            word, kind = ("Thôn", "village") if name.startswith("Xã") else ("Khu phố", "residential-group")
            for number in range(1, data.GROUPS.get(key, 0) + 1):
                self.units[f"{key}-{number}"] = self.unit(f"{word} {number}", kind, since, ward, checked=False)
        for key, name, kind, end in data.TOWN_BODIES:
            self.units[key] = self.unit(name, kind, data.BODIES_SINCE, self.units["town"], checked=False, end=end)
        for key, name, kind, at in data.PLACES:
            self.units[key] = self.unit(name, kind, data.BODIES_SINCE, self.units[at], checked=False)

    def reorganize_2025(self) -> None:
        """NQ 1686: two wards take in eight wards and communes; town and district end."""
        for key, (name, code, former) in data.NEW_WARDS.items():
            new = rules.NewUnit(name, "ward", self.units["province"].pk, code=code)
            plan = rules.Plan(
                kind="merge", on=data.REORGANIZED, predecessors=tuple(self.units[old].pk for old in former),
                successors=(rules.Successor(new=new),), moves=tuple(self.moves(former)),
            )
            reorganize.carry_out(plan, decision=self.documents["1686"], by=self.by)
            self.units[key] = OrganizationVersion.objects.get(code=code, valid_from=data.REORGANIZED).organization
        wards = tuple(rules.Successor(existing=self.units[key].pk) for key in data.NEW_WARDS)
        kept = {key: list(data.NEW_WARDS).index(goes_to) for key, goes_to in data.PLACES_AFTER.items()}
        ends = [row[0] for row in data.TOWN_BODIES if row[3] is None]
        moves = [rules.Move(self.units[key].pk, None) for key in ends]
        moves += [rules.Move(self.units[key].pk, to) for key, to in kept.items()]
        for key, successors, what in (("town", wards, tuple(moves)), ("district", (), ())):
            plan = rules.Plan(
                kind="abolish", on=data.REORGANIZED, predecessors=(self.units[key].pk,), successors=successors, moves=what,
                note="Kết thúc hoạt động của đơn vị hành chính cấp huyện.",
            )
            reorganize.carry_out(plan, decision=self.documents["1686"], by=self.by)

    def moves(self, former: Iterable[str]) -> list[rules.Move]:
        """Groups and schools pass to the new ward; the old ward's bodies end with it.

        Eight wards each had a "Khu phố 1": inside one ward the names must differ, so the group keeps
        its number and takes the name of its former ward.
        """
        found = []
        for key in former:
            place = rules.short_name(next(row[1] for row in data.FORMER if row[0] == key))
            found += [
                rules.Move(self.units[f"{key}-{number}"].pk, 0, f"Khu phố {number} {place}")
                for number in range(1, data.GROUPS.get(key, 0) + 1)
            ]
            found += [rules.Move(self.units[f"{body}-{key}"].pk, None) for body, _pattern, _kind in data.WARD_BODIES]
            found += [rules.Move(self.units[row[0]].pk, 0) for row in data.PLACES if row[3] == key]
        return found

    def bodies_of_new_order(self) -> None:
        """The bodies of today's wards; those that had forerunners in the old wards succeed them."""
        for key, (name, _code, former) in data.NEW_WARDS.items():
            ward = self.units[key]
            for body, pattern, kind in data.NEW_BODIES:
                title = pattern.format(ward=data.in_text(name))
                forerunners = tuple(self.units[f"{body}-{old}"].pk for old in former if f"{body}-{old}" in self.units)
                if not forerunners:
                    self.units[f"{body}-{key}"] = self.unit(title, kind, data.REORGANIZED, ward, checked=False)
                    continue
                plan = rules.Plan(
                    kind="merge", on=data.REORGANIZED, predecessors=forerunners,
                    successors=(rules.Successor(new=rules.NewUnit(title, kind, ward.pk)),),
                )
                reorganize.carry_out(plan, decision=self.documents["1686"], by=self.by)
                version = OrganizationVersion.objects.get(name=title, parent=ward)
                self.units[f"{body}-{key}"] = version.organization
            give_mandate.give_mandate(self.units[f"front-{key}"], ward, STANDING_BODY, data.REORGANIZED, by=self.by)
