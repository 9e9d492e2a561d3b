"""Which headings and labels mean what: the common ones and those of one source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kheo.core.rules.text import fold
from kheo.procedures.models import Source
from kheo.procedures.rules import labels
from kheo.procedures.rules.outcome import Status


@dataclass(frozen=True)
class Vocabulary:
    """Folded label → meaning. What a source says goes before the common list."""

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=lambda: {label: str(status) for label, status in labels.STATUSES.items()})
    channels: Mapping[str, str] = field(default_factory=lambda: dict(labels.CHANNELS))


def vocabulary_of(source: Source | None) -> Vocabulary:
    """The vocabulary of a source; the common one without."""
    common = Vocabulary()
    if source is None:
        return common
    known = {str(status) for status in Status}
    own = {fold(label): status for label, status in source.statuses.items() if status in known}
    return Vocabulary(
        {key: tuple(names) for key, names in source.columns.items()},
        {**common.statuses, **own},
        {**common.channels, **{fold(label): channel for label, channel in source.channels.items()}},
    )
