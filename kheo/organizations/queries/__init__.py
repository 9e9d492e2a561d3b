"""Reading dated units: by code, by name, as a tree, through successions."""

from kheo.organizations.queries.dated import (
    area_of,
    area_spans,
    area_versions,
    by_code,
    by_name,
    mandate_holder,
    name_on,
    names_on,
    passed,
    reach_ids,
    spans,
    subtree_ids,
    successors,
    today,
    undivided,
    version_of,
    versions_on,
    with_versions,
)
from kheo.organizations.queries.pages import (
    UnitPage,
    area_tree,
    areas_on,
    children,
    end_day,
    last_day,
    mandates_for,
    reorganizations_of,
    unit_page,
)
from kheo.organizations.queries.search import UnitRow, find, label, labels, listing, resolve, rows

__all__ = [
    "UnitPage", "UnitRow", "area_of", "area_spans", "area_tree", "area_versions", "areas_on", "by_code", "by_name",
    "children", "end_day", "find", "label", "labels", "last_day", "listing", "mandate_holder", "mandates_for", "name_on", "names_on", "passed", "reach_ids",
    "reorganizations_of", "resolve", "rows", "spans", "subtree_ids", "successors", "today", "undivided", "unit_page", "version_of",
    "versions_on", "with_versions",
]
