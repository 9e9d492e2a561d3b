"""Who may do what where: positions in force and the units they reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from kheo.accounts.models import Position, Role, User
from kheo.organizations import queries as organizations


@dataclass(frozen=True)
class Rights:
    """The roles of one person today and the units each reaches. Empty means no rights at all."""

    user_id: int | None
    reach: dict[str, frozenset[int]]
    own_units: frozenset[int]

    def holds(self, roles: Iterable[str], organization_id: int | None) -> bool:
        """True when one of the roles reaches the unit. No unit, no right."""
        return organization_id is not None and any(
            organization_id in self.reach.get(str(role), frozenset()) for role in roles
        )

    def units(self, roles: Iterable[str]) -> frozenset[int]:
        """All units that any of the roles reaches."""
        return frozenset().union(*(self.reach.get(str(role), frozenset()) for role in roles))

    def has(self, *roles: str) -> bool:
        """True when a position with one of the roles is in force, wherever."""
        return any(str(role) in self.reach for role in roles)


NOBODY = Rights(None, {}, frozenset())


def positions_of(user: User, day: date | None = None) -> QuerySet[Position]:
    """Positions of a person in force on a day (default today)."""
    day = day or timezone.localdate()
    return (
        Position.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), user=user, valid_from__lte=day)
        .select_related("organization", "works_at")
        .order_by("valid_from", "pk")
    )


def rights(user: Any) -> Rights:
    """The rights of a user today, remembered on the user object for the length of a request.

    Own units are where the person works and what it registers for: an evaluator may not score them.
    """
    if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    kept = getattr(user, "_kheo_rights", None)
    if kept is not None:
        return kept  # type: ignore[no-any-return]
    held = list(positions_of(user))
    reach: dict[str, frozenset[int]] = {}
    for role in {position.role for position in held}:
        reach[role] = organizations.reach_ids(p.organization_id for p in held if p.role == role)
    own = {p.works_at_id for p in held if p.works_at_id}
    own |= reach.get(Role.REGISTRANT, frozenset())
    user._kheo_rights = Rights(user.pk, reach, frozenset(own))
    return user._kheo_rights  # type: ignore[no-any-return]


def people_with(roles: Iterable[str], organization_id: int) -> list[User]:
    """Active people whose role reaches a unit today; for notices and pick lists."""
    day = timezone.localdate()
    held = Position.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        role__in=[str(r) for r in roles], valid_from__lte=day, user__is_active=True,
    ).select_related("user")
    found = {p.user for p in held if organization_id in organizations.reach_ids([p.organization_id])}
    return sorted(found, key=lambda user: user.sort_key)
