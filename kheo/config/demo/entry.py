"""One practice of the demo, as its author wrote it down. All numbers are made up for illustration."""

from __future__ import annotations

from dataclasses import dataclass, field

Row = tuple[str, str, int]  # statement, unit of measure, target


@dataclass(frozen=True)
class Entry:
    """A practice of 2023; with `earlier` it also ran in 2022 and reached that state then.

    `unit` is "<ward or town>/<body>", such as "ba-dinh/women" or "phu-son/group2".
    `given` are quantified contributions of the year by kind code.
    """

    title: str
    unit: str
    why: str
    how: str
    goals: list[Row]
    outputs: list[Row]
    spread: str
    given: dict[str, int] = field(default_factory=dict)
    state: str = "recognized"
    earlier: str = ""
    kind: str = "model"
    subject: str = "collective"
    parent: str = ""
    adaptation: str = ""
    second: str = ""
    points: int = 85
