"""Old addresses and where they lead now, from a spreadsheet: all or nothing, again changes nothing."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.db import transaction
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.rules.text import nfc
from kheo.core.spreadsheets.headers import Column
from kheo.core.spreadsheets.outcome import Outcome
from kheo.core.spreadsheets.problems import Problem
from kheo.core.spreadsheets.read import open_workbook
from kheo.core.spreadsheets.tables import Row, read_tables
from kheo.core.verdicts import require
from kheo.portal import policy, rules
from kheo.portal.queries import ours

COLUMNS = (
    Column("old", ("Địa chỉ cũ", "Đường dẫn cũ", "Từ", "Old address", "Old", "From", "URL cũ")),
    Column("new", ("Địa chỉ mới", "Đường dẫn mới", "Đến", "New address", "New", "To", "URL mới")),
)
LONGEST = 255
_SESSION = re.compile(r";jsessionid=[^?/;]*", re.IGNORECASE)
MOST_TRIED = 2_000  # rows whose addresses are asked for; more would take minutes


@dataclass(frozen=True)
class Move:
    """One row: the path on a site (None: every site) and where it leads."""

    row: Row
    old: str
    new: str
    site: Site | None


def import_redirects(source: Path | str | bytes, filename: str = "", *, by: Any, dry_run: bool = False) -> Outcome:
    """Read old and new addresses from .xlsx, .xls, .ods or .csv and save all of them, or none on an error.

    The old address may carry a host: then it holds for the site of that host. Circles, addresses that
    lead to themselves and one old address with two targets are errors; a chain is a warning.
    InvalidInput when the file itself cannot be read.
    """
    if by is not None:
        require(policy.may(by, "found_site"))
    outcome, workbook = Outcome(), open_workbook(source, filename)
    rows, faults, faulty = read_tables(workbook.visible, COLUMNS)
    outcome.errors += faults
    outcome.rows = len(rows) + faulty
    moves = [move for row in rows if (move := _understood(row, outcome))]
    _compare(moves, outcome)
    if not outcome.errors:
        _try(moves, outcome)
    if outcome.errors:
        return outcome
    kept = {(r.old_path, r.site_id): r for r in Redirect.objects.filter(old_path__in={move.old for move in moves})}
    once = list({(move.old, _pk(move.site)): move for move in moves}.values())
    fresh = [move for move in once if (have := kept.get((move.old, _pk(move.site)))) is None or have.redirect_link != move.new]
    outcome.accepted, outcome.unchanged = len(fresh), len(once) - len(fresh)
    if not dry_run and fresh:
        outcome.batch = hashlib.sha256(repr([(m.old, m.new) for m in moves]).encode()).hexdigest()[:12]
        _save(fresh, outcome, workbook.filename, by)
    return outcome


def _save(fresh: list[Move], outcome: Outcome, filename: str, by: Any) -> None:
    with transaction.atomic():
        for move in fresh:
            made, _new = Redirect.objects.update_or_create(
                old_path=move.old, site=move.site, defaults={"redirect_link": move.new, "is_permanent": True, "redirect_page": None}
            )
        record.record("portal.import_redirects", made, by=by, label=filename[:200], batch=outcome.batch, rows=outcome.rows, accepted=outcome.accepted)


def _pk(site: Site | None) -> int | None:
    return site.pk if site else None


def _problem(outcome: Outcome, row: Row, key: str, words: object, *, warning: bool = False) -> None:
    found = Problem(row.sheet, row.address(key), field=key, value=row.value(key), message=words, severity="warning" if warning else "error")
    (outcome.warnings if warning else outcome.errors).append(found)


def _understood(row: Row, outcome: Outcome) -> Move | None:
    try:
        old, site = _old(row.text("old"))
    except InvalidInput as error:
        _problem(outcome, row, "old", error.message)
        return None
    try:
        new = _new(row.text("new"))
    except InvalidInput as error:
        _problem(outcome, row, "new", error.message)
        return None
    if Redirect.normalise_path(new) == old and not urlsplit(new).netloc:
        _problem(outcome, row, "new", _("The address leads to itself. Give another target or take the row out."))
        return None
    return Move(row, old, new, site)


def _split(written: str) -> SplitResult:
    try:
        return urlsplit(written)
    except ValueError:  # such as http://[
        raise InvalidInput(_("“%(address)s” is no address.") % {"address": written[:80]}) from None


def _old(written: str) -> tuple[str, Site | None]:
    parts = _split(written.strip())
    if not written.strip() or (not parts.path.startswith("/") and not parts.netloc):
        raise InvalidInput(_("Write the old address as a path that begins with /, or in full with http://."))
    path = Redirect.normalise_path(iri_to_uri(_SESSION.sub("", nfc(written.strip()))))  # a space as browsers send it
    if path in {"", "/"}:
        raise InvalidInput(_("The home page cannot lead elsewhere."))
    if len(path) > LONGEST:
        raise InvalidInput(_("The address is longer than %(limit)s characters.") % {"limit": LONGEST})
    return path, Site.objects.filter(hostname=parts.hostname).first() if parts.hostname else None


def _new(written: str) -> str:
    target = written.strip()
    parts = _split(target)
    inside = target.startswith("/") and not target.startswith("//")
    if not inside and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise InvalidInput(_("Write the new address as a path that begins with /, or in full with https://."))
    if len(target) > LONGEST:
        raise InvalidInput(_("The address is longer than %(limit)s characters.") % {"limit": LONGEST})
    return target


def _compare(moves: list[Move], outcome: Outcome) -> None:
    """Contradictions, circles and chains, within the file and with what is kept already."""
    targets: dict[tuple[str, int | None], Move] = {}
    for move in moves:
        earlier = targets.setdefault((move.old, _pk(move.site)), move)
        if earlier is not move and earlier.new == move.new:
            _problem(outcome, move.row, "old", _("Row %(row)s says the same. It is kept once.") % {"row": earlier.row.number}, warning=True)
        if earlier.new != move.new:
            _problem(outcome, move.row, "new", _("Row %(row)s sends the same address to %(new)s. Keep one of them.") % {"row": earlier.row.number, "new": earlier.new})
    _compare_targets(moves, outcome)


def _compare_targets(moves: list[Move], outcome: Outcome) -> None:
    kept = {r.old_path: r.redirect_link for r in Redirect.objects.exclude(redirect_link="")}
    leads = {old: Redirect.normalise_path(new) for old, new in kept.items() if new.startswith("/")}
    leads |= {move.old: Redirect.normalise_path(move.new) for move in moves if move.new.startswith("/")}
    hosts = set(Site.objects.values_list("hostname", flat=True))
    for move in moves:
        host = urlsplit(move.new).hostname or ""
        if host and host not in hosts:
            _problem(outcome, move.row, "new", _("This target is on another site, %(host)s: readers leave this one. Make sure that it is meant.") % {"host": host}, warning=True)
        if not move.new.startswith("/"):
            continue
        target = Redirect.normalise_path(move.new)
        end = rules.final(target, leads)
        if end is None or rules.final(move.old, leads) is None:
            _problem(outcome, move.row, "new", _("These addresses lead in a circle: %(old)s comes back to itself.") % {"old": move.old})
        elif end != target:
            _problem(outcome, move.row, "new", _("This target leads on to %(end)s. Better give that address at once.") % {"end": end}, warning=True)


def _try(moves: list[Move], outcome: Outcome) -> None:
    """Warn of an address that answers by itself, for it is never led elsewhere, and of a target that is not there."""
    asking: dict[int | None, ours.Ours] = {}
    moved = {move.old for move in moves}
    for move in moves[:MOST_TRIED]:
        site = move.site or Site.objects.filter(is_default_site=True).first()
        if site is None:
            return
        ask = asking.setdefault(site.pk, ours.Ours(site))
        if _is_there(move.old, ask):
            _problem(outcome, move.row, "old", _("This site has a page at %(path)s, which answers first: the redirect will not be used as long as it does.") % {"path": urlsplit(move.old).path}, warning=True)
        if move.new.startswith("/") and Redirect.normalise_path(move.new) not in moved and ask.answer(move.new):
            _problem(outcome, move.row, "new", _("There is no page at this target yet. Readers will find nothing until there is one."), warning=True)


def _is_there(path: str, ask: ours.Ours) -> bool:
    """True when a page of the site itself answers, not a redirect kept earlier."""
    response = ask.once(path if "?" in path or path.endswith("/") else f"{path}/")
    return response.status_code == 200
