"""Nothing has come for the month that ended: its office is told once."""

from __future__ import annotations

from datetime import date

import pytest

from kheo.procedures.actions import remind

pytestmark = pytest.mark.django_db


def test_it_works(bring, one_stop, mailoutbox, django_capture_on_commit_callbacks):
    bring()
    with django_capture_on_commit_callbacks(execute=True):
        assert remind.remind_due(date(2023, 12, 20)) == 0  # November is there
        assert remind.remind_due(date(2024, 1, 5)) == 0  # December may still come
        assert remind.remind_due(date(2024, 1, 6)) == 1
        assert remind.remind_due(date(2024, 1, 7)) == 0
    letter = mailoutbox[0]
    assert (len(mailoutbox), letter.to) == (1, [one_stop.email])
    assert "12/2023" in letter.subject
    assert "30/11/2023" in letter.body
