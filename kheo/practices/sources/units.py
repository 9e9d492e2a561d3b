"""Finding the unit that an officer's words mean, as of the day the list speaks of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kheo.core.rules import text
from kheo.organizations import queries as organizations
from kheo.organizations.models import Organization, OrganizationVersion

# What offices shorten. Read on folded words; data of the language, not of any one place.
SHORT = {
    "p": "phuong", "x": "xa", "tx": "thi xa", "tt": "thi tran", "kp": "khu pho", "tdp": "to dan pho", "kdc": "khu dan cu",
    "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "mttq": "mat tran to quoc", "ubmttq": "uy ban mat tran to quoc",
    "lhpn": "lien hiep phu nu", "hpn": "hoi phu nu", "pn": "phu nu", "ccb": "cuu chien binh", "hccb": "hoi cuu chien binh",
    "nd": "nong dan", "hnd": "hoi nong dan", "tn": "thanh nien", "dtn": "doan thanh nien", "tncs": "thanh nien cong san",
    "ca": "cong an", "bch": "ban chi huy", "qs": "quan su", "du": "dang uy", "tu": "thi uy", "vksnd": "vien kiem sat nhan dan",
    "vks": "vien kiem sat", "th": "tieu hoc", "thcs": "trung hoc co so", "thpt": "trung hoc pho thong", "mn": "mam non",
    "cty": "cong ty", "xn": "xi nghiep", "bqp": "bo quoc phong", "tyt": "tram y te", "hctd": "hoi chu thap do",
}  # fmt: skip
# Words that say what kind a unit is but do not tell one from another.
_WEAK = frozenset(["uy", "ban", "viet", "nam", "tinh", "huyen", "thi", "xa", "phuong", "cua", "thuoc", "so", "cac", "va", "hoi", "ong", "ba", "don", "vi", "co"])
_GLUED = re.compile(r"\b(kp|tdp|khu pho|to|thon)(\d+)\b")


@dataclass(frozen=True)
class Known:
    """One unit in force on the day: its own words, and those of the units above it."""

    version: OrganizationVersion
    own: frozenset[str]
    above: frozenset[str]
    depth: int

    @property
    def organization(self) -> Organization:
        """The unit itself."""
        return self.version.organization


@dataclass(frozen=True)
class Match:
    """What the words mean: a unit of the list (exactly or inside longer words), only its ward, or a unit that is elsewhere."""

    organization: Organization | None
    ward: Organization | None
    exact: bool
    elsewhere: str = ""


def spelled_out(name: str) -> str:
    """Folded words with the usual short forms written out: "KP3 P. Ba Đình" → "khu pho 3 phuong ba dinh"."""
    folded = _GLUED.sub(r"\1 \2", text.fold(name))
    return " ".join(SHORT.get(word, word) for word in folded.split())


class UnitFinder:
    """Finds units below one unit on one day. Reads the tree once; asks nothing per row."""

    def __init__(self, within: Organization, day: date) -> None:
        self.within = within
        self.day = day
        self._seen: dict[str, Match] = {}

    @cached_property
    def _in_force(self) -> dict[int, OrganizationVersion]:
        """With all versions of each unit: its name is written for every row that means it."""
        return {v.organization_id: v for v in organizations.versions_on(self.day).prefetch_related("organization__versions")}

    @cached_property
    def known(self) -> list[Known]:
        """All units at or below `within` that were in force on the day."""
        inside = organizations.subtree_ids(self.within, self.day)
        versions = {pk: version for pk, version in self._in_force.items() if pk in inside}
        return [self._known(version, versions) for version in versions.values()]

    @cached_property
    def _outside(self) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """Units outside `within` and not above it: all by their whole names, and the areas, the longest name first."""
        above, parent = set[int](), self.within.pk
        while parent in self._in_force and parent not in above:
            above.add(parent)
            parent = self._in_force[parent].parent_id or 0
        near = {known.version.organization_id for known in self.known} | above
        named = {spelled_out(self._in_force[pk].name) for pk in near if pk in self._in_force}
        others = [(spelled_out(v.name), v) for pk, v in self._in_force.items() if pk not in near]
        others = [(words, version) for words, version in others if words not in named]
        areas = sorted(((words, v.name) for words, v in others if v.kind.is_area), key=lambda area: -len(area[0]))
        return {words: v.name for words, v in others}, areas

    def _known(self, version: OrganizationVersion, versions: dict[int, OrganizationVersion]) -> Known:
        above: set[str] = set()
        depth, parent = 0, version.parent_id
        while parent in versions and depth < 10:
            depth += 1
            above |= set(spelled_out(versions[parent].name).split())
            parent = versions[parent].parent_id
        return Known(version, frozenset(spelled_out(version.name).split()), frozenset(above), depth)

    @cached_property
    def _by_name(self) -> dict[str, list[Known]]:
        found: dict[str, list[Known]] = {}
        for known in self.known:
            for name in {known.version.name, known.version.short_name or known.version.name}:
                found.setdefault(spelled_out(name), []).append(known)
        return found

    @cached_property
    def wards(self) -> list[Known]:
        """The administrative areas among them, the deepest first."""
        return sorted((k for k in self.known if k.version.kind.is_area), key=lambda k: -k.depth)

    def find(self, name: str, *, ward: str = "") -> Match:
        """The unit that `name` (with a ward beside it in another column) means."""
        key = f"{name}\n{ward}"
        if key not in self._seen:
            self._seen[key] = self._find(name, ward)
        return self._seen[key]

    def _find(self, name: str, ward: str) -> Match:
        area = self._ward_in(ward) or self._ward_in(name)
        same = self._by_name.get(spelled_out(name), [])
        if area is not None and len(same) > 1:
            same = [k for k in same if self.ward_of(k) == area.organization] or same
        if len(same) == 1:
            return Match(same[0].organization, self.ward_of(same[0]), True)
        if len(same) > 1:
            areas = [k for k in same if k.version.kind.is_area]
            if len(areas) == 1 and area is None:
                return Match(areas[0].organization, areas[0].organization, True)
        elsewhere = "" if area is not None else self._elsewhere(f"{name} {ward}", spelled_out(name))
        if elsewhere:
            return Match(None, None, False, elsewhere)
        inside = self._inside(name, area)
        if inside is not None:
            fully = set(spelled_out(name).split()) <= inside.own | inside.above | _WEAK
            beside = "" if fully or area is not None else self._beside(name)
            if beside:
                return Match(None, None, False, beside)
            return Match(inside.organization, self.ward_of(inside), fully)
        return Match(None, area.organization if area else None, False)

    def _elsewhere(self, said: str, name: str) -> str:
        """The unit or area outside `within` that the words name as such ("KP1 phường Ba Đình" in the list of another ward)."""
        names, areas = self._outside
        padded = f" {spelled_out(said)} "
        return names.get(name) or next((shown for words, shown in areas if f" {words} " in padded and f" thi {words} " not in padded), "")

    def _beside(self, name: str) -> str:
        """The neighbouring area whose short name stands in the words: "Khu phố 1 Ba Đình" in the list of Bắc Sơn."""
        own, padded = self._in_force.get(self.within.pk), f" {spelled_out(name)} "
        if own is None or own.parent_id is None:
            return ""
        beside = [v for v in self._in_force.values() if v.parent_id == own.parent_id and v.kind.is_area and v.organization_id != self.within.pk]
        return next((v.name for v in beside if f" {text.fold(v.short_name or v.name)} " in padded), "")

    def _inside(self, name: str, area: Known | None) -> Known | None:
        """The one unit all of whose telling words stand in the name (and whose ward fits), most words first."""
        given = set(spelled_out(name).split())
        numbers = {word for word in given if word.isdigit()}
        fitting: list[tuple[int, int, Known]] = []
        for known in self.known:
            telling = known.own - _WEAK - known.above
            if not telling or not telling <= given or {w for w in telling if w.isdigit()} != numbers & telling:
                continue
            if area is not None and self.ward_of(known) != area.organization:
                continue
            fitting.append((len(telling), known.depth, known))
        if not fitting:
            return None
        best = max((words, depth) for words, depth, _known in fitting)
        top = [known for words, depth, known in fitting if (words, depth) == best]
        return top[0] if len(top) == 1 else None

    def _ward_in(self, name: str) -> Known | None:
        """The ward whose short name stands in the words, the longest name first."""
        padded = f" {spelled_out(name)} "
        hits = [
            k for k in self.wards
            if k.organization != self.within and f" {text.fold(k.version.short_name or k.version.name)} " in padded
        ]
        return max(hits, key=lambda k: (len(k.own), k.depth), default=None)

    def ward_of(self, known: Known) -> Organization | None:
        """The area unit a unit belongs to on the day (itself when it is one)."""
        by_id = {k.version.organization_id: k for k in self.known}
        current: Known | None = known
        for _step in range(10):
            if current is None or current.version.kind.is_area:
                break
            current = by_id.get(current.version.parent_id) if current.version.parent_id else None
        return current.organization if current else None

    def nearest(self, name: str, limit: int = 3) -> list[str]:
        """Names that look most like the words, for the error message."""
        counts = Counter({k.version.name: text.similarity(name, k.version.name) for k in self.known})
        return [found for found, score in counts.most_common(limit) if score > 0.2]
