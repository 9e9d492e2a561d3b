"""Who may do what where: positions in force and the units they reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from kheo.accounts.models import STAFF_ROLES, Position, Role, SignInRules, User
from kheo.core.rules import text
from kheo.organizations import queries as organizations

IDLE_DAYS = 45  # an account unused for longer is shown to the administrators


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


def in_force(day: date | None = None) -> QuerySet[Position]:
    """All positions in force on a day (default today)."""
    day = day or timezone.localdate()
    return Position.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def visible_to(user: Any) -> QuerySet[User]:
    """The people an administrator manages: who holds, held or will hold a position in its units,
    and who holds none anywhere. The technical owner sees everyone, others nobody."""
    if getattr(user, "is_superuser", False) and user.is_active:
        return User.objects.all()
    units = rights(user).units([Role.ADMIN])
    if not units:
        return User.objects.none()
    held = Position.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(held.filter(organization_id__in=units)) | ~Exists(held), is_superuser=False)


def listing(user: Any, *, words: str = "", role: str = "", state: str = "", unit: int | None = None) -> QuerySet[User]:
    """The managed people by Vietnamese given name, with their positions in force fetched along.

    `state` is "active", "closed" (may not sign in), "idle" or "without" (a position); `words` finds
    names with or without marks, user names and e-mails.
    """
    found = visible_to(user)
    anything = in_force().filter(user=OuterRef("pk"))
    current = anything
    if role:
        current = current.filter(role=role)
    if unit:
        current = current.filter(organization_id=unit)
    if role or unit:
        found = found.filter(Exists(current))
    for word in text.fold(words).split()[:8]:
        found = found.filter(Q(name_folded__contains=word) | Q(username__icontains=word) | Q(email__icontains=word))
    if state == "without":
        found = found.filter(~Exists(anything))
    elif state == "idle":
        found = found.filter(idle_since(), is_active=True)
    elif state in ("active", "closed"):
        found = found.filter(is_active=state == "active")
    units = organizations.with_versions()
    positions = in_force().order_by("valid_from", "pk").prefetch_related(Prefetch("organization", units))
    return found.prefetch_related(Prefetch("positions", positions, to_attr="held")).order_by("sort_key", "pk")


def units_for(user: Any) -> list[tuple[int, str]]:
    """Number and name of the units in force that the administrator reaches, for pick lists."""
    versions = organizations.versions_on().order_by("kind__order", "sort_key")
    if not user.is_superuser:
        versions = versions.filter(organization_id__in=rights(user).units([Role.ADMIN]))
    rows = organizations.rows(versions)
    return [(r.version.organization_id, f"{r.version.name} – {r.parent_name}" if r.parent_name else r.version.name) for r in rows]


def idle_since() -> Q:
    """Condition: no sign-in for more than 45 days (never signed in: since the account was opened)."""
    limit = timezone.now() - timedelta(days=IDLE_DAYS)
    return Q(last_login__lt=limit) | Q(last_login__isnull=True, date_joined__lt=limit)


def history_of(user: User) -> list[Position]:
    """All positions of a person, newest first, with the versions of their units."""
    units = organizations.with_versions()
    return list(
        Position.objects.filter(user=user).order_by("-valid_from", "-pk")
        .prefetch_related(Prefetch("organization", units), Prefetch("works_at", units))
    )


def other_admins(position: Position) -> bool:
    """True when somebody else may administer the unit of this position today and from now on."""
    day = timezone.localdate()
    others = Position.objects.filter(
        role=Role.ADMIN, valid_from__lte=day, valid_to__isnull=True, user__is_active=True
    ).exclude(user_id=position.user_id)
    return any(position.organization_id in organizations.reach_ids([p.organization_id]) for p in others)


def sign_in_rules() -> SignInRules:
    """The one row of rules; its defaults when nobody has set it yet."""
    return SignInRules.objects.filter(pk=1).first() or SignInRules(pk=1)


def has_second_factor(user: User) -> bool:
    """True when the person signs in with an authenticator app."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def is_staff_member(user: User) -> bool:
    """True for holders of a role beyond registering, and for the technical owner."""
    return user.is_superuser or rights(user).has(*STAFF_ROLES)


def lacks_second_factor(user: User) -> bool:
    """True when the rules require a second factor from this person and it has none."""
    if sign_in_rules().second_factor != SignInRules.SecondFactor.REQUIRE or not is_staff_member(user):
        return False
    return not has_second_factor(user)
