from __future__ import annotations

import pytest
from django.utils import timezone

from kheo.core.errors import InvalidInput, Refused
from kheo.practices.actions import propose
from tests import cast as cast_module
from tests.practices import scenes


def ready(cast, **more):
    practice = cast_module.practice(cast, state="running", **more)
    scenes.sheet(practice, cast.registrant, 85, kind="self")
    scenes.with_evidence(practice)
    return practice


def test_it_works(cast):
    done = propose.propose(ready(cast), by=cast.registrant)
    assert done.state == "proposed"


def test_refused_without_a_self_score(cast):
    practice = cast_module.practice(cast, state="running")
    scenes.with_evidence(practice)
    with pytest.raises(InvalidInput):
        propose.propose(practice, by=cast.registrant)


def test_refused_without_evidence(cast):
    practice = cast_module.practice(cast, state="running")
    scenes.sheet(practice, cast.registrant, 85, kind="self")
    with pytest.raises(InvalidInput):
        propose.propose(practice, by=cast.registrant)


def test_refused_before_it_has_run_long_enough(cast):
    practice = ready(cast, starts_on=timezone.localdate(), ends_on=None)
    cast.criteria["collective"].minimum_months = 6
    cast.criteria["collective"].save()
    with pytest.raises(InvalidInput):
        propose.propose(practice, by=cast.registrant)


@pytest.mark.parametrize("who", ["outsider", "evaluator", "leader", "officer_elsewhere"])
def test_refused_for_others(cast, who):
    with pytest.raises(Refused):
        propose.propose(ready(cast), by=getattr(cast, who))


def test_refused_in_another_state(cast):
    practice = ready(cast)
    propose.propose(practice, by=cast.officer)
    with pytest.raises(Refused):
        propose.propose(practice, by=cast.officer)
