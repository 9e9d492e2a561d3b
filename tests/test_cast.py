from kheo.accounts import queries as accounts
from kheo.practices import policy, queries
from tests.cast import practice


def test_officer_of_the_successor_answers_for_the_former_wards(cast):
    made = practice(cast)
    assert policy.may(cast.officer, "approve", made)
    assert made in queries.visible_to(cast.officer)


def test_no_position_means_no_rights(cast):
    made = practice(cast)
    assert not accounts.rights(cast.outsider).reach
    assert not policy.may(cast.outsider, "view", made)
    assert made not in queries.visible_to(cast.outsider)


def test_officer_of_another_ward_sees_nothing(cast):
    made = practice(cast)
    assert made not in queries.visible_to(cast.officer_elsewhere)
