from datetime import timedelta

from django.utils import timezone

from kheo.audit.models import Entry
from kheo.practices.actions.sweep_drafts import KEPT, sweep_drafts
from kheo.practices.models import Practice
from tests.cast import practice


def draft(cast, age, **more):
    values = {"state": "draft", "registered_by": None, "organization": None, "state_since": timezone.now() - age, "draft_saved_at": timezone.now() - age}
    return practice(cast, **values | more)


def test_it_works(cast):
    old = draft(cast, KEPT + timedelta(days=1))
    fresh = draft(cast, KEPT - timedelta(days=1))
    owned = draft(cast, KEPT * 2, registered_by=cast.registrant)
    sent = draft(cast, KEPT * 2, state="submitted")
    assert sweep_drafts() == 1
    assert set(Practice.objects.values_list("pk", flat=True)) == {fresh.pk, owned.pk, sent.pk}
    assert Entry.objects.get(verb="practices.sweep_draft").object_id == str(old.pk)


def test_twice_does_nothing_more(cast):
    draft(cast, KEPT * 2)
    assert (sweep_drafts(), sweep_drafts()) == (1, 0)
