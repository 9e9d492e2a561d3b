"""A server's log adds its days once."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from kheo.core.errors import InvalidInput
from kheo.core.messages import describe
from kheo.visits.actions import import_log
from kheo.visits.models import DayCount, ImportedLog, LabelDay
from tests.visits.beacons import AGENT

pytestmark = pytest.mark.django_db
ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


def line(at="03/Dec/2023:10:00:00 +0700", target="/tin-tuc/", status=200, referrer="-", agent=AGENT, address="203.0.113.9", method="GET"):
    return f'{address} - - [{at}] "{method} {target} HTTP/1.1" {status} 512 "{referrer}" "{agent}"\n'


LOG = (
    line() + line(target="/mo-hinh/?trang=2", at="03/Dec/2023:10:20:00 +0700", referrer="https://www.google.com/search?q=a")
    + line(at="03/Dec/2023:23:59:59 +0700") + line(at="03/Dec/2023:17:00:00 +0000") + line(agent=ROBOT)
    + line(target="/static/a.css") + line(target="/anh.jpg") + line(status=404) + line(method="POST") + "rác\n"
)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "access.log"
    path.write_text(LOG, encoding="utf-8")
    return path


def test_it_works(log):
    report = import_log.import_log(log, site=1, by=None)
    assert (report.lines, report.unreadable, report.not_pages, report.views, report.robots) == (9, 1, 4, 4, 1)
    days = {row.day: (row.views, row.visits, row.robots, row.source) for row in DayCount.objects.all()}
    assert days == {date(2023, 12, 3): (3, 2, 1, "log"), date(2023, 12, 4): (1, 1, 0, "log")}
    assert LabelDay.objects.get(label__text="google.com").views == 1


def test_the_same_file_adds_nothing(log, tmp_path):
    import_log.import_log(log, site=1, by=None)
    assert import_log.import_log(log, site=1, by=None).already
    packed = tmp_path / "access.log.1.gz"
    packed.write_bytes(gzip.compress(LOG.encode()))
    assert import_log.import_log(packed, site=1, by=None).already
    assert DayCount.objects.get(day=date(2023, 12, 3)).views == 3
    assert ImportedLog.objects.count() == 1


def test_two_logs_of_one_size_are_each_known_again(log):
    import_log.import_log(log, site=1, by=None)
    other = log.with_name("khac.log")
    other.write_text(LOG.replace("/2023:", "/2022:"), encoding="utf-8")
    assert import_log.import_log(other, site=1, by=None).views == 4
    assert all(import_log.import_log(path, site=1, by=None).already for path in (log, other))


def test_a_grown_file_is_read_on(log):
    import_log.import_log(log, site=1, by=None)
    log.write_text(LOG + line(at="03/Dec/2023:11:00:00 +0700"), encoding="utf-8")
    report = import_log.import_log(log, site=1, by=None)
    assert (report.continued_from, report.views) == (len(LOG.encode()), 1)
    assert DayCount.objects.get(day=date(2023, 12, 3)).views == 4


def test_a_dry_run_writes_nothing(log):
    assert import_log.import_log(log, site=1, by=None, dry_run=True).views == 4
    assert not DayCount.objects.exists()


def test_days_counted_here_are_left_alone(log):
    DayCount.objects.create(site=1, day=date(2023, 12, 3), views=9)
    report = import_log.import_log(log, site=1, by=None)
    assert (report.views, report.skipped_days) == (1, ["2023-12-03"])
    assert DayCount.objects.get(day=date(2023, 12, 3)).views == 9


def test_another_kind_of_file_is_refused(tmp_path):
    other = tmp_path / "anh.log"
    other.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(3000))
    with pytest.raises(InvalidInput):
        import_log.import_log(other, site=1, by=None)
    other.write_bytes(b"")
    with pytest.raises(InvalidInput):
        import_log.import_log(other, site=1, by=None)


def test_the_address_of_nobody_is_kept(log):
    import_log.import_log(log, site=1, by=None)
    kept = repr(list(ImportedLog.objects.values())) + repr(list(DayCount.objects.values()))
    assert "203.0.113.9" not in kept
    assert "coc_coc" not in kept


def test_a_line_the_server_is_still_writing_waits_for_the_next_import(log):
    last = line(at="03/Dec/2023:11:00:00 +0700")
    log.write_text(LOG + last[:60], encoding="utf-8")
    report = import_log.import_log(log, site=1, by=None)
    assert (report.views, report.unfinished, report.unreadable) == (4, 60, 1)
    log.write_text(LOG + last.rstrip("\n"), encoding="utf-8")
    assert import_log.import_log(log, site=1, by=None).views == 1
    log.write_text(LOG + last + last, encoding="utf-8")
    assert import_log.import_log(log, site=1, by=None).views == 1
    assert DayCount.objects.get(day=date(2023, 12, 3)).views == 5


def test_the_refusal_shows_the_line_without_addresses(tmp_path):
    path = tmp_path / "error.log"
    path.write_text("\n2023/12/03 10:00:00 [error] 12#12: *1 open() failed, client: 198.51.100.7\n", encoding="utf-8")
    with pytest.raises(InvalidInput) as refusal:
        import_log.import_log(path, site=1, by=None)
    assert "Dòng 2 là: 2023/12/03 10:00:00 [error]" in describe(refusal.value)
    assert "198.51.100.7" not in describe(refusal.value)
