"""The registration form as one thing: boxes and rows, from a post, a draft or a stored practice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from kheo.movements.models import Cycle
from kheo.practices.forms.registration.main import RegistrationForm
from kheo.practices.forms.registration.rows import ROW_SETS, Rows, build
from kheo.practices.models import Practice
from kheo.practices.queries.boxes import data_of
from kheo.practices.queries.registration import Units
from kheo.practices.rules.registration import MOST_ROWS, RegistrationData

NOT_KEPT = {"csrfmiddlewaretoken", "website", "send", "save", "confirm_alike", "version"}
SAME_NAMES = (
    "title", "kind", "subject", "stage", "organization_text", "contact_name", "contact_phone", "contact_email",
    "situation", "objectives", "content", "area_text", "starts_on", "ends_on", "review_on", "schedule",
    "sustainability", "adaptation",
)  # fmt: skip


@dataclass
class Registration:
    """One filled or empty form."""

    main: RegistrationForm
    goals: Rows
    forces: Rows
    resources: Rows
    outputs: Rows

    @property
    def parts(self) -> tuple[Any, ...]:
        """All forms, in the order of the page."""
        return (self.main, self.goals, self.forces, self.resources, self.outputs)

    def is_valid(self) -> bool:
        """True when everything can be sent. All parts are checked, so all errors show at once."""
        valid = [part.is_valid() for part in self.parts]
        return all(valid)

    def data(self) -> RegistrationData:
        """What a valid form says."""
        given = self.main.cleaned_data
        parent = self.main.parent_practice
        return RegistrationData(
            **{name: given[name] for name in SAME_NAMES},
            field=int(given["field"]),
            second_field=_number(given["second_field"]),
            organization=_number(given["organization"]),
            ward=_number(given["ward"]),
            areas=tuple(int(n) for n in given["areas"]),
            parent=parent.pk if parent else None,
            goals=self.goals.rows(), forces=self.forces.rows(),
            resources=self.resources.rows(), outputs=self.outputs.rows(),
        )


def posted(data: QueryDict, *, cycle: Cycle, units: Units, anonymous: bool) -> Registration:
    """The form as it was posted."""
    main = RegistrationForm(data, cycle=cycle, units=units, anonymous=anonymous)
    return Registration(main, **{name: build(name, data) for name in ROW_SETS})


def blank(
    *, cycle: Cycle, units: Units, anonymous: bool, initial: Mapping[str, Any] | None = None, more: str = ""
) -> Registration:
    """The form to begin with: empty, or with `initial` values and rows (lists under the rows' names).

    `more` names the rows that get one more empty row ("add a row" without script).
    """
    found = dict(initial or {})
    rows = {name: build(name, initial=found.pop(name, None), more=name == more) for name in ROW_SETS}
    return Registration(RegistrationForm(initial=found, cycle=cycle, units=units, anonymous=anonymous), **rows)


def of_practice(practice: Practice, *, units: Units, anonymous: bool) -> Registration:
    """The form of a draft or returned practice: the unsent words when there are any."""
    initial = from_draft(practice.draft) if practice.draft else from_columns(practice)
    initial["version"] = practice.version
    return blank(cycle=practice.cycle, units=units, anonymous=anonymous, initial=initial)


def kept(data: QueryDict) -> dict[str, list[str]]:
    """What of a post goes into a draft."""
    return {name: values for name, values in data.lists() if name not in NOT_KEPT and not name.startswith("add-")}


def from_draft(draft: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Initial values from kept words, whatever they are; removed rows stay away."""
    initial: dict[str, Any] = {}
    for name, values in draft.items():
        if "-" not in name and values:
            initial[name] = list(values) if name == "areas" else str(values[-1])
    for prefix, kind in ROW_SETS.items():
        initial[prefix] = _rows_of_draft(draft, prefix, kind)
    return initial


def _rows_of_draft(draft: Mapping[str, Sequence[str]], prefix: str, kind: type[Rows]) -> list[dict[str, str]]:
    names = kind.form.base_fields
    found = []
    for index in range(MOST_ROWS):
        values = {name: str((draft.get(f"{prefix}-{index}-{name}") or [""])[-1]) for name in names}
        removed = bool(draft.get(f"{prefix}-{index}-DELETE"))
        texts = [v for name, v in values.items() if name not in {"part", "kind"}]
        if not removed and any(v.strip() for v in texts):
            found.append(values)
    return found


def from_columns(practice: Practice) -> dict[str, Any]:
    """Initial values from the stored registration."""
    data = data_of(practice)
    if not data.title:
        return {}
    initial: dict[str, Any] = {name: getattr(data, name) for name in SAME_NAMES}
    initial |= {
        "field": data.field, "second_field": data.second_field or "", "organization": data.organization or "",
        "ward": "" if data.organization else data.ward or "", "areas": list(data.areas),
        "parent": practice.parent.slug if practice.parent else "",
    }
    for prefix, kind in ROW_SETS.items():
        initial[prefix] = [{name: getattr(row, name) for name in kind.form.base_fields} for row in getattr(data, prefix)]
    return initial


def _number(value: str) -> int | None:
    return int(value) if value else None
