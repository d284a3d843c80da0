"""What must hold on every day of everybody's program, one function each.

Each returns what is wrong in a few words, or None. Those of ``ON_CHANGE`` look at one event and
what it made of a course; those of ``ON_OFFER`` at the session offered on a day. They rest on
``lab.reading``, a second reading of the rules, and on the memory in ``lab.watch``. The one that
needs a whole log, "same-log-same-session", is in ``lab.replay``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from recoup.care.course import Course
from recoup.lab.reading import (
    active,
    exceeds,
    ladder,
    least_of,
    planned_load,
    seconds,
    why_not_here,
)
from recoup.lab.watch import Change, Levels, Offer, items_of, stay_of
from recoup.model.decision import Reason
from recoup.model.event import ExerciseDone, SessionDone
from recoup.model.exercise import Sides
from recoup.model.program import Item
from recoup.model.rule import Urgency
from recoup.model.session import Planned, Session

LOWEST = -2
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
RISE = 1.2
TOO_MUCH = 6
DEAD_END_DAYS = 4
GOOD = ("green", "green-2")
LEAST_EXERCISES = 4
"""Three easing exercises and slow breathing, in a flare-up."""
EASIER = "easier"
LESS = frozenset({"less-volume", "capped", "no-time"})
"""Rules that make a dose smaller than its step of the ladder."""
OF_PHASES = (
    "enrolled", "gate-open", "missed-phase-back", "missed-restart-phase", "flare-week", "relapse",
    "switched",
)
"""Rules that change the phase or the program, or start one again."""
OF_LEVELS = (
    "one-step-up", "chosen-harder", "chosen-easier", "too-hard", "red-one-step-easier",
    "amber-one-step-easier", "missed-restart-phase",
)
"""Rules that move a level."""
EASIER_SESSION = "easier-sessions"


def risen(before: Levels, after: Levels) -> dict[str, int]:
    """Return by how much each exercise rose."""
    return {
        name: level - before.get(name, 0) for name, level in after.items()
        if level > before.get(name, 0)
    }


def rises(change: Change) -> Iterable[tuple[Course, Course, dict[str, int]]]:
    """Yield what rose with the passing of days, and what rose by the event itself."""
    for one, other in ((change.before, change.arrived), (change.arrived, change.after)):
        if one.levels is not other.levels and stay_of(one) == stay_of(other):
            up = risen(one.levels, other.levels)
            if up:
                yield one, other, up


def never_harder_after_red_or_flag(change: Change) -> str | None:
    """Nothing gets harder after a session that was too much, with danger told, in a flare-up; and
    in neither of the two last does running, jumping or the like open up."""
    data = change.event.data
    opened = ", ".join(change.after.opened - change.before.opened)
    if opened and change.after.flare is not None:
        return f"{opened} opened in a flare-up"
    if opened and change.watch.danger_day is not None:
        return f"{opened} opened with a danger sign told"
    told_now = isinstance(data, SessionDone) and bool(data.new)
    for one, other, up in rises(change):
        names = ", ".join(up)
        if other.flare is not None:
            return f"{names} rose in a flare-up"
        came_before = told_now and other is change.arrived  # it stood in the session reported on
        if change.watch.danger_day is not None and not came_before:
            return f"{names} rose with a danger sign told"
        last = one.records[-1] if one.records else None
        if last is not None and str(last.light) not in GOOD:
            return f"{names} rose after a {last.light} session"
    return None


def weekly_load_cap(change: Change) -> str | None:
    """The week's planned load is never raised by more than a fifth within a week."""
    day = change.event.at.date()
    for _, other, up in rises(change):
        if not any(change.watch.library.exercises[name].is_loaded for name in up):
            continue
        before = _week_ago(change, day)
        watch, who = change.watch, change.watch.who(other, day)
        program, phase = watch.program(other), watch.phase(other)
        was = planned_load(program, phase, before, who, watch.library)
        now = planned_load(program, phase, other.levels, who, watch.library)
        if now > RISE * was + 1e-6:
            return f"{', '.join(up)}: from {was:.1f} to {now:.1f} within a week"
    return None


def _week_ago(change: Change, day: date) -> Levels:
    """Return the levels of a week ago, or the first ones of the stay where that is shorter."""
    if change.watch.stay != stay_of(change.after):
        return {}
    held = [levels for since, levels in change.watch.climb if since <= day - WEEK]
    return held[-1] if held else {}


def never_two_steps_in_24_hours(change: Change) -> str | None:
    """One exercise by one step, and no second one on the same day."""
    for _, _, up in rises(change):
        if len(up) > 1 or max(up.values()) > 1:
            return f"{up} rose at once"
        if change.watch.rose_on == change.event.at.date():
            return f"{', '.join(up)} rose, the second on one day"
    return None


def always_something_easier(change: Change) -> str | None:
    """Who asks for easier gets it; after too much pain all strength work done is easier."""
    data = change.event.data
    if isinstance(data, ExerciseDone) and data.result == EASIER:
        was, now = (one.levels.get(data.exercise, 0) for one in (change.arrived, change.after))
        if now >= was > LOWEST:
            return f"{data.exercise} stayed at {now} though easier was asked for"
    if isinstance(data, SessionDone) and _too_much(data, change):
        again = any(one.day == data.session for one in change.arrived.records)
        record = next(one for one in change.after.records if one.day == data.session)
        for attempt in record.attempts:
            was, now = (c.levels.get(attempt.exercise, 0) for c in (change.arrived, change.after))
            loaded = change.watch.library.exercises[attempt.exercise].is_loaded
            if loaded and not again and now >= was and was > LOWEST:
                return f"{attempt.exercise} stayed at {now} after too much pain"
    return None


def _too_much(data: SessionDone, change: Change) -> bool:
    """Our own reading of too much: 6 or more out of 10, where the cap is not by usual pain."""
    watch = change.watch
    usual = watch.library.templates[watch.program(change.after).template].above_usual
    return usual is None and max(data.during, data.after) >= TOO_MUCH


def reasons_name_every_change(change: Change) -> str | None:
    """Whatever moved has a reason that names a rule and says a sentence."""
    told = change.told
    if any(not reason.rule or not reason.text.strip() for reason in told):
        return "a reason without a rule or a sentence"
    rules = {reason.rule for reason in told}
    before, after = change.before, change.after
    if stay_of(before) != stay_of(after):
        return None if rules.intersection(OF_PHASES) else (
            f"{before.program} {before.phase} became {after.program} {after.phase} without a reason"
        )
    if before.levels is after.levels:
        return None
    moved = {
        name for name in {*before.levels, *after.levels}
        if before.levels.get(name, 0) != after.levels.get(name, 0)
    }
    if "missed-restart-phase" in rules:
        return None
    for name in moved:
        why = after.changed.get(name)
        fresh = why is not None and why != before.changed.get(name) and why.rule in OF_LEVELS
        if not fresh and not rules.intersection(OF_LEVELS):
            return f"{name} moved to {after.levels.get(name, 0)} without a reason"
    return None


def nothing_unsuitable(offer: Offer) -> str | None:
    """No exercise that this person must not do, that waits for later, or that is not at hand."""
    if offer.session.refused is not None:
        return None
    watch, course = offer.watch, offer.course
    who = watch.who(course, offer.day)
    program, phase = watch.program(course), _phase(offer)
    left_out = phase.union(*(one.leave_out for one in active(program, who.facts)))
    asked = offer.asked
    missing = asked.missing if asked else frozenset()
    place = asked.place if asked else None
    for one in offer.session.slots:
        exercise = watch.library.exercises[one.exercise]
        why = watch.unfit(one.exercise, who) or why_not_here(exercise, who, missing, place)
        why = why or ("left for a later phase" if one.exercise in left_out else None)
        if why is not None:
            return f"{one.exercise}: {why}"
    return None


def _phase(offer: Offer) -> frozenset[str]:
    program = offer.watch.library.programs[offer.session.program or ""]
    return program.phase(offer.session.phase or "").avoid


def gentle_after_red(offer: Offer) -> str | None:
    """On the day after too much pain no strength work is listed, and none in a flare-up's first
    days."""
    red = offer.watch.red_day
    flare = offer.course.flare
    easing = flare is not None and offer.day - flare.since < timedelta(days=3) and not flare.back
    if not easing and (red is None or offer.day - red != DAY):
        return None
    for one in offer.session.slots:
        if offer.watch.library.exercises[one.exercise].is_loaded:
            when = "in a flare-up" if easing else "after too much pain"
            return f"{one.exercise} is listed {when}"
    return None


def something_or_a_stop(offer: Offer) -> str | None:
    """There is something to do, or a stop that says why; an empty day says what was left out."""
    refused, rules = offer.session.refused, {one.rule for one in offer.session.because}
    if refused is None:
        said = offer.session.slots or ("nothing-today" in rules and offer.session.dropped)
        return None if said else "nothing is listed, and nothing says why"
    if not refused or not all(flag.message.strip() for flag in refused):
        return "a stop that does not say why"
    return None


def no_longer_than_asked(offer: Offer) -> str | None:
    """By our own clock the session fits the minutes asked for; it holds no more exercises than
    its phase says."""
    session = offer.session
    if session.refused is not None:
        return None
    together = sum(not one.apart for one in session.slots)
    program = offer.watch.library.programs[session.program or ""]
    if together > max(program.phase(session.phase or "").exercises, LEAST_EXERCISES):
        return f"{together} exercises"
    own = offer.course.answers.minutes
    told = offer.asked.minutes if offer.asked else None
    asked = told if told is not None else own
    if asked is None:
        return None
    exercises = offer.watch.library.exercises
    took = sum(seconds(exercises[one.exercise], one.dose) for one in session.slots)
    return f"{took} s of {asked} minutes" if took > 60 * asked else None


def sides_balanced(offer: Offer) -> str | None:
    """What has sides is done on both, each once."""
    for one in offer.session.slots:
        exercise = offer.watch.library.exercises[one.exercise]
        two = exercise.sides in (Sides.EACH, Sides.ALTERNATING)
        if sorted(one.order) != (["left", "right"] if two else []):
            return f"{one.exercise}: {one.order}"
    return None


def danger_stops_that_day(offer: Offer) -> str | None:
    """From the moment danger signs are told until a clinician has seen the person: nothing."""
    day = offer.watch.danger_day
    if day is None or offer.session.refused is not None:
        return None
    return f"a session is offered though danger was told on {day}"


def no_dead_ends(offer: Offer) -> str | None:
    """Who does all that is asked is not left without a session and without being sent on."""
    if offer.watch.refusals < DEAD_END_DAYS:
        return None
    flags = offer.session.refused or ()
    return f"{offer.watch.refusals} days of {', '.join(flag.id for flag in flags)}"


def sent_on(session: Session) -> bool:
    """Return whether a stop sends the person to a clinician."""
    return any(flag.urgency >= Urgency.ROUTINE for flag in session.refused or ())


def missed_days_never_double(offer: Offer) -> str | None:
    """Whatever was missed, each exercise stands once, at most in the dose of its step."""
    seen: set[str] = set()
    session, watch = offer.session, offer.watch
    if session.refused is not None:
        return None
    items = items_of(watch.library, session.program or "", session.phase or "")
    for one in session.slots:
        if one.exercise in seen:
            return f"{one.exercise} stands twice"
        seen.add(one.exercise)
        steps = [ladder(item, one.level) for item in items.get(one.exercise, ())]
        over = [exceeds(one.dose, dose) for dose in steps]
        part = None
        if all(over):
            least = exceeds(one.dose, least_of(watch.library.exercises[one.exercise]))
            part = (over or [least])[-1] if least else None
        if part is not None:
            return f"{one.exercise}: more {part} than its step {one.level} holds"
    return None


def reasons_in_the_session(offer: Offer) -> str | None:
    """Each smaller dose, each moved level, each stand-in and each thing left out says why."""
    session, watch = offer.session, offer.watch
    every = (*session.because, *(r for one in session.slots for r in one.because))
    if any(not reason.rule or not reason.text.strip() for reason in every):
        return "a reason without a rule or a sentence"
    if not session.because:
        return "no reason at all"
    if session.refused is not None:
        return None
    for left in session.dropped:
        if not left.because:
            return f"{left.exercise or left.slot} was dropped without a reason"
    items = items_of(watch.library, session.program or "", session.phase or "")
    general = {reason.rule for reason in session.because}
    same = stay_of(offer.course)[:2] == (session.program, session.phase)
    for one in session.slots:
        rules = {reason.rule for reason in one.because}
        wrong = _unexplained(one, rules, general, items)
        if wrong is None and same and not rules.intersection(OF_LEVELS):
            wrong = _moved(one, offer.course, general)
        if wrong is not None:
            return f"{one.exercise} {wrong} without a reason"
    return None


def _moved(one: Planned, course: Course, general: set[str]) -> str | None:
    """Return how a level moved that no reason of the exercise tells of."""
    if general.intersection((EASIER_SESSION, "missed-step-easier", *OF_PHASES)):
        return None
    before = course.levels.get(one.exercise, 0)
    if one.level != before:
        return f"moved from {before} to {one.level}"
    return "moved lately" if one.exercise in course.changed else None


def _unexplained(
    one: Planned, rules: set[str], general: set[str], items: Mapping[str, tuple[Item, ...]]
) -> str | None:
    if not rules:
        return "is listed"
    if one.exercise not in items:
        stands_in = rules & {"sibling-swap", "keep-upright"} or "flare-easing" in general
        return None if stands_in else "stands in for something"
    doses = [ladder(item, one.level) for item in items[one.exercise]]
    smaller = one.level >= 0 and all(
        any(getattr(one.dose, n) != getattr(d, n) for n in ("sets", "reps", "hold_s", "time_s"))
        for d in doses
    )
    stand_in = rules & {"sibling-swap", "keep-upright"} or "flare-easing" in general
    return "has a smaller dose" if smaller and not stand_in and not rules & LESS else None


def reasons_since(course: Course, before: int) -> set[str]:
    """Return the rules given as reasons in the entries after the first ``before``."""
    fresh: Iterable[Reason] = (r for entry in course.entries[before:] for r in entry.because)
    return {reason.rule for reason in fresh}


ON_CHANGE: Mapping[str, Callable[[Change], str | None]] = {
    "never-harder-after-red-or-flag": never_harder_after_red_or_flag,
    "weekly-load-cap": weekly_load_cap,
    "never-two-steps-in-24-hours": never_two_steps_in_24_hours,
    "always-something-easier": always_something_easier,
    "reasons-name-every-change": reasons_name_every_change,
}
ON_OFFER: Mapping[str, Callable[[Offer], str | None]] = {
    "nothing-unsuitable": nothing_unsuitable,
    "gentle-after-red": gentle_after_red,
    "something-or-a-stop": something_or_a_stop,
    "no-longer-than-asked": no_longer_than_asked,
    "sides-balanced": sides_balanced,
    "danger-stops-that-day": danger_stops_that_day,
    "no-dead-ends": no_dead_ends,
    "missed-days-never-double": missed_days_never_double,
    "reasons-in-the-session": reasons_in_the_session,
}
