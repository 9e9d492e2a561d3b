"""One hit is one line of a segment. What a line holds, and how a chunk of lines is added up.

    hour TAB site TAB class TAB device TAB referrer TAB path TAB visitor TAB second LF

``hour`` is the hour of Vietnam (``2026112514``), ``visitor`` the day's keyed hash or ``-``,
``second`` the Unix time. Everything before the visitor is what rollups need, so that equal hits
have equal bytes and are counted by one dictionary step. No address and no user agent is in it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

# Vietnam keeps UTC+7 all year since 1975.
OFFSET = 7 * 3600

HUMAN, NO_SCRIPT, ROBOT, PREFETCH, MONITOR, STAFF, LIMITED, FORGED = "h", "n", "b", "p", "m", "s", "x", "f"
COLUMNS = {
    HUMAN: "views", NO_SCRIPT: "noscript", ROBOT: "robots", PREFETCH: "prefetches", MONITOR: "monitors",
    STAFF: "staff", LIMITED: "limited", FORGED: "forged",
}  # fmt: skip
"""Class of a hit → the column of the rollups that counts it. Only HUMAN is a page view."""

NOBODY = b"-"
DIRECT, WITHIN = "-", "."
"""Referrers that are not another site: none told, and a page of this site."""


def hour_of(second: float) -> bytes:
    """The hour of Vietnam as it stands in a line: ``b"2026112514"``."""
    return datetime.fromtimestamp(int(second) + OFFSET, UTC).strftime("%Y%m%d%H").encode()


def day_of(second: float) -> date:
    """The day of Vietnam of an instant."""
    return datetime.fromtimestamp(int(second) + OFFSET, UTC).date()


def start_of(day: date) -> int:
    """The Unix second at which the day begins in Vietnam."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) - OFFSET


def write(hour: bytes, facts: bytes, visitor: bytes, second: int) -> bytes:
    """One line. `facts` comes from :func:`facts`."""
    return b"%b\t%b\t%b\t%d\n" % (hour, facts, visitor, second)


def facts(site: int, kind: str, device: str, referrer: str, path: str) -> bytes:
    """The middle of a line, the same for equal hits. Tabs and line ends become spaces."""
    text = "\t".join((str(site), kind, device, _plain(referrer) or DIRECT, _plain(path) or "/"))
    return text.encode()


def _plain(text: str) -> str:
    return " ".join(text.split())


Key = tuple[int, date, int]
"""Site, day, hour."""


@dataclass
class Sums:
    """What a chunk of lines adds up to."""

    lines: int = 0
    bad: int = 0
    hours: defaultdict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    labels: Counter[tuple[int, date, str, str]] = field(default_factory=Counter)
    seen: defaultdict[tuple[int, date, bytes], list[int]] = field(default_factory=lambda: defaultdict(list))
    """Site, day, visitor → the seconds of the page views, in the order read."""


def add_up(chunk: bytes) -> Sums:
    """Add up whole lines. A line that is not ours (torn by a power cut) is counted in ``bad``."""
    sums = Sums()
    heads: Counter[bytes] = Counter()
    visitors: defaultdict[tuple[bytes, bytes, bytes], list[int]] = defaultdict(list)
    for line in chunk.splitlines():
        parts = line.rsplit(b"\t", 2)
        if len(parts) != 3:
            sums.bad += 1
            continue
        head, visitor, second = parts
        heads[head] += 1
        if visitor != NOBODY:
            try:
                visitors[head[:8], head.split(b"\t", 2)[1], visitor].append(int(second))
            except (ValueError, IndexError):
                heads[head] -= 1
                sums.bad += 1
    for head, count in heads.items():
        _add_head(sums, head, count)
    for (day, site, visitor), seconds in visitors.items():
        try:
            sums.seen[int(site), _day(day), visitor] = seconds
        except ValueError:  # its head was refused and counted as bad above
            continue
    return sums


def _add_head(sums: Sums, head: bytes, count: int) -> None:
    try:
        hour, site, kind, device, referrer, path = head.decode().split("\t")
        key = (int(site), _day(hour[:8].encode()), int(hour[8:10]))
        column = COLUMNS[kind]
        weight = int(path) if kind == LIMITED else 1
    except (ValueError, KeyError):
        sums.bad += count
        return
    sums.lines += count
    sums.hours[key][column] += count * weight
    if kind == HUMAN:
        place = key[:2]
        sums.labels[(*place, "page", path)] += count
        sums.labels[(*place, "device", device)] += count
        sums.labels[(*place, "referrer", referrer)] += count


def _day(digits: bytes) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def merge(chunks: Iterable[Sums]) -> Sums:
    """Several sums as one."""
    whole = Sums()
    for part in chunks:
        whole.lines += part.lines
        whole.bad += part.bad
        for key, counts in part.hours.items():
            whole.hours[key].update(counts)
        whole.labels.update(part.labels)
        for visitor, seconds in part.seen.items():
            whole.seen[visitor] += seconds
    return whole


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
