import time
from datetime import date

from kheo.audit import queries as audit
from kheo.organizations import queries
from kheo.organizations.actions import load_reference

THEN = date(2023, 6, 1)
AFTER = date(2025, 7, 1)


def test_it_works(db):
    began = time.process_time()
    units = load_reference.load_bim_son()
    assert time.process_time() - began < 20
    town = units["town"]
    groups = queries.versions_on(THEN).filter(
        organization_id__in=queries.subtree_ids(town, THEN), kind__code__in=["residential-group", "village"]
    )
    assert groups.count() == 43
    assert queries.versions_on(AFTER).filter(parent=units["province"]).count() == 166
    assert audit.verify() == []
