"""A mistake put into the rules is caught in a small simulation, by the invariant that is for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from care.any_answers import LIBRARY

from recoup.care import fit, fold, progression, session, steps
from recoup.care.course import Flare
from recoup.care.trim import Room
from recoup.lab.life import FIRST_DAY, Life
from recoup.lab.people import make_person
from recoup.lab.simulation import live
from recoup.model.decision import Decision
from recoup.model.event import WeeklyReview

WEEKS = 12
MOST = 150
SEED = 11


def weekly_cap_off(patch):
    patch.setattr(steps, "within_cap", lambda *given: True)


def flag_ignored(patch):
    patch.setattr(session, "stops_program", lambda screened: False)


def doubling_after_a_gap(patch):
    planned = session._Plan._planned

    def twice(self, chosen):
        one = planned(self, chosen)
        back = self.course.returned == self.day and self.course.missed
        return replace(one, dose=one.dose.with_(sets=2 * one.dose.sets)) if back else one

    patch.setattr(session._Plan, "_planned", twice)


def red_ignored(patch):
    def unmoved(course, record, judged, library, until):
        return Decision(course, judged.because)

    patch.setattr(progression, "_regressed", unmoved)


def red_takes_nothing_off(patch):
    def rest_alone(course, record, judged, library, until):
        return Decision(replace(course, mobility_until=until), judged.because)

    patch.setattr(progression, "_regressed", rest_alone)


def without(check, patch):
    patch.setattr(fit, "_CHECKS", tuple(one for one in fit._CHECKS if one is not check))


def avoid_list_ignored(patch):
    without(fit._avoided, patch)


def not_if_ignored(patch):
    without(fit._not_if, patch)


def equipment_ignored(patch):
    without(fit._equipment, patch)


def pregnancy_filter_off(patch):
    patch.setattr(fit, "_trimesters", lambda facts, answers: ())


def minutes_ignored(patch):
    patch.setattr(session._Plan, "_room", lambda self: Room(self._counted(), 10**6))


def one_side_dropped(patch):
    order = session._Plan._order
    patch.setattr(session._Plan, "_order", lambda self, exercise: order(self, exercise)[:1])


def reason_missing(patch):
    noted = fold.noted
    patch.setattr(fold, "noted", lambda course, event, title, because: noted(
        course, event, title, tuple(r for r in because if not r.rule.startswith("gate-open"))
    ))


def dose_cut_without_a_word(patch):
    volume = session._Plan._volume
    patch.setattr(session._Plan, "_volume", lambda self: replace(volume(self), because=()))


def step_in_a_flare(patch):
    held = steps.held_back

    def but_flares(course, day, library):
        return held(replace(course, flare=None), day, library)

    patch.setattr(steps, "held_back", but_flares)


def two_steps_a_day(patch):
    held = steps.held_back

    def but_today(course, day, library):
        return held(replace(course, stepped=None), day, library)

    patch.setattr(steps, "held_back", but_today)


def order_of_arrival_counts(patch):
    patch.setattr(fold, "in_order", list)


def nothing_left_and_nothing_said(patch):
    patch.setattr(session, "trim", lambda planned, room, exercises: ([], []))


FAULTS = {
    weekly_cap_off: "weekly-load-cap",
    flag_ignored: "danger-stops-that-day",
    doubling_after_a_gap: "missed-days-never-double",
    red_ignored: "gentle-after-red",
    red_takes_nothing_off: "always-something-easier",
    not_if_ignored: "nothing-unsuitable",
    equipment_ignored: "nothing-unsuitable",
    pregnancy_filter_off: "nothing-unsuitable",
    minutes_ignored: "no-longer-than-asked",
    one_side_dropped: "sides-balanced",
    reason_missing: "reasons-name-every-change",
    dose_cut_without_a_word: "reasons-in-the-session",
    step_in_a_flare: "never-harder-after-red-or-flag",
    two_steps_a_day: "never-two-steps-in-24-hours",
    order_of_arrival_counts: "same-log-same-session",
    nothing_left_and_nothing_said: "something-or-a-stop",
}
"""Which invariant must catch which fault."""


def falls_ill(person):
    return person.ill_on is not None


AT_STAKE = {flag_ignored: falls_ill}
"""For whom a fault can show, where that is few."""


def caught(fault) -> bool:
    """Live people one by one, of those for whom it can show, until the invariant breaks."""
    invariant, at_stake = FAULTS[fault], AT_STAKE.get(fault, lambda person: True)
    return any(
        invariant in {one.invariant for one in live(
            SEED, number, WEEKS, LIBRARY, keeps_log=invariant == "same-log-same-session"
        ).broken}
        for number in range(MOST)
        if at_stake(make_person(SEED, number, 7 * WEEKS, LIBRARY))
    )


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_planted_fault_is_caught_by_the_invariant_for_it(fault, monkeypatch):
    fault(monkeypatch)
    assert caught(fault)


def test_an_ignored_avoid_list_is_caught(monkeypatch):
    """No program holds what its own phase avoids, so one is made that does."""
    person = make_person(SEED, 0, 7 * WEEKS, LIBRARY)
    listed = Life(person, LIBRARY)
    listed._begin()
    first = listed.offer().slots[0].exercise
    program = LIBRARY.programs[person.program]
    phases = (replace(program.phases[0], avoid=frozenset({first})), *program.phases[1:])
    programs = {**LIBRARY.programs, program.id: replace(program, phases=phases)}
    for fault, broken in ((None, set()), (avoid_list_ignored, {"nothing-unsuitable"})):
        if fault is not None:
            fault(monkeypatch)
        life = Life(person, replace(LIBRARY, programs=programs))
        life._begin()
        assert (first in [one.exercise for one in life.offer().slots]) == bool(fault)
        assert {one.invariant for one in life.broken} == broken


def test_running_that_opens_in_a_flare_up_is_caught(monkeypatch):
    """Few come as far as to be asked, so somebody is put there."""
    person = replace(make_person(SEED, 0, 7 * WEEKS, LIBRARY), program="calf-strain")
    opens, flare = fold.opened_by, Flare(FIRST_DAY, usual=1, peak=4, last=4)
    for fault, broken in ((False, set()), (True, {"never-harder-after-red-or-flag"})):
        if fault:
            monkeypatch.setattr(fold, "opened_by", lambda course, *given: opens(
                replace(course, flare=None), *given
            ))
        life = Life(person, LIBRARY)
        life._begin()
        life.course = replace(life.course, phase="P3", flare=flare)
        gate = {"walk-before-run": 0, "raises-before-run": 0}
        life.tell(WeeklyReview(FIRST_DAY, 1, gate=gate))
        assert ("walk-run-intervals" in life.course.opened) == fault
        assert {one.invariant for one in life.broken} == broken


def test_somebody_who_is_never_let_on_is_a_dead_end(monkeypatch):
    """Whatever they answer, the safety screen stays open."""
    person = make_person(SEED, 0, 7 * WEEKS, LIBRARY)
    life = Life(replace(person, ill_on=None, needs_ok=False, lapse=0.0), LIBRARY)
    merge = fold.merge
    monkeypatch.setattr(fold, "merge", lambda answers, given: replace(
        merge(answers, given), skipped=frozenset({"saddle_numb"})
    ))
    life.live(14)
    assert "no-dead-ends" in {one.invariant for one in life.broken}


def test_without_a_fault_nothing_is_broken():
    lives = [live(SEED, number, 6, LIBRARY, keeps_log=number < 3) for number in range(12)]
    assert [one for life in lives for one in life.broken] == []
    assert sum(life.sessions for life in lives) > 50
