"""What a policy answers: yes, or no with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kheo.core.errors import Refused


@dataclass(frozen=True)
class Verdict:
    """The answer of `policy.may`. True in a condition when allowed; otherwise `reason` says why not."""

    allowed: bool
    reason: Any = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: Any) -> Verdict:
    """No, because of `reason` (a translated sentence for the person who asked)."""
    return Verdict(False, reason)


def require(verdict: Verdict) -> None:
    """Raise Refused with the reason unless the verdict is a yes."""
    if not verdict.allowed:
        raise Refused(verdict.reason)
