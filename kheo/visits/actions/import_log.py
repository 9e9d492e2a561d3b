"""Add the page views of an nginx or Apache log ("combined", also .gz) to the days this site did not count.

Idempotent by content: the same file again adds nothing, and a file that has grown since is read on
from where it ended. Addresses and user agents are hashed with a salt that lives only while the file
is read.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kheo.audit.actions import record
from kheo.core.errors import InvalidInput
from kheo.core.verdicts import require
from kheo.visits import policy
from kheo.visits.actions import fold, tally
from kheo.visits.models import DayCount, ImportedLog
from kheo.visits.rules import agents, lines, logs
from kheo.visits.rules.lines import Sums
from kheo.visits.sources import ledger

HEAD = 4096
SECONDS_A_DAY = 86_400


@dataclass
class Report:
    """What was understood of a log."""

    lines: int = 0
    unreadable: int = 0
    not_pages: int = 0
    views: int = 0
    robots: int = 0
    nameless: int = 0
    """Requests for pages whose line names no browser; they are among the robots."""
    visits: int = 0
    first: str = ""
    last: str = ""
    skipped_days: list[str] = field(default_factory=list)
    """Days that the beacon counted, or that are not over: nothing was added to them."""
    unfinished: int = 0
    """Bytes of a last line without its end: the server was still writing it. It is read when the log is imported again."""
    already: bool = False
    continued_from: int = 0
    examples: list[str] = field(default_factory=list)
    """The first lines that could not be read, by number."""


def import_log(
    path: Path, *, site: int, by: Any, hosts: frozenset[str] = frozenset(), dry_run: bool = False,
    progress: Callable[[int], object] = lambda _bytes: None,
) -> Report:
    """Read the whole log, then write everything in one transaction. `progress` hears of bytes read."""
    require(policy.may(by, "import_log", site))
    reader = _Reader(hosts)
    known = list(ImportedLog.objects.filter(site=site, kind="log"))
    reader.read(path, known, progress)
    report = reader.report
    if reader.line_count == 0 and not report.already:
        raise InvalidInput(_("There is no line in the log “%(name)s”.") % {"name": path.name})
    if report.lines == 0 and report.unreadable:
        raise InvalidInput(
            _("No line of “%(name)s” is in the combined form of nginx or Apache. Line %(number)s reads: %(line)s")
            % {"name": path.name, "number": reader.first_bad[0], "line": logs.masked(reader.first_bad[1])},
            remedy=_("Line 1 should look like: 203.0.113.9 - - [25/Nov/2026:14:30:00 +0700] \"GET / HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 …\""),
        )
    if report.already or dry_run:
        return _without_other_days(reader, site)[1]
    with transaction.atomic():
        fold.lock()
        sums, report = _without_other_days(reader, site)
        tally.add(sums, source=DayCount.Source.LOG)
        batch = ImportedLog.objects.create(
            site=site, name=path.name[:200], kind="log", head=reader.head, digest=reader.digest, size=reader.size,
            report=asdict(report),
        )
        record.record("visits.import_log", batch, by=by, rows=report.lines, total=report.views)
    return report


def _without_other_days(reader: _Reader, site: int) -> tuple[Sums, Report]:
    """The sums of days that may be added to, and the report of exactly those."""
    own = set(DayCount.objects.filter(site=site).exclude(source=DayCount.Source.LOG).values_list("day", flat=True))
    today = timezone.localdate()
    whole, kept, report = reader.sums(site), Sums(), reader.report
    skipped = sorted({day for _site, day, _hour in whole.hours if day in own or day >= today})
    report.skipped_days = [day.isoformat() for day in skipped]
    for key, counts in whole.hours.items():
        if key[1] not in skipped:
            kept.hours[key] = counts
    kept.labels = Counter({key: n for key, n in whole.labels.items() if key[1] not in skipped})
    for name in ("views", "robots", "visits"):
        setattr(report, name, sum(counts[name] for counts in kept.hours.values()))
    days = sorted({day for _site, day, _hour in whole.hours})
    report.first, report.last = (days[0].isoformat(), days[-1].isoformat()) if days else ("", "")
    return kept, report


class _Reader:
    """Adds up a log line by line."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self.report = Report()
        self.hosts = hosts
        self.heads: Counter[tuple[int, str, str, str, bytes]] = Counter()
        """Hour, column, device, path and referrer → lines: equal lines are one step, taken apart at the end."""
        self.seen: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self.line_count = 0
        self.first_bad: tuple[int, bytes] = (0, b"")
        self.head = self.digest = ""
        self.size = 0
        self._salt = secrets.token_bytes(32)

    def read(self, path: Path, known: list[ImportedLog], progress: Callable[[int], object]) -> None:
        """Every line, or only those after the end of an earlier import of the same log."""
        digest = hashlib.sha256()
        marks: defaultdict[int, set[str]] = defaultdict(set)  # two logs may be of one size
        for log in known:
            marks[log.size].add(log.digest)
        rest, start, read = b"", 0, 0
        for block in _cut_at(ledger.blocks(path), sorted(marks)):
            if not self.head:
                start = self._find_start(path, marks)
                self.head = hashlib.sha256(block[:HEAD]).hexdigest()
            progress(len(block))
            data = rest + block
            read += len(block)
            # An earlier import may have ended with a whole line that had no line end.
            cut = len(data) if read == start else data.rfind(b"\n") + 1
            whole, rest = data[:cut], data[cut:]
            digest.update(whole)
            self._take(whole, start)
        if rest and logs.complete(rest):  # the end of the file stands for the end of its line
            digest.update(rest)
            self._take(rest, start)
        elif rest:
            self.report.unfinished = len(rest)
        self.digest = digest.hexdigest()
        self.report.continued_from = start
        self.report.already = start == self.size and start > 0

    def _take(self, whole: bytes, start: int) -> None:
        """Add up lines, or only count them when they were imported before."""
        self.size += len(whole)
        if self.size <= start:
            self.line_count += whole.count(b"\n")
        else:
            self._add(whole)

    def _find_start(self, path: Path, marks: dict[int, set[str]]) -> int:
        """The end of the longest earlier import whose bytes are exactly the beginning of this file."""
        if not marks:
            return 0
        digest, size, found = hashlib.sha256(), 0, 0
        for block in _cut_at(ledger.blocks(path), sorted(marks)):
            digest.update(block)
            size += len(block)
            if size in marks and digest.hexdigest() in marks[size]:
                found = size
            if size >= max(marks):
                break
        return found

    def _add(self, data: bytes) -> None:
        match, midnight, page = logs.match, logs.midnight, logs.page
        report = self.report
        for line in data.splitlines():
            self.line_count += 1
            if not line.strip():
                continue
            found = match(line)
            if found is None:
                self._unreadable(line)
                continue
            address, day, hour, minute, second, zone, method, target, status, referrer, agent = found.groups()
            report.lines += 1
            path = page(target) if method == b"GET" and status in _GOOD else ""
            if not path:
                report.not_pages += 1
                continue
            try:
                at = midnight(day, zone) + int(hour) * 3600 + int(minute) * 60 + int(second)
            except (ValueError, KeyError):
                report.lines -= 1
                self._unreadable(line)
                continue
            if not agent or agent == b"-":
                report.nameless += 1
            self._count(at, address, path, referrer or b"-", agent or b"-")

    def _unreadable(self, line: bytes) -> None:
        self.report.unreadable += 1
        self.first_bad = self.first_bad if self.first_bad[0] else (self.line_count, line)
        if len(self.report.examples) < 5:
            self.report.examples.append(f"{self.line_count}: {len(line)} byte")

    def _count(self, at: int, address: bytes, path: str, referrer: bytes, agent: bytes) -> None:
        local = at + lines.OFFSET
        column, device = _sort(agent)
        if column != "views":
            self.heads[local // 3600, column, "", "", b""] += 1
            return
        self.heads[local // 3600, column, device, path, referrer] += 1
        # The same text hashes to the same number only within this process and this file.
        self.seen[local // SECONDS_A_DAY, hash((self._salt, address, agent))].append(at)

    def sums(self, site: int) -> Sums:
        """As the sums of segments, with the visits in them."""
        sums = Sums(lines=self.report.lines)
        for (hour, column, device, path, referrer), count in self.heads.items():
            day = _day(hour // 24)
            sums.hours[site, day, hour % 24][column] += count
            if column == "views":
                sums.labels[site, day, "page", path[:300]] += count
                sums.labels[site, day, "device", device] += count
                sums.labels[site, day, "referrer", logs.referrer(referrer, self.hosts)] += count
        for (number, who), seconds in self.seen.items():
            sums.seen[site, _day(number), b"%x" % (who & 0xFFFFFFFFFFFFFFFF)] = seconds
        tally.count_visits(sums)
        return sums


_GOOD = {b"200", b"304"}
_COLUMNS = {"person": "views", "robot": "robots", "monitor": "monitors"}


@lru_cache(maxsize=65_536)
def _sort(agent: bytes) -> tuple[str, str]:
    text = agent.decode("utf-8", "replace")
    text = "" if text == "-" else text
    return _COLUMNS[agents.kind(text)], agents.device(text)


@lru_cache(maxsize=4096)
def _day(number: int) -> date:
    return lines.day_of(number * SECONDS_A_DAY - lines.OFFSET)


def _cut_at(blocks: Iterator[bytes], marks: list[int]) -> Iterator[bytes]:
    """The same bytes with a cut at each of the marks."""
    position = 0
    for block in blocks:
        start = 0
        for mark in marks:
            if position < mark < position + len(block):
                yield block[start : mark - position]
                start = mark - position
        yield block[start:]
        position += len(block)
