"""Practices brought to a state with plain rows, so that a test of one verb needs no other verb."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from django.utils import timezone
from PIL import Image

from kheo.movements.models import Criterion
from kheo.practices.models import Evidence, Practice, Recognition, Score, ScoreSheet
from tests import cast as cast_module


def criteria(cast: cast_module.Cast, subject: str = "collective") -> list[Criterion]:
    """The five criteria, in order: 20, 20, 20, 25 and 15 points at most."""
    return list(cast.criteria[subject].criteria.order_by("order"))


def points(cast: cast_module.Cast, *given: Any) -> dict[int, Decimal | None]:
    """Points per criterion in order; None where nothing was given."""
    return {
        criterion.pk: None if value is None else Decimal(str(value))
        for criterion, value in zip(criteria(cast), given, strict=True)
    }


def sheet(practice: Practice, scorer: Any, total: int, *, kind: str = "evaluator") -> ScoreSheet:
    """A sheet whose points on the five criteria share out `total`, the largest first."""
    found = list(practice.cycle.criteria_choices.get(subject=practice.subject).criteria_set.criteria.all())
    made = ScoreSheet.objects.create(
        practice=practice, kind=kind, criteria_set=found[0].criteria_set, scorer=scorer,
        scorer_name=str(scorer), total=Decimal(total), submitted_at=timezone.now(),
    )
    left = Decimal(total)
    for criterion in found:
        part = min(left, criterion.max_points)
        Score.objects.create(sheet=made, criterion=criterion, points=part)
        left -= part
    return made


def evaluated(cast: cast_module.Cast, first: int = 85, second: int = 87, **more: Any) -> Practice:
    """A practice under evaluation that both evaluators have scored."""
    made = cast_module.practice(cast, state="evaluating", **more)
    sheet(made, cast.evaluator, first)
    sheet(made, cast.evaluator2, second)
    return made


def recognized(cast: cast_module.Cast, final: str = "92", state: str = "recognized", **more: Any) -> Practice:
    """A recognized practice with its decision."""
    made = cast_module.practice(cast, state=state, **more)
    Recognition.objects.create(practice=made, decision=cast.decision, decided_on=cast.decision.issued_on, final_points=Decimal(final))
    return made


def with_evidence(practice: Practice, **more: Any) -> Evidence:
    """A row of evidence without bytes."""
    values = {"original_name": "anh.jpg", "kind": "photo", "size": 10, "sha256": "0" * 64, "by_name": "x", "at": timezone.now(), "file": "x.jpg"}
    return Evidence.objects.create(practice=practice, **{**values, **more})


def photo(*, place: bool = False, colour: str = "red", size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG; with `place` it carries GPS coordinates and a camera name in its EXIF."""
    exif = Image.Exif()
    if place:
        exif[0x010F] = "May anh cua toi"
        exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 4.0, 30.0), 3: "E", 4: (105.0, 51.0, 0.0)})
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    return out.getvalue()
