"""The steps that filling in the registration has in common for the public and for the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from kheo.accounts import queries as accounts
from kheo.accounts.models import Role
from kheo.core.errors import Conflict, DomainError
from kheo.core.forms.rows import added_row
from kheo.core.messages import describe
from kheo.movements import queries as movements
from kheo.movements.models import Cycle, Milestone
from kheo.movements.rules import Window
from kheo.organizations import queries as organizations
from kheo.practices import policy
from kheo.practices.actions import draft, register
from kheo.practices.forms import registration as forms
from kheo.practices.forms.registration.rows import ROW_SETS
from kheo.practices.models import Practice
from kheo.practices.queries import duplicates, public
from kheo.practices.queries import registration as queries
from kheo.practices.queries.boxes import data_of


@dataclass
class Desk:
    """One form on somebody's screen: whose, of which cycle, under which key."""

    request: HttpRequest
    key: UUID
    cycle: Cycle
    practice: Practice | None = None
    form: Any = None
    alike: list[duplicates.Alike] = field(default_factory=list)
    problem: str = ""

    @property
    def by(self) -> Any:
        """The signed-in person when the practice is theirs to fill in, else the holder of the key."""
        user = self.request.user
        mine = self.practice is None or policy.is_owner(user, self.practice)
        if user.is_authenticated and (mine or policy.holds(user, frozenset({Role.RECEIVER}), self.practice)):  # type: ignore[arg-type]
            return user
        return policy.KeyHolder(self.key, self._unit_named())

    def _unit_named(self) -> str:
        """The unit of the list that was chosen, for the history; never what was typed in its place."""
        if self.practice is not None and self.practice.organization is not None:
            return queries.public_unit_name(self.practice)
        chosen = self.form.main.cleaned_data.get("organization") if self.form is not None and self.form.main.is_bound else ""
        named = {str(number): name for _ward, units in self.form.main.units.groups for number, name in units} if chosen else {}
        return str(named.get(str(chosen), ""))

    @property
    def anonymous(self) -> bool:
        """People without an account leave a contact."""
        return not self.request.user.is_authenticated

    @property
    def units(self) -> queries.Units:
        """The units in force for the cycle, the person's own first."""
        return queries.units(queries.day_of(self.cycle), self.request.user)

    def show(self, initial: dict[str, Any] | None = None) -> None:
        """Put the form on the screen as it was left: the draft, the stored text, or empty."""
        if self.practice is not None:
            self.form = forms.of_practice(self.practice, units=self.units, anonymous=self.anonymous)
            return
        units = self.units
        self.form = forms.blank(cycle=self.cycle, units=units, anonymous=self.anonymous, initial=initial or self._own_unit())

    def show_again(self, data: QueryDict, more: str = "") -> None:
        """Put posted words back without judging them; `more` gives those rows one more."""
        initial = forms.from_draft(forms.kept(data)) | {"version": data.get("version", "")}
        self.form = forms.blank(cycle=self.cycle, units=self.units, anonymous=self.anonymous, initial=initial, more=more)

    def _own_unit(self) -> dict[str, Any]:
        own = accounts.rights(self.request.user).units([Role.REGISTRANT])
        return {"organization": next(iter(own))} if len(own) == 1 else {}

    def keep(self, data: QueryDict) -> bool:
        """Save the typed words as a draft; False, with the problem in words, when that is not possible."""
        try:
            self.practice = draft.save_draft(self.practice, forms.kept(data), by=self.by, cycle=self.cycle, key=self.key)
        except DomainError as error:
            self.problem = str(describe(error))
            return False
        return True

    def send(self, data: QueryDict) -> Practice | None:
        """Register what was posted. None when something has to be corrected or looked at first."""
        self.form = forms.posted(data, cycle=self.cycle, units=self.units, anonymous=self.anonymous)
        if not self.form.is_valid():
            return None
        understood = self.form.data()
        if "confirm_alike" not in data and self._look_alike(understood):
            return None
        if self.practice is None and not self.keep(data):
            return None
        assert self.practice is not None
        try:
            return register.register(
                self.practice, understood, by=self.by, expected_version=self.form.main.cleaned_data["version"]
            ).practice
        except DomainError as error:
            self._explain(error)
            return None

    def _explain(self, error: DomainError) -> None:
        words = str(describe(error))
        if error.field in self.form.main.fields:
            self.form.main.add_error(error.field, words)
        else:
            self.problem = words
        if isinstance(error, Conflict) and self.practice is not None:
            self.practice.refresh_from_db()

    def _look_alike(self, understood: Any) -> bool:
        ward = understood.ward
        if understood.organization:
            unit = organizations.with_versions().get(pk=understood.organization)
            area = queries.area_of(unit, queries.day_of(self.cycle))
            ward = area.pk if area else None
        besides = self.practice.pk if self.practice else None
        self.alike = duplicates.alike(understood.title, ward, self.cycle, besides=besides)
        return bool(self.alike)

    def context(self) -> dict[str, Any]:
        """What the form's template shows."""
        return {
            "form": self.form, "practice": self.practice, "cycle": self.cycle, "key": self.key, "alike": self.alike,
            "problem": self.problem, "anonymous": self.anonymous, "window": movements.window(self.cycle, Milestone.Kind.REGISTRATION),
            "milestone": movements.milestone(self.cycle, Milestone.Kind.REGISTRATION),
            "original": self._original(),
            "has_areas": len(self.form.main.units.wards) <= 12,
        }

    def _original(self) -> Practice | None:
        if self.practice is not None and self.practice.parent is not None:
            return self.practice.parent
        slug = str(self.form.main["parent"].value() or "")
        return public().filter(slug=slug).first() if slug else None


def pressed_row(data: QueryDict) -> str:
    """Which "add a row" button was pressed, if any."""
    return added_row(data, *ROW_SETS)


def cycles_for(user: Any) -> list[Cycle]:
    """Cycles in which this person may register today; officers also after the lock. Newest first."""
    found = movements.open_for_registration()
    if not accounts.rights(user).has(Role.RECEIVER):
        return found
    late = movements.cycles().filter(closed_at__isnull=True)
    windows = {c.pk: movements.window(c, Milestone.Kind.REGISTRATION) for c in late}
    return [c for c in late if windows[c.pk] != Window.NOT_OPEN]


def chosen_cycle(cycles: list[Cycle], code: str) -> Cycle | None:
    """The cycle with that code or number, else the one in which today falls, else the newest."""
    named = [c for c in cycles if code and code in (c.code, str(c.pk))]
    today = timezone.localdate()
    current = [c for c in cycles if c.starts_on <= today <= c.ends_on]
    return next(iter([*named, *current, *cycles]), None)


def initial_of_original(original: Practice) -> dict[str, Any]:
    """The boxes of a public practice for somebody who takes it over: without people, place and time."""
    data = data_of(original)
    names = ("title", "kind", "subject", "situation", "objectives", "content", "sustainability", "schedule")
    initial: dict[str, Any] = {name: getattr(data, name) for name in names}
    initial |= {"field": data.field, "second_field": data.second_field or "", "parent": original.slug or ""}
    for prefix in ("goals", "resources", "outputs"):
        form = ROW_SETS[prefix].form
        initial[prefix] = [{name: getattr(row, name) for name in form.base_fields} for row in getattr(data, prefix)]
    return initial
