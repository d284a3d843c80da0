"""Today's session: from a course and a day to slots, doses and reasons.

Source: ``clinical/facet.md`` section 4, ``clinical/exercises.md`` (filters, session caps) and
``clinical/progression.md``. The order of the program's slots is the order of the session.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from math import ceil

from recoup.care.arrival import arrive
from recoup.care.cap import pain_cap
from recoup.care.course import CLEARED, Course, Limits
from recoup.care.dosing import LOWEST_LEVEL, Caps, capped, dose_at, less
from recoup.care.ending import KEEP_MINUTES
from recoup.care.fit import (
    Situation,
    changes,
    hold_cap,
    missing_at,
    needs_no_floor,
    situation,
    unsuitable,
)
from recoup.care.flare import LIGHTER_SHARE, flare_day
from recoup.care.irritability import HALF_DOSE, Irritability, irritability, start_share
from recoup.care.order import in_order
from recoup.care.recent import recent
from recoup.care.selection import Chosen, Today, choices_for, fill, gentle, smallest_dose
from recoup.care.traffic import Light
from recoup.care.triage import stops_program, triage
from recoup.care.trim import Room, trim
from recoup.model.content import Library
from recoup.model.decision import Decision, Reason
from recoup.model.exercise import Exercise, Sides, clock_s
from recoup.model.frozen import replace
from recoup.model.intake import Triage
from recoup.model.program import Choice, Item, Phase, Slot
from recoup.model.rule import Action, Flag, Urgency
from recoup.model.session import Dropped, Planned, Session

AFTER_RED = 0.6
AFTER_SHORT_GAP = 0.8
IRRITABLE_EXERCISES = 4
WEEK = timedelta(days=7)
FLARE = "flare"
FLARE_EXERCISES = 3
WALKS = ("graded-walking", "seated-march")
CALMING = ("slow-belly-breathing", *WALKS)
SLEPT = Reason("slept-badly", "You slept badly, so today leaves out what is optional.")
EASING_TEXT = (
    "You are in a flare-up. Today holds easing exercises and a short walk. Do about half of your "
    "usual day, and keep moving. A flare-up does not mean harm."
)
NOTHING_TODAY = Reason(
    "nothing-today",
    "Nothing of your program fits today. Rest from it, and move about a little as you like.",
)
STAND_INS = ("seated-march", "shoulder-blade-squeeze")
WELL_FOR = timedelta(days=2)
UNREAD = frozenset({"open", "open_day", "eased", "entries"})
"""What a session does not depend on: what was ticked off today, and the history to read."""
READ = tuple(field.name for field in fields(Course) if field.name not in UNREAD)


def plan_session(
    course: Course,
    library: Library,
    day: date,
    *,
    minutes: int | None = None,
    missing: frozenset[str] = frozenset(),
) -> Session:
    """Return the session for ``day``. ``course.program`` must be set.

    ``minutes`` limits the whole session; without it the phase's own length holds. ``missing``
    names equipment not at hand today, "floor" and "bed" among it, and "seat" where only standing
    will do. What the person told of this very day counts where neither is given. A red flag that
    pauses or blocks the program gives a refused session without slots.
    """
    arrival = arrive(course, day, library)
    return _session_on(arrival.change, library, day, arrival.because, minutes, missing)


def _plans_alike(one: Course, other: Course) -> bool:
    """Return whether two courses have one session: all that planning reads is the very same."""
    here, there = vars(one), vars(other)
    return all(here[name] is there[name] for name in READ)


@recent(4, _plans_alike)
def _session_on(
    course: Course,
    library: Library,
    day: date,
    arrived: tuple[Reason, ...],
    minutes: int | None,
    missing: frozenset[str],
) -> Session:
    """Return the session of a course as it stands on ``day``."""
    program = library.programs[course.program or ""]
    cap = pain_cap(course, library, day)
    screened = triage(
        course.answers, library, new_symptom=bool(course.new_symptoms)
    )
    if not stops_program(screened) and course.unwell is not None:
        screened = _until_well(screened, course.unwell, day)
    if not stops_program(screened) and library.templates[program.template].needs_ok:
        screened = _until_ok(screened, course)
    if stops_program(screened):
        refused = refuse(screened, day, program.condition)
        return replace(refused, program=program.id, phase=course.phase, cap=cap)
    arrival = Decision(course, arrived)
    return _Plan(arrival, library, day, minutes=minutes, missing=missing).session(cap)


def refuse(screened: Triage, day: date, condition: str | None) -> Session:
    """Return the session of somebody whose red flags stop any program: none, and why."""
    return Session(
        day=day,
        condition=condition,
        program=None,
        phase=None,
        refused=screened.flags,
        cap=0,
        minutes=0,
        slots=(),
        dropped=(),
        because=screened.because,
    )


def _until_well(screened: Triage, unwell: date, day: date) -> Triage:
    """After an illness the program waits for two days of feeling well (progression.md, 5)."""
    if day - unwell >= WELL_FOR:
        return screened
    text = "You told us that you felt ill. Wait until you have felt well for two days."
    flag = Flag("wait-until-well", "Illness", Urgency.SELF_MANAGE, Action.PAUSE, text, ())
    reason = Reason(flag.id, text, (("unwell", unwell.isoformat()),))
    return Triage(screened.urgency, Action.PAUSE, (flag, *screened.flags), (reason,))


def _until_ok(screened: Triage, course: Course) -> Triage:
    """After an operation, and where a clinician has to agree, no session without their OK."""
    if CLEARED in course.answers.hx - course.answers.unsure - course.answers.skipped:
        return screened
    text = "A clinician has to agree before you exercise. Tell us here when they have."
    flag = Flag("needs-clearance", "No OK yet", Urgency.SELF_MANAGE, Action.PAUSE, text, ())
    reason = Reason(flag.id, text)
    return Triage(screened.urgency, Action.PAUSE, (flag, *screened.flags), (reason,))


@dataclass(frozen=True, slots=True)
class _Volume:
    share: float
    because: tuple[Reason, ...]


def _before(day: date, until: date | None) -> bool:
    return until is not None and day < until


def _eased(exercise: Exercise) -> Chosen:
    """Return an exercise of a flare-up, in its smallest dose."""
    item = Item(exercise.id, (smallest_dose(exercise),))
    choice = Choice(1, (item,), apart=exercise.id in WALKS)
    return Chosen(Slot(FLARE, "ease the flare-up", (choice,)), choice, item, exercise, ())


class _Plan:
    """One planning run: collects slots, drops and reasons in the order of the program."""

    def __init__(
        self,
        arrival: Decision[Course],
        library: Library,
        day: date,
        *,
        minutes: int | None,
        missing: frozenset[str],
    ) -> None:
        self.course, self.arrived = arrival.change, arrival.because
        self.library, self.day = library, day
        limits = self.course.limits
        self.limits = limits if limits is not None and limits.day == day else Limits(day)
        self.minutes = self.limits.minutes if minutes is None else minutes
        missing |= self.limits.missing | missing_at(self.limits.place, library)
        self.flare = flare_day(self.course, day)
        self.program = program = library.programs[self.course.program or ""]
        self.phase: Phase = program.phase(self.course.phase or program.phases[0].id)
        self.person = self._situation(missing)
        self.modifiers = tuple(m for m in program.modifiers if m.when.holds(self.person.facts))
        left_out = frozenset[str]().union(*(m.leave_out for m in self.modifiers))
        self.person = replace(self.person, avoid=self.person.avoid | left_out)
        since = day - WEEK
        self.recent = tuple(r for r in self.course.records if since < r.day < day)
        self.slot_days = self._slot_days()
        self.irritable = self._irritable()
        self.today = self._today()
        self.volume = self._volume()

    def session(self, cap: int) -> Session:
        if self.flare is not None and self.flare.easing:
            chosen, dropped = self._choose_easing()
        else:
            chosen, dropped = self._choose()
        planned = self._keep_upright([self._planned(one) for one in chosen])
        planned, cut = trim(planned, self._room(), self.library.exercises)
        dropped += cut
        ordered = tuple(planned)
        if not self.program.keeps_order:
            ordered = in_order(planned, self.library.exercises)
        total = sum(one.clock_s for one in planned)
        return Session(
            self.day, self.program.condition, self.program.id, self.phase.id, None, cap,
            ceil(total / 60), ordered, tuple(dropped),
            self._because() if ordered else (*self._because(), NOTHING_TODAY),
        )

    def _situation(self, missing: frozenset[str]) -> Situation:
        disliked = frozenset(
            name for name, run in self.course.runs.items() if run.skipped >= 3
        )
        return situation(
            self.course.answers, self.library, missing, self.phase.avoid, disliked
        )

    def _slot_days(self) -> dict[str, set[date]]:
        """Return, for each slot, the days of the last week on which something of it was done."""
        days: dict[str, set[date]] = {slot.id: set() for slot in self.phase.slots}
        for record in self.recent:
            for attempt in record.attempts:
                if attempt.result != "skipped" and attempt.slot in days:
                    days[attempt.slot].add(record.day)
        return days

    def _irritable(self) -> Decision[Irritability]:
        decision = irritability(self.course.answers)
        share = start_share(self.course, self.day)
        if decision.change is not Irritability.HIGH or share == HALF_DOSE:
            return decision
        if share < 1:
            text = "Three sessions went well, so the amount now grows by a fifth each week."
            return Decision(Irritability.HIGH, (Reason("irritability-growing", text),))
        text = "Your sessions went well, so you now have the full dose."
        return Decision(Irritability.MODERATE, (Reason("irritability-settled", text),))

    def _today(self) -> Today:
        course, day = self.course, self.day
        done = Counter(
            a.exercise for r in self.recent for a in r.attempts if a.result != "skipped"
        )
        last = course.last_record
        until = course.mobility_until
        return Today(
            day=day,
            person=self.person,
            week=(day - (course.started or day)).days // 7,
            green=last is not None and last.light is Light.GREEN,
            mobility_only=until is not None and day <= until,
            last_done=course.last_done,
            done_in_week=done,
            opened=course.opened,
        )

    def _volume(self) -> _Volume:
        shares = [
            (AFTER_RED, self.today.mobility_only),
            (start_share(self.course, self.day), self.irritable.change is Irritability.HIGH),
            (AFTER_SHORT_GAP, any(r.rule == "missed-less-volume" for r in self.arrived)),
            (self.flare.share if self.flare else 1.0, self.flare is not None),
            (LIGHTER_SHARE, _before(self.day, self.course.lighter_until)),
            (HALF_DOSE, _before(self.day, self.course.halved_until)),
        ]
        share = min((share for share, applies in shares if applies), default=1.0)
        if share == 1.0:
            return _Volume(1.0, ())
        text = f"Today you do about {share:.0%} of the usual amount."
        return _Volume(share, (Reason("less-volume", text, (("share", share),)),))

    def _choose_easing(self) -> tuple[list[Chosen], list[Dropped]]:
        """Three easing exercises, slow breathing and a short walk (progression.md, section 6)."""
        names = (*self.program.flare_set, *CALMING)
        chosen: list[Chosen] = []
        dropped: list[Dropped] = []
        for name in dict.fromkeys(names):
            easing = [one for one in chosen if not one.choice.apart]
            if name in self.program.flare_set and len(easing) == FLARE_EXERCISES:
                continue
            exercise = self.library.exercises[name]
            why = unsuitable(exercise, self.person)
            if why is not None:
                dropped.append(Dropped(FLARE, name, (why,)))
            elif name not in WALKS or not any(one.exercise.id in WALKS for one in chosen):
                chosen.append(_eased(exercise))
        return chosen, dropped

    def _choose(self) -> tuple[list[Chosen], list[Dropped]]:
        chosen: list[Chosen] = []
        dropped: list[Dropped] = []
        for slot in self.phase.slots:
            resting = self._resting(slot)
            if resting is not None:
                dropped.append(Dropped(slot.id, None, (resting,)))
                continue
            for choice in choices_for(slot, self.modifiers):
                if choice.optional and self.limits.slept_well is False:
                    dropped += [Dropped(slot.id, i.exercise, (SLEPT,)) for i in choice.items]
                    continue
                taken = frozenset(one.exercise.id for one in chosen)
                more, less_ = fill(slot, choice, taken, self.today, self.library)
                chosen += more
                dropped += less_
        return chosen, dropped

    def _resting(self, slot: Slot) -> Reason | None:
        """Return why a slot rests today: strength has days off between (facet.md, P2 to P4)."""
        if self.today.mobility_only and not self._gentle(slot):
            text = "Steadying exercises rest today, after too much pain last time."
            return Reason("mobility-only", text)
        days = self.slot_days[slot.id]
        if slot.rest_day and self.day - timedelta(days=1) in days:
            return Reason("rest-day", f"A day off for this part: {slot.aim}.")
        begun = self.course.phase_started or date.min
        week = sum(day >= begun for day in days)  # what an earlier phase held was another exercise
        if slot.per_week is not None and week >= slot.per_week:
            text = f"Enough for this week: {slot.aim}."
            return Reason("enough-this-week", text, (("days", week),))
        return None

    def _gentle(self, slot: Slot) -> bool:
        names = (i.exercise for c in choices_for(slot, self.modifiers) for i in c.items)
        return any(gentle(self.library.exercises[name]) for name in names)

    def _planned(self, chosen: Chosen) -> Planned:
        item, exercise = chosen.item, chosen.exercise
        level = self.course.levels.get(exercise.id, 0)
        because = [Reason(f"slot-{chosen.slot.id}", f"To {chosen.slot.aim}.")]
        because += chosen.because
        if exercise.id in self.course.changed:
            because.append(self.course.changed[exercise.id])
        if self.course.easier_sessions and exercise.is_loaded:
            level = max(LOWEST_LEVEL, level - 1)
        dose = dose_at(item, level)
        if self.volume.share < 1:
            dose = less(dose, self.volume.share)
            because += self.volume.because
        for caps, why in self._caps(exercise):
            limited = capped(dose, caps, why)
            dose = limited.change
            because += limited.because
        because += changes(exercise, self.person, self.library)
        return Planned(
            slot=chosen.slot.id,
            exercise=exercise.id,
            dose=dose,
            order=self._order(exercise),
            clock_s=clock_s(exercise, dose),
            apart=chosen.choice.apart,
            optional=chosen.choice.optional,
            level=level,
            because=tuple(because),
        )

    def _caps(self, exercise: Exercise) -> Iterator[tuple[Caps, str]]:
        """Yield what bounds the exercise's dose for this person, and why."""
        for modifier in self.modifiers:
            if exercise.id in modifier.caps:
                yield tuple(modifier.caps[exercise.id].items()), modifier.text
        short = hold_cap(exercise, self.person)
        if short:
            yield short, "Short holds, because of your blood pressure or heart."

    def _order(self, exercise: Exercise) -> tuple[str, ...]:
        """Return the order of sides: the easier side first shows what it should feel like."""
        if exercise.sides not in (Sides.EACH, Sides.ALTERNATING):
            return ()
        sore = self.course.answers.choices.get("side")
        return ("right", "left") if sore == "left" else ("left", "right")

    def _counted(self) -> int:
        if self.irritable.change is Irritability.HIGH:
            return min(self.phase.exercises, IRRITABLE_EXERCISES)
        return self.phase.exercises

    def _room(self) -> Room:
        """The minutes asked for bound everything; the phase's own length and a person's usual
        minutes bound what is done together. The day after a red light is shorter as a whole."""
        own, phase = self.course.answers.minutes, self.phase.minutes
        if self.course.finished is not None:
            phase = min(phase, KEEP_MINUTES)
        asked = self.minutes if self.minutes is not None else own
        usual = phase if own is None else min(own, phase)
        together = usual if self.minutes is None else self.minutes
        minute_s = int(60 * (AFTER_RED if self.today.mobility_only else 1))
        chosen = (c for m in self.modifiers for cs in m.slots.values() for c in cs)
        return Room(
            most=self._counted(),
            seconds=minute_s * together,
            whole_s=None if asked is None else minute_s * asked,
            chosen=frozenset(item.exercise for choice in chosen for item in choice.items),
        )

    def _upright(self, planned: Planned) -> bool:
        return needs_no_floor(self.library.exercises[planned.exercise])

    def _keep_upright(self, planned: list[Planned]) -> list[Planned]:
        """Add a seated or standing item where the filters left none (filter rule 9)."""
        if any(self._upright(one) for one in planned):
            return planned
        easing = self.today.mobility_only or (self.flare is not None and self.flare.easing)
        for name in STAND_INS:
            exercise = self.library.exercises.get(name)
            if exercise is None or not needs_no_floor(exercise):
                continue
            if easing and not gentle(exercise):
                continue
            if unsuitable(exercise, self.person) is None:
                return [*planned, self._planned(self._stand_in(exercise))]
        return planned

    def _stand_in(self, exercise: Exercise) -> Chosen:
        text = "Added so that every session has something you can do sitting or standing."
        item = Item(exercise.id, (smallest_dose(exercise),))
        choice = Choice(1, (item,), apart=True)
        slot = Slot("aerobic", "keep moving", (choice,))
        return Chosen(slot, choice, item, exercise, (Reason("keep-upright", text),))

    def _because(self) -> tuple[Reason, ...]:
        phase = self.phase
        here = Reason(
            f"phase-{phase.id}",
            f"You are in phase {phase.id[1:]}, {phase.name}. {phase.aim}",
            (("phase", phase.id), ("week", self.today.week)),
        )
        starting = not self.course.records or self.irritable.change is Irritability.HIGH
        reasons = [here, *(self.irritable.because if starting else ()), *self.arrived]
        reasons += self._special()
        reasons += [Reason(f"modifier-{m.id}", m.text) for m in self.modifiers]
        if self.today.mobility_only:
            reasons.append(self._after_red())
        elif self.course.easier_sessions:
            text = "The next sessions are one step easier."
            reasons.append(Reason("easier-sessions", text))
        return tuple(dict.fromkeys((*reasons, *self.volume.because)))

    def _special(self) -> list[Reason]:
        """Return why today is unlike other days: a flare-up, bad sleep, advice, the end."""
        found = []
        if self.flare is not None and self.flare.easing:
            found.append(Reason("flare-easing", EASING_TEXT))
        elif self.flare is not None:
            text = "The flare-up settles, so the program comes back step by step."
            found.append(Reason("flare-back", text, (("share", round(self.flare.share, 2)),)))
        if self.limits.slept_well is False:
            found.append(SLEPT)
        if self.course.finished is not None:
            text = "You keep what you gained: two short sessions a week."
            found.append(Reason("keeping-it", text))
        return [*found, *self.course.advice]

    def _after_red(self) -> Reason:
        last = self.course.last_record
        said = ""
        if last is not None and max(last.during, last.after) >= 6:
            said = f" Last time pain reached {max(last.during, last.after)} out of 10."
        text = f"Today is easier: gentle movement only.{said}"
        return Reason("mobility-only", text)
