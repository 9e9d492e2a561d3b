"""The desk's menu: only what the person may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role

R = Role
STAFF = (R.RECEIVER, R.EVALUATOR, R.LEADER, R.EDITOR, R.AUDITOR, R.ADMIN, R.ONE_STOP)


@dataclass(frozen=True)
class Item:
    """One entry: its words, address name and the roles that see it (empty: everyone at the desk)."""

    label: Any
    url_name: str
    roles: tuple[str, ...] = ()


MENU: tuple[tuple[Any, tuple[Item, ...]], ...] = (
    (
        _("My work"),
        (
            Item(_("What waits for me"), "desk:home"),
            Item(_("The year at a glance"), "reports_desk:overview", (R.RECEIVER, R.EVALUATOR, R.LEADER, R.EDITOR, R.AUDITOR, R.ADMIN)),
            Item(_("Calendar"), "desk:calendar"),
            Item(_("Background work"), "desk:jobs"),
        ),
    ),
    (
        _("Registry"),
        (
            Item(_("Practices"), "practices_desk:list"),
            Item(_("Register on behalf"), "practices_desk:new", (R.RECEIVER, R.REGISTRANT)),
            Item(_("Recognition"), "practices_desk:recognize", (R.LEADER,)),
            Item(_("Import a workbook"), "practices_desk:imports", (R.RECEIVER,)),
            Item(_("Official tables"), "practices_desk:tables", (R.RECEIVER, R.LEADER, R.AUDITOR)),
            Item(_("Commendations"), "commendations_desk:index", (R.RECEIVER, R.LEADER, R.AUDITOR)),
            Item(_("Inspections"), "inspections_desk:index"),
            Item(_("News"), "news_desk:index", (R.EDITOR, R.LEADER, R.ADMIN)),
            Item(_("Reports"), "reports_desk:index", (R.RECEIVER, R.EVALUATOR, R.LEADER, R.EDITOR, R.AUDITOR, R.ADMIN)),
            Item(_("Indicators"), "indicators_desk:index"),
            Item(_("Surveys"), "feedback_desk:index", STAFF),
        ),
    ),
    (
        _("Administrative procedures"),
        (Item(_("Results and catalogue"), "procedures_desk:index", (R.ONE_STOP, R.LEADER, R.AUDITOR, R.EDITOR, R.ADMIN)),),
    ),
    (
        _("Set-up"),
        (
            Item(_("Movements"), "movements:index", STAFF),
            Item(_("Units"), "organizations_desk:index", STAFF),
            Item(_("Official documents"), "documents:index", STAFF),
            Item(_("Reference lists"), "desk:references", STAFF),
            Item(_("Working calendar"), "workdays_desk:index", STAFF),
            Item(_("People and positions"), "accounts_desk:index", (R.ADMIN,)),
            Item(_("Audit log"), "audit:index", (R.AUDITOR, R.ADMIN)),
            Item(_("Sections of the site"), "portal:sections", (R.EDITOR, R.ADMIN)),
            Item(_("Sites"), "portal:sites", (R.ADMIN,)),
            Item(_("Counter of visits"), "visits_desk:index", (R.ADMIN, R.EDITOR, R.LEADER, R.AUDITOR)),
            Item(_("Content and reference data"), "wagtailadmin_home", (R.EDITOR, R.LEADER, R.ADMIN)),
        ),
    ),
)


def navigation(user: Any, path: str) -> list[dict[str, Any]]:
    """Headings and entries for this user; the entry whose address `path` is below is marked current."""
    rights = accounts.rights(user)
    entries: list[dict[str, Any]] = []
    for heading, items in MENU:
        shown = [item for item in items if not item.roles or rights.has(*item.roles)]
        if shown:
            entries.append({"heading": heading})
            entries += [{"label": item.label, "href": reverse(item.url_name)} for item in shown]
    best = max((e["href"] for e in entries if "href" in e and path.startswith(e["href"])), key=len, default="")
    for entry in entries:
        entry["current"] = entry.get("href") == best
    return entries
