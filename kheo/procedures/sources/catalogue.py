"""Which procedure of the catalogue each distinct procedure of a file is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from kheo.core.rules.text import fold, nfc
from kheo.procedures.models import CountingRule, Procedure, ProcedureVersion
from kheo.procedures.rules import codes, grouping, personal
from kheo.procedures.sources.problems import Problems
from kheo.procedures.sources.reading import Reading

UNNAMED_FIELD = "Lĩnh vực khác"
UNNAMED = "Không ghi tên thủ tục"


@dataclass
class Named:
    """A distinct procedure of the file. `procedure` is None when the catalogue lacks it."""

    code: str
    name: str
    field_name: str
    sensitive: bool
    procedure: Procedure | None = None
    versions: Sequence[ProcedureVersion] = ()
    ids: dict[str, Any] = field(default_factory=dict)

    def version_on(self, day: date) -> ProcedureVersion | None:
        """The version in force on a day; before the first one, none."""
        for version in self.versions:
            if version.valid_from <= day and (version.valid_to is None or day < version.valid_to):
                return version
        return None


class Catalogue:
    """The catalogue read once, by short code and by folded name."""

    def __init__(self, rule: CountingRule) -> None:
        self.words = tuple(fold(word) for word in rule.sensitive_words)
        self.by_code: dict[str, Procedure] = {}
        self.versions: dict[int, list[ProcedureVersion]] = {}
        self.by_name: dict[str, Procedure] = {}
        for procedure in Procedure.objects.all():
            self.by_code[procedure.code] = procedure
            if procedure.seen_name:
                self.by_name.setdefault(fold(procedure.seen_name), procedure)
        known = {procedure.pk: procedure for procedure in self.by_code.values()}
        for version in ProcedureVersion.objects.select_related("field").order_by("valid_from"):
            self.versions.setdefault(version.procedure_id, []).append(version)
            self.by_name[fold(version.name)] = known[version.procedure_id]

    def named(self, code: str, name: str, field_name: str) -> Named:
        """What a file's code, name and field mean. Texts are cleaned: they may be stored."""
        tidy = codes.tidy(code)
        short = codes.short(tidy) if codes.is_procedure(tidy) else personal.cleaned(tidy)[0][:24]
        clean, field_clean = personal.cleaned(nfc(name))[0][:500], personal.cleaned(nfc(field_name))[0][:200]
        procedure = self.by_code.get(short) if short else self.by_name.get(fold(clean))
        if procedure is None and short and not codes.is_procedure(tidy):
            procedure = self.by_name.get(fold(clean))
        if procedure is not None:
            return self._known(procedure, clean, field_clean)
        if not short:
            short = "KM-" + hashlib.blake2b(fold(clean).encode(), digest_size=6).hexdigest()
        sensitive = not clean or grouping.is_sensitive(fold(clean), self.words)
        return Named(short, clean, field_clean or UNNAMED_FIELD, sensitive)

    def _known(self, procedure: Procedure, name: str, field_name: str) -> Named:
        versions = self.versions.get(procedure.pk, [])
        last = versions[-1] if versions else None
        return Named(
            procedure.code, last.name if last else procedure.seen_name or name, last.field.name if last else field_name or UNNAMED_FIELD,
            procedure.sensitive, procedure, versions,
        )


def recognize(reading: Reading, rule: CountingRule) -> list[Named]:
    """The meaning of each distinct procedure, in the order of their numbers; warns of unknown ones.

    Two spellings of one unknown procedure become the same object.
    """
    catalogue = Catalogue(rule)
    found: list[Named] = []
    fresh: dict[str, Named] = {}
    for (code, name, field_name), (sheet, cell) in zip(reading.procedures, reading.procedure_cells, strict=True):
        named = catalogue.named(code, name, field_name)
        if named.procedure is None or named.procedure.state == Procedure.State.WAITING:
            known = fresh.get(named.code)
            if known is None:
                fresh[named.code] = named
                _warn(reading.problems, sheet, cell, named)
            else:
                named = known
        found.append(named)
    return found


def _warn(problems: Problems, sheet: str, cell: str, named: Named) -> None:
    message = _("The procedure %(what)s is not in the catalogue; an entry waits there for the officer.") % {"what": named.name or named.code}
    remedy = _("Complete the entry: name, field, time limit, decision.")
    problems.add(sheet, cell, "procedure_code", named.code, message, remedy, "warning")
