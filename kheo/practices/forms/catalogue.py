"""The filter form of the public list. A value nobody offers is ignored and named, never an error page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kheo.core import forms as kheo_forms
from kheo.core.rules import numbers, text
from kheo.movements.models import Cycle, Field, Subject
from kheo.practices.models import Practice
from kheo.practices.models.practice import StateChoices
from kheo.practices.queries import catalogue
from kheo.practices.queries.units import UnitNames
from kheo.practices.rules.search import MAX_QUESTION

Choices = list[tuple[str, Any]]
VIEWS = ("table", "cards")


@dataclass
class Options:
    """Everything a reader may choose from: value → words, per filter."""

    words: dict[str, Choices] = field(default_factory=dict)

    def values(self, name: str) -> set[str]:
        """The values a filter takes; optgroups are opened."""
        found: set[str] = set()
        for value, words in self.words[name]:
            found |= {inner for inner, _words in words} if isinstance(words, list) else {value}
        return found

    def counted(self, name: str, counts: Mapping[str, int]) -> Choices:
        """The same choices with how many each would leave."""
        return [
            (value, [(v, _with_count(w, counts.get(v, 0))) for v, w in words])
            if isinstance(words, list)
            else (value, _with_count(words, counts.get(value, 0)) if value else words)
            for value, words in self.words[name]
        ]


def _with_count(words: object, count: int) -> str:
    return f"{words} ({numbers.format_number(count)})"


def options(fields: Iterable[Field], cycles: Iterable[Cycle], wards: UnitNames) -> Options:
    """The choices of each filter from the tables of fields, cycles and the wards that have practices."""
    english = get_language() == "en"
    everything = ("", _("All"))
    former = {unit: wards.ended(unit) for unit in wards.in_order()}
    groups: Choices = [everything]
    for heading, ended in ((_("Wards and communes today"), False), (_("Former wards and communes"), True)):
        inside = [(wards.slugs[unit], wards.label(unit)) for unit, last in former.items() if bool(last) is ended]
        if inside:
            groups.append((heading, inside))
    return Options(
        {
            "field": [everything, *{f.code: f.name_en if english and f.name_en else f.name for f in fields}.items()],
            "ward": groups,
            "year": [everything, *{c.code: c.name for c in cycles}.items()],
            "state": [(state.value, StateChoices(state).label) for state in catalogue.SHOWN_STATES],
            "kind": [everything, *Practice.Kind.choices],
            "subject": [everything, *Subject.choices],
            "spread": [everything, (catalogue.REPLICA, _("Taken over from another unit"))],
        }
    )


def read(query: QueryDict, chosen: Options) -> tuple[catalogue.Filters, str, list[str]]:
    """The filters an address asks for, the view (table or cards), and what could not be understood."""
    ignored: list[str] = []

    def one(name: str, allowed: Iterable[str]) -> str:
        value = query.get(name, "").strip()
        if value and value not in allowed:
            ignored.append(f"{name}={value[:40]}")
            return ""
        return value

    states = [value for value in query.getlist("state") if value]
    known = chosen.values("state")
    ignored += [f"state={value[:40]}" for value in states if value not in known]
    asked = query.get("q", "")
    single = {name: one(name, chosen.values(name)) for name in ("field", "ward", "year", "kind", "subject", "spread")}
    filters = catalogue.Filters(
        q=text.squeeze(text.nfc(asked[:MAX_QUESTION])),
        state=tuple(dict.fromkeys(value for value in states if value in known)),
        sort=one("sort", catalogue.ORDERS),
        **single,
    )
    if len(asked) > MAX_QUESTION:
        ignored.append(_("the question beyond %(count)s characters") % {"count": MAX_QUESTION})
    return filters, one("view", VIEWS) or VIEWS[0], ignored


class CatalogueForm(kheo_forms.Form):
    """Search and filters, each option with its count."""

    mark_optional = False
    q = forms.CharField(label=gettext_lazy("Words in the name, unit or summary"), required=False, max_length=MAX_QUESTION, widget=forms.TextInput(attrs={"type": "search"}))
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    ward = forms.ChoiceField(label=gettext_lazy("Ward or commune"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    subject = forms.ChoiceField(label=gettext_lazy("Carried out by"), required=False)
    spread = forms.ChoiceField(label=gettext_lazy("Replication"), required=False)
    state = forms.MultipleChoiceField(label=gettext_lazy("State"), required=False, widget=forms.CheckboxSelectMultiple)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)
    view = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, chosen: Options, counts: Mapping[str, Mapping[str, int]]) -> None:
        super().__init__(data, auto_id="filter-%s")
        for name in catalogue.DIMENSIONS:
            control = self.fields[name]
            assert isinstance(control, forms.ChoiceField)
            control.choices = chosen.words[name]
            # The chips of active filters read the field's words; the boxes show them with counts.
            control.widget.choices = chosen.counted(name, counts[name])
        for name in ("sort", "view"):
            if not data.get(name):
                del self.fields[name]


def order_choices(filters: catalogue.Filters) -> Sequence[tuple[str, str]]:
    """The orders a list may have: value and words; the first is the order without a choice."""
    first = ("", _("Best answers first")) if filters.q else ("newest", _("Newest first"))
    rest = [("newest", _("Newest first")), ("name", _("By name")), ("spread", _("Most spread first"))]
    return [first, *(choice for choice in rest if choice != first)]
