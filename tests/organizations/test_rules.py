from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kheo.organizations import rules
from kheo.organizations.rules import Interval, Passed, Span

DAY = date(2000, 1, 1)
days = st.integers(0, 400).map(lambda n: DAY + timedelta(days=n))


@st.composite
def intervals(draw):
    start = draw(days)
    length = draw(st.one_of(st.none(), st.integers(1, 300)))
    return Interval(start, start + timedelta(days=length) if length else None)


@st.composite
def trees(draw):
    """Units 0…n, each below an earlier one (or none), so that no loop exists."""
    count = draw(st.integers(1, 14))
    spans = []
    for unit in range(count):
        parent = draw(st.one_of(st.none(), st.integers(0, unit - 1))) if unit else None
        when = draw(intervals())
        spans.append(Span(unit, parent, when.start, when.end))
    return spans


@given(intervals(), intervals())
def test_overlap_is_sharing_a_day(first, second):
    shared = any(first.holds_on(DAY + timedelta(days=n)) and second.holds_on(DAY + timedelta(days=n)) for n in range(800))
    assert rules.overlap(first, second) == rules.overlap(second, first) == shared


@given(intervals(), st.lists(intervals(), max_size=5))
def test_first_gap_is_the_first_uncovered_day(wanted, covering):
    gap = rules.first_gap(wanted, covering)
    uncovered = [
        day for n in range(900)
        if wanted.holds_on(day := DAY + timedelta(days=n)) and not any(span.holds_on(day) for span in covering)
    ]
    assert gap == (uncovered[0] if uncovered else None)


def test_meeting_is_no_overlap():
    assert not rules.overlap(Interval(DAY, DAY + timedelta(days=1)), Interval(DAY + timedelta(days=1)))


@given(trees(), st.integers(0, 13), days)
def test_subtree_holds_its_root_and_is_closed(spans, root, day):
    found = rules.subtree(spans, root, day)
    assert root in found
    for span in spans:
        if span.holds_on(day) and span.parent in found:
            assert span.organization in found
    assert found <= rules.subtree(spans, root)


@given(trees(), st.integers(0, 13))
def test_reach_without_successions_is_everything_ever_below(spans, root):
    assert rules.reach(spans, [], root) == rules.subtree(spans, root)


@given(trees(), st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=8), st.integers(0, 13))
def test_reach_ends_and_never_shrinks_with_more_predecessors(spans, pairs, root):
    passed = [Passed(a, b, DAY) for a, b in pairs if a != b]
    found = rules.reach(spans, passed, root)
    assert root in found
    assert {step.predecessor for step in passed if step.successor == root} <= found


def test_each_successor_answers_for_its_own_part_only():
    town, left, right, new_left, new_right = range(5)
    spans = [Span(left, town, DAY, None), Span(right, town, DAY, None), Span(town, None, DAY, None)]
    passed = [
        Passed(left, new_left, DAY), Passed(right, new_right, DAY), Passed(town, new_left, DAY), Passed(town, new_right, DAY)
    ]
    assert rules.reach(spans, passed, new_left) == {new_left, left, town}
    assert rules.reach(spans, passed, new_right) == {new_right, right, town}


def test_references():
    assert rules.parse_reference("14812@2023-06-01") == ("14812", date(2023, 6, 1))
    assert rules.parse_reference(" 381 ") == ("381", None)


def test_short_names_and_kinds():
    assert rules.short_name("Phường Đông Sơn") == "Đông Sơn"
    assert rules.short_name("Phường 5") == "Phường 5"
    assert rules.short_name("Hội Nông dân phường Ba Đình") == "Hội Nông dân phường Ba Đình"
    assert rules.kind_words("Xã Hà Vinh") == "commune"
    assert rules.kind_words("Ủy ban MTTQ Việt Nam phường Bỉm Sơn") == "front"
    assert rules.kind_words("Câu lạc bộ thơ") is None


def test_a_plan_survives_being_kept_as_data():
    plan = rules.Plan(
        "split", date(2025, 7, 1), (1,), (rules.Successor(existing=2), rules.Successor(new=rules.NewUnit("Phường Mới", "ward", 3))),
        frozenset({1}), (rules.Move(4, 1, "Khu phố 9"), rules.Move(5, None)), rules.Change(name="x"), 7, "ghi chú",
    )
    assert rules.Plan.from_data(plan.as_data()) == plan
