"""Write the sections of a draft: words with tokens, titles, order. Every token must be known."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.audit.actions import record
from kheo.core.errors import Conflict, InvalidInput
from kheo.core.pages import watch
from kheo.core.rules import text as texts
from kheo.core.verdicts import require
from kheo.reports import policy
from kheo.reports.actions.draft import lock
from kheo.reports.models import Report, Section
from kheo.reports.queries import compiling
from kheo.reports.rules import tokens
from kheo.reports.sources import registry

LONGEST = 30_000


@dataclass(frozen=True)
class Words:
    """What a section is to say."""

    title: str
    text: str
    tables: tuple[str, ...] = ()


def write_section(section: Section, words: Words, *, by: Any, version: int | None = None, known: Collection[str] | None = None) -> Section:
    """Save one section. Refuses unknown tokens (with suggestions) and writing over somebody else's words.

    `known` are the tokens that exist; left out, they are compiled.
    """
    require(policy.may(by, "write", section.report))
    title = texts.squeeze(texts.nfc(words.title))
    body = texts.clean_pasted(words.text)
    if not title:
        raise InvalidInput(_("Write a title."), field="title")
    if len(body) > LONGEST:
        raise InvalidInput(_("This text has %(length)s characters; at most %(limit)s fit.") % {"length": len(body), "limit": LONGEST}, field="text")
    check_tokens(body, known if known is not None else set(compiling.of_report(section.report).figures))
    unknown = [code for code in words.tables if code not in registry.table_labels()]
    if unknown:
        raise InvalidInput(_("Unknown table: %(codes)s.") % {"codes": ", ".join(unknown)}, field="tables")
    with transaction.atomic():
        report = lock(section.report)
        require(policy.may(by, "write", report))
        locked = Section.objects.select_for_update().get(pk=section.pk)
        # The same person saving again (autosave, then the button) is no conflict.
        if version is not None and locked.version != version and locked.saved_by_name != str(by)[:150]:
            raise Conflict(
                _("%(who)s saved this section at %(when)s. Your words are still in the form below; compare before you save again.")
                % {"who": locked.saved_by_name or "–", "when": f"{timezone.localtime(locked.saved_at):%H:%M %d/%m/%Y}" if locked.saved_at else "–"}
            )
        if (locked.title, locked.text, list(locked.tables)) == (title, body, list(words.tables)):
            return locked
        locked.title, locked.text, locked.tables = title, body, list(words.tables)
        locked.version += 1
        locked.saved_at, locked.saved_by_name = timezone.now(), str(by)[:150]
        with watch.unseen(connection):  # people read what was issued, never the draft
            locked.save()
            Report.objects.filter(pk=report.pk).update(version=report.version + 1, updated_at=timezone.now())
        record.record("reports.write_section", report, by=by, section=locked.code, version=locked.version)
    return locked


def check_tokens(text: str, known: Collection[str]) -> None:
    """Raise InvalidInput naming every unknown token with its line and what may have been meant."""
    found = tokens.problems(text, known)
    if not found:
        return
    said = []
    for problem in found[:6]:
        line = _("line %(line)s: “%(token)s” is not a figure") % {"line": problem.line, "token": problem.token}
        if problem.suggestions:
            line += " " + _("(did you mean %(list)s?)") % {"list": ", ".join(problem.suggestions)}
        said.append(line)
    raise InvalidInput(_("Choose figures from the list instead of typing them: %(problems)s.") % {"problems": "; ".join(said)}, field="text")


def add_section(report: Report, title: str, *, part: str, level: int, by: Any) -> Section:
    """A new section at the end."""
    require(policy.may(by, "write", report))
    clean = texts.squeeze(texts.nfc(title))
    if not clean:
        raise InvalidInput(_("Write a title."), field="title")
    with transaction.atomic():
        locked = lock(report)
        require(policy.may(by, "write", locked))
        taken = set(locked.sections.values_list("code", flat=True))
        stem = texts.slugify(clean, limit=30) or "muc"
        code = next(c for c in (stem, *(f"{stem}-{n}" for n in range(2, 200))) if c not in taken)
        last = locked.sections.order_by("-order").first()
        made = Section.objects.create(report=locked, order=(last.order if last else 0) + 1, code=code, part=part, level=level, title=clean)
        Report.objects.filter(pk=locked.pk).update(version=locked.version + 1)
        record.record("reports.add_section", locked, by=by, section=code)
    return made


def move_section(section: Section, up: bool, *, by: Any) -> None:
    """Change places with the section above or below."""
    require(policy.may(by, "write", section.report))
    with transaction.atomic():
        report = lock(section.report)
        require(policy.may(by, "write", report))
        rows = list(report.sections.order_by("order"))
        index = next(i for i, row in enumerate(rows) if row.pk == section.pk)
        other = index - 1 if up else index + 1
        if 0 <= other < len(rows):
            rows[index], rows[other] = rows[other], rows[index]
            for order, row in enumerate(rows, start=1):
                row.order = order
            Section.objects.bulk_update(rows, ["order"])
            Report.objects.filter(pk=report.pk).update(version=report.version + 1)
            record.record("reports.move_section", report, by=by, section=section.code)


def remove_section(section: Section, *, by: Any) -> None:
    """Take a section out of a draft; what it said stays in the audit log's row."""
    require(policy.may(by, "write", section.report))
    with transaction.atomic():
        report = lock(section.report)
        require(policy.may(by, "write", report))
        record.record("reports.remove_section", report, by=by, section=section.code, title=section.title, text=section.text[:4000])
        section.delete()
        Report.objects.filter(pk=report.pk).update(version=report.version + 1)
