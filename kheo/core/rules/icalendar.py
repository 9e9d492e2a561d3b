"""All-day events as an iCalendar file (RFC 5545) for the calendar of a telephone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One all-day event; `uid` is its lasting name inside this site."""

    uid: str
    on: date
    summary: str
    description: str = ""


def icalendar(events: Iterable[Event], *, host: str, stamp: datetime, name: str = "") -> str:
    """The file's text; `stamp` is an aware moment in UTC, `host` makes the events' names unique."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kheo//Calendar//VI", "CALSCALE:GREGORIAN"]
    if name:
        lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for event in events:
        lines += [
            "BEGIN:VEVENT", f"UID:{event.uid}@{host}", f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}", f"SUMMARY:{_escaped(event.summary)}",
        ]
        if event.description:
            lines.append(f"DESCRIPTION:{_escaped(event.description)}")
        lines.append("END:VEVENT")
    return "\r\n".join([*(_folded(line) for line in lines), "END:VCALENDAR", ""])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines hold at most 75 octets; the rest goes on after a line break and a space."""
    parts: list[str] = []
    current = ""
    for letter in line:
        if len((current + letter).encode()) > 75 - bool(parts):
            parts.append(current)
            current = ""
        current += letter
    return "\r\n ".join([*parts, current])
