"""What of an export was not understood and could be said once for its system."""

from __future__ import annotations

from dataclasses import dataclass

from kheo.procedures.models import Batch


@dataclass(frozen=True)
class Gaps:
    """Headings nobody knows, labels of states and of channels nobody knows, as the file writes them."""

    headings: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.headings or self.statuses or self.channels)


def of(batch: Batch) -> Gaps:
    """The gaps of a batch that is not published."""
    if batch.state not in (Batch.State.REFUSED, Batch.State.CHECKED):
        return Gaps()
    sheets = batch.mapping.get("sheets", [])
    headings = dict.fromkeys(heading for sheet in sheets for heading in sheet.get("ignored", []))
    strange = batch.mapping.get("strange", {})
    return Gaps(tuple(headings), tuple(strange.get("status", [])), tuple(strange.get("channel", [])))


def stops(batch: Batch) -> bool:
    """Whether the gaps are why the file, or rows of it, could not be taken."""
    sheets = batch.mapping.get("sheets", [])
    return bool(batch.mapping.get("strange", {}).get("status")) or (bool(sheets) and not any(sheet.get("columns") for sheet in sheets))
