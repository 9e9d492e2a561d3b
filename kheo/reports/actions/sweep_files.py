"""Take away files of issues that were cut off: written, but never made part of an issue."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kheo.reports.models import IssueFile

ROOT = "reports"
KEPT = timedelta(days=1)
"""An issue that is running now is done long before."""


def sweep_files() -> int:
    """How many were deleted: older than a day and in no issue."""
    storage = IssueFile._meta.get_field("file").storage
    if not storage.exists(ROOT):
        return 0
    known = set(IssueFile.objects.values_list("file", flat=True))
    gone = 0
    for year in storage.listdir(ROOT)[0]:
        for name in storage.listdir(f"{ROOT}/{year}")[1]:
            path = f"{ROOT}/{year}/{name}"
            if path not in known and timezone.now() - storage.get_modified_time(path) > KEPT:
                storage.delete(path)
                gone += 1
    return gone
