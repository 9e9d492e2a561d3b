"""What a verb of the log is called in plain words.

The apps stand above the log, so their words are handed down by the composition root
(kheo.config.log_words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kheo.core.rules.dates import format_date

_sentences: dict[str, Any] = {}
_groups: dict[str, Any] = {}
_values: dict[str, Mapping[str, Any]] = {}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

# What the keys of an entry's details mean. An unknown key is shown as it is.
DETAILS: dict[str, Any] = {
    "reason": _("reason"), "with_file": _("with its file"), "document": _("document"), "decision": _("document"), "basis": _("document"),
    "from": _("from"), "to": _("until"), "start": _("from day"), "end": _("until day"), "on": _("from day"),
    "valid_from": _("from day"), "valid_to": _("until day"), "period_from": _("period from"), "period_to": _("period until"),
    "opens_on": _("opens"), "closes_on": _("on time until"), "locks_on": _("locks after"), "period": _("period"),
    "text": _("text"), "title": _("title"), "name": _("name"), "role": _("role"), "unit": _("unit"), "organization": _("number of the unit"),
    "area": _("area"), "parent": _("belongs to"), "function": _("duty"), "position": _("number of the position"),
    "rows": _("rows"), "row": _("row"), "sheet": _("sheet"), "batch": _("number of the import"),
    "accepted": _("rows accepted"), "created": _("new"), "changes": _("changed"), "closed": _("ended"), "passed": _("passed on"), "errors": _("errors"),
    "file": _("file"), "sha256": _("fingerprint of the file"), "findings": _("personal data found"), "public": _("public"),
    "cells": _("cells"), "comparator": _("comparison"), "indicators": _("indicators"), "units": _("units"), "value": _("value"), "source": _("source"),
    "total": _("total"), "contributions": _("contributions"), "continues": _("continues number"),
    "filled": _("filled in"), "before": _("before"), "after": _("after"), "fields": _("changed"), "changed": _("changed"),
    "cycle": _("cycle"), "version": _("version"), "criteria": _("criteria"), "code": _("code"), "issuer": _("issuing body"),
    "form": _("form"), "kind": _("kind"), "honourees": _("honourees"), "consent": _("consent"),
    "digest": _("fingerprint of the content"), "files": _("files"), "number": _("number"), "section": _("section"), "serial": _("time of issue"), "tokens": _("tokens"),
    "entries": _("entries checked"), "breaks": _("faults found"),
    "item": _("item"), "numerator": _("part"), "denominator": _("whole"), "points": _("points"), "most": _("at most"),
    "columns": _("headings"), "statuses": _("labels"),
    "supersedes": _("replaces number"), "username": _("user name"), "printed": _("password on paper"), "second_factor": _("second step at sign-in"),
}


def register(app: str, group: Any, sentences: Mapping[str, Any]) -> None:
    """Give the verbs of one app their words; `sentences` maps the verb without the app's name."""
    _groups[app] = group
    _sentences.update({f"{app}.{verb}": words for verb, words in sentences.items()})


def sentence(verb: str) -> str:
    """The words of a verb, such as "recognized it"; the code itself when nobody registered words."""
    return str(_sentences.get(verb, verb))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All known verbs grouped by app, for a filter."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for verb, words in _sentences.items():
        shown = str(words)
        grouped.setdefault(verb.split(".", 1)[0], []).append((verb, shown[:1].upper() + shown[1:]))
    return [(str(_groups[app]), verbs) for app, verbs in grouped.items()]


def type_name(label: str) -> str:
    """The name of a kind of object ("practices.practice") on screen."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def register_values(keys: Iterable[str], labels: Mapping[str, Any]) -> None:
    """Give the codes that stand behind some keys of the details (a role, a state) their words."""
    _values.update(dict.fromkeys(keys, labels))


def detail_lines(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The details of an entry as (meaning, value) for people."""
    return [
        (str(DETAILS.get(key, key)), _shown(value, _values.get(key, {})))
        for key, value in sorted(details.items()) if value not in ("", None, [], {})
    ]


def _shown(value: Any, labels: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return ", ".join(_shown(item, labels) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(item, labels)}" for key, item in value.items())
    if isinstance(value, str) and _DAY.fullmatch(value):
        return format_date(date.fromisoformat(value))
    return str(labels.get(value, value)) if isinstance(value, str) else str(value)


register("audit", _("Audit log"), {"verify": _("checked the audit log")})
