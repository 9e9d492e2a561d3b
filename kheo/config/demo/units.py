"""Which unit the demo's short references mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kheo.organizations.actions import load_reference
from kheo.organizations.actions import reference_data as data
from kheo.organizations.models import Organization, OrganizationVersion

KEYS = {"quang-trung": "xa-quang-trung"}
TOWN = {
    "front": "mttq", "veterans": "ccb", "women": "lhpn", "farmers": "nong-dan", "youth": "doan-tn", "party": "thi-uy", "state": "ubnd",
    "police": "cong-an", "procuracy": "vks", "military": "quan-su",
}  # fmt: skip
WORDS = {"police": "Công an", "military": "Ban Chỉ huy Quân sự", "health": "Trạm Y tế"}


@dataclass(frozen=True)
class Units:
    """The units loaded for the demo, by key, and a way to the others."""

    keys: dict[str, Organization]

    @classmethod
    def load(cls) -> Units:
        """Load Bỉm Sơn with its history (once)."""
        return cls(load_reference.load_bim_son(by=None))

    def ward(self, reference: str) -> Organization:
        """The ward, commune or town of a reference such as "ba-dinh/women"."""
        place = reference.split("/")[0]
        return self.keys["town" if place == "town" else KEYS.get(place, place)]

    def find(self, reference: str) -> tuple[Organization | None, str]:
        """The unit, or (None, its name) for bodies that are not in the list of units."""
        place, body = reference.split("/")
        ward = self.ward(reference)
        name = self._name(KEYS.get(place, place), body)
        version = OrganizationVersion.objects.filter(name=name, parent=ward).select_related("organization").first()
        return (version.organization, name) if version else (None, name)

    def _name(self, place: str, body: str) -> str:
        if place == "town":
            named = {key: name for key, name, *_rest in data.TOWN_BODIES} | {key: name for key, name, *_rest in data.PLACES}
            return named[TOWN.get(body, body)]
        area = next(name for key, name, *_rest in data.FORMER if key == place)
        numbered = re.fullmatch(r"group(\d+)", body)
        if numbered:
            return f"{'Thôn' if area.startswith('Xã') else 'Khu phố'} {numbered[1]}"
        if body == "school":
            return next(name for _key, name, _kind, at in data.PLACES if at == place)
        pattern = {key: text for key, text, _kind in data.WARD_BODIES}.get(body) or WORDS[body] + " {ward}"
        return pattern.format(ward=data.in_text(area))

    def workplaces(self) -> dict[str, Organization]:
        """Where the demo's people work: an evaluator may not score that unit."""
        found = {}
        for name, title in (("canbo", "Ủy ban MTTQ Việt Nam phường Bỉm Sơn"), ("thamdinh", "Ban Xây dựng Đảng phường Bỉm Sơn"), ("thamdinh2", "Ủy ban MTTQ Việt Nam phường Quang Trung")):
            version = OrganizationVersion.objects.filter(name=title).select_related("organization").first()
            if version:
                found[name] = version.organization
        return found
