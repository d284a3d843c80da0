"""The traffic light is a total function of what was reported."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoup.care.traffic import Light, Reported, traffic_light, worse

STOP, RED, AMBER, GREEN_2, GREEN = (
    Light.STOP, Light.RED, Light.AMBER, Light.GREEN_2, Light.GREEN,
)
NEW = frozenset({"numb_leg"})

ROWS = [
    # during, after, morning, settled, cap, light
    (0, 0, None, None, 4, GREEN),
    (2, 2, None, None, 4, GREEN),
    (2, 2, 0, True, 4, GREEN),
    (2, 2, -3, True, 4, GREEN),
    (1, 2, None, None, 4, GREEN),  # one more right after is not yet clearly more
    (2, 3, None, None, 4, GREEN_2),
    (3, 0, None, None, 4, GREEN_2),
    (3, 3, None, None, 4, GREEN_2),
    (4, 4, 0, True, 4, GREEN_2),
    (4, 5, None, None, 4, GREEN_2),
    (0, 0, 1, None, 4, GREEN_2),  # next morning +1 alone
    (2, 2, 0.5, None, 4, GREEN_2),
    (4, 4, 1, True, 4, GREEN_2),
    (5, 5, None, None, 5, GREEN_2),  # tendon, arthritis, widespread pain
    (3, 3, None, None, 3, GREEN_2),  # pregnancy
    (5, 5, None, None, 4, AMBER),
    (5, 0, 0, True, 4, AMBER),
    (4, 4, None, None, 3, AMBER),
    (0, 2, None, None, 4, AMBER),  # clearly more right after
    (3, 5, None, None, 5, AMBER),
    (1, 3, None, None, 4, AMBER),
    (0, 0, 1.5, None, 4, AMBER),  # between +1 and +2
    (6, 0, None, None, 4, RED),
    (6, 6, None, None, 5, RED),
    (10, 10, None, None, 4, RED),
    (5, 6, None, None, 5, RED),  # six at any time
    (0, 0, 2, None, 4, RED),
    (0, 0, 5, True, 4, RED),
    (0, 0, 0, False, 4, RED),
    (0, 0, None, False, 4, RED),
]


@pytest.mark.parametrize(("during", "after", "morning", "settled", "cap", "light"), ROWS)
def test_each_cell_of_the_table_gives_its_light(during, after, morning, settled, cap, light):
    report = Reported(during, after, morning, settled)
    assert traffic_light(report, cap).change is light


@pytest.mark.parametrize(("during", "after", "morning", "settled", "cap", "light"), ROWS)
def test_anything_new_stops_whatever_the_pain(during, after, morning, settled, cap, light):
    assert traffic_light(Reported(during, after, morning, settled, NEW), cap).change is STOP


pains = st.integers(0, 10)
mornings = st.none() | st.integers(-20, 20).map(lambda half: half / 2)
caps = st.integers(3, 5)
reports = st.builds(
    Reported, pains, pains, mornings, st.sampled_from([None, True, False]),
    st.sampled_from([frozenset(), NEW]),
)


def rank(light: Light) -> int:
    return [STOP, RED, AMBER, GREEN_2, GREEN].index(light)


@settings(deadline=None)
@given(reports, caps)
def test_every_report_has_one_light_and_a_reason(report, cap):
    decision = traffic_light(report, cap)
    assert decision.change in Light
    (reason,) = decision.because
    assert reason.rule == f"light-{decision.change}"
    assert reason.text
    assert dict(reason.inputs)["during"] == report.during


@settings(deadline=None)
@given(reports, caps)
def test_the_same_report_has_the_same_light(report, cap):
    assert traffic_light(report, cap) == traffic_light(report, cap)


@settings(deadline=None)
@given(reports, caps, st.integers(0, 10), st.integers(0, 10))
def test_more_pain_during_or_next_morning_never_gives_a_better_light(report, cap, more, sorer):
    """Pain during is raised together with pain right after, because the rule compares them."""
    change = None if report.morning_change is None else report.morning_change + sorer
    hurting = Reported(
        min(10, report.during + more), min(10, report.after + more), change, report.settled,
        report.new,
    )
    before, after = traffic_light(report, cap).change, traffic_light(hurting, cap).change
    assert rank(after) <= rank(before)


@settings(deadline=None)
@given(reports, caps, st.integers(0, 10))
def test_more_pain_right_after_never_gives_a_better_light(report, cap, more):
    hurting = Reported(
        report.during, min(10, report.after + more), report.morning_change, report.settled,
        report.new,
    )
    assert rank(traffic_light(hurting, cap).change) <= rank(traffic_light(report, cap).change)


@settings(deadline=None)
@given(reports, caps)
def test_a_lower_cap_never_gives_a_better_light(report, cap):
    lower = traffic_light(report, cap - 1).change
    assert rank(lower) <= rank(traffic_light(report, cap).change)


@settings(deadline=None)
@given(st.sampled_from(Light), st.sampled_from(Light))
def test_the_worse_of_two_lights_is_the_one_nearer_to_stop(one, other):
    assert rank(worse(one, other)) == min(rank(one), rank(other))
