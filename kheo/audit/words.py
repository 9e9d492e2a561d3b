"""What a verb of the log is called in plain words.

The apps stand above the log, so their words are handed down by the composition root
(kheo.config.log_words).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

_sentences: dict[str, Any] = {}
_groups: dict[str, Any] = {}

# What the keys of an entry's details mean. An unknown key is shown as it is.
DETAILS: dict[str, Any] = {
    "reason": _("reason"),
    "document": _("document"),
    "from": _("from"),
    "to": _("until"),
    "text": _("text"),
    "title": _("title"),
    "role": _("role"),
    "unit": _("unit"),
    "on": _("from day"),
    "rows": _("rows"),
    "accepted": _("rows accepted"),
    "errors": _("errors"),
    "file": _("file"),
    "total": _("total"),
    "filled": _("filled in"),
    "cycle": _("cycle"),
    "version": _("version"),
    "criteria": _("criteria"),
    "code": _("code"),
    "issuer": _("issuing body"),
    "entries": _("entries checked"),
    "breaks": _("faults found"),
    "username": _("user name"),
    "changed": _("changed"),
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


def detail_lines(details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The details of an entry as (meaning, value) for people."""
    return [(str(DETAILS.get(key, key)), _shown(value)) for key, value in sorted(details.items()) if value not in ("", None, [])]


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    return str(value)


register("audit", _("Audit log"), {"verify": _("checked the audit log")})
