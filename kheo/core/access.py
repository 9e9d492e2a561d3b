"""Asking for rights from below.

`accounts` stands above audit, documents and organizations, yet those have a desk too. They ask
here; the settings name the functions of `accounts` that answer (KHEO_RIGHTS, KHEO_DESK_GUARD, KHEO_KEPT_DATA).
Apps above `accounts` use `kheo.accounts` directly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, Protocol

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class Rights(Protocol):
    """What a person's positions allow today; the real thing is kheo.accounts.queries.Rights."""

    def holds(self, roles: Iterable[str], organization_id: int | None) -> bool:
        """True when one of the roles reaches the unit. No unit, no right."""

    def units(self, roles: Iterable[str]) -> frozenset[int]:
        """All units that any of the roles reaches."""

    def has(self, *roles: str) -> bool:
        """True when a position with one of the roles is in force, wherever."""


@lru_cache(maxsize=4)
def _load(path: str) -> Any:
    return import_string(path)


def rights(user: Any) -> Rights:
    """The rights of a user today; nobody has none."""
    answer: Rights = _load(settings.KHEO_RIGHTS)(user)
    return answer


def forget(user: Any) -> None:
    """Drop the rights remembered on a user object: the tree of units has just changed under them."""
    if user is not None:
        vars(user).pop("_kheo_rights", None)


def written(request: HttpRequest) -> QueryDict | None:
    """What the person has written into a form: this POST, or one that came after the session ended.

    The guard of the desk keeps the latter and gives it back after sign-in, so that nothing is lost.
    """
    if request.method == "POST":
        return request.POST
    if not hasattr(request, "_written"):
        request._written = _load(settings.KHEO_KEPT_DATA)(request)  # type: ignore[attr-defined]
    kept: QueryDict | None = request._written  # type: ignore[attr-defined]
    return kept


def desk_required(view: View[P]) -> View[P]:
    """Only people with a position enter; the same guard as kheo.accounts.views.access."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        answer: HttpResponseBase = _load(settings.KHEO_DESK_GUARD)(view)(request, *args, **kwargs)
        return answer

    return guarded
