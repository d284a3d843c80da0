"""One made-up person's weeks with the real rules: reports go in as events, sessions come out.

Events are folded one by one as they happen, so memory holds one course and no log, but for the
few whose log is kept to be replayed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from recoup.care.arrival import arrive
from recoup.care.course import Course
from recoup.care.fold import fold
from recoup.care.session import plan_session
from recoup.lab.body import Body, load_of
from recoup.lab.invariants import ON_CHANGE, ON_OFFER, reasons_since, sent_on
from recoup.lab.people import CLEARED, Person, every_field, random_of
from recoup.lab.watch import Change, Offer, Watch, stay_of
from recoup.model.answers import NOTHING, Activity
from recoup.model.content import Library
from recoup.model.event import (
    Answered,
    Cleared,
    Data,
    Enrolled,
    Event,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    WeeklyReview,
)
from recoup.model.program import Criterion
from recoup.model.session import Planned, Session

FIRST_DAY = date(2026, 1, 5)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime.combine(FIRST_DAY, time(0), UTC)
DEVICE = "lab"
TOO_MUCH = 6
UNFINISHED = "RF-SY-12"
WAITS_FOR_OK = "needs-clearance"
PLACES = (None, None, None, None, "home", "work", "standing")
MINUTES = (None, None, None, 5, 6, 10, 15, 30)
AWAY = (2, 3, 4, 5, 7, 9, 12, 15, 20, 30)
WHY_MISSED = (None, "time", "pain", "boredom", "forgot", "unwell", "worse")
CLOCKS = {
    Answered: time(6), Enrolled: time(6, 30), MorningReport: time(7), WeeklyReview: time(8),
    Symptom: time(9), ExerciseDone: time(17), SessionDone: time(18), Cleared: time(5),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that did not hold for a person on a day, counted from 0."""

    invariant: str
    seed: int
    person: int
    day: int
    what: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A session as it was offered after the first ``events`` of a log."""

    events: int
    day: date
    session: Session


@dataclass(slots=True)
class Life:
    """``ended`` says why the person no longer takes part: "referred" or "dropped-out"."""

    person: Person
    library: Library
    keeps_log: bool = False
    course: Course = field(default_factory=Course)
    log: list[Event] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    decisions: int = 0
    days: int = 0
    ended: str | None = None
    referred: int | None = None
    finished: int | None = None
    phases: dict[str, int] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    sessions: int = 0
    reds: int = 0
    stopped_days: int = 0
    body: Body = field(init=False)
    watch: Watch = field(init=False)
    rng: np.random.Generator = field(init=False)
    today: date = FIRST_DAY
    _seq: int = 0
    _at: datetime = MIDNIGHT
    _away: int = 0
    _was_away: bool = False
    told_signs: bool = False
    _well_in: int | None = None
    _asked: Symptom | None = None
    _dislikes: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = random_of(self.person.seed, self.person.number, 1)
        self.body = Body.of(self.person, self.rng)
        self.watch = Watch(self.library)

    def live(self, days: int) -> None:
        """Live up to ``days`` days, or until the person leaves."""
        self.watch.weeks = self.person.weeks_pregnant
        self._begin()
        while self.days < days and self.ended is None:
            self.today = FIRST_DAY + self.days * DAY
            if self.person.weeks_pregnant is not None:
                self.watch.weeks = min(43, self.person.weeks_pregnant + self.days // 7)
            self._day()
            self.days += 1

    def broke(self, invariant: str, what: str) -> None:
        one = Broken(invariant, self.person.seed, self.person.number, self.days, what)
        self.broken.append(one)

    def _chance(self, share: float) -> bool:
        return self.rng.random() < share

    def _one_of(self, values: tuple[object, ...]) -> object:
        return values[int(self.rng.random() * len(values))]

    def _begin(self) -> None:
        self.tell(Answered("intake", every_field(self.library), self.person.answers))
        if self.person.needs_ok and self._chance(0.9):
            self.tell(Cleared("Dr Lab", self.today))
        self.tell(Enrolled(self.person.program, self.library.version))

    def _day(self) -> None:
        """Pass one day: the night, what is told in the morning, and perhaps a session."""
        self.body.night()
        self._asked = None
        if self._away:
            self._away -= 1
            self._was_away = True
            self.offer()
            return
        if self._chance(self.person.lapse):
            self._away = int(str(self._one_of(AWAY)))
        if self._leaves():
            self.ended = "dropped-out"
            return
        self._morning()
        session = self.offer()
        if session.refused is not None:
            session = self._do_what_is_asked(session)
        if session.refused is not None:
            self.stopped_days += 1
            return
        per_week = self.library.programs[session.program or ""].phase(session.phase or "")
        if session.slots and self._chance(self.person.diligence * per_week.days_per_week / 7):
            self._exercise(session)

    def _leaves(self) -> bool:
        """Who has pain and little diligence leaves sooner."""
        hazard = 0.0005 + 0.004 * (1 - self.person.diligence) * self.body.usual / 5
        return self.days > 3 and self._chance(hazard)

    def _morning(self) -> None:
        pain = self.body.shown(self.body.usual)
        last = self.course.last_record
        trained = last is not None and self.today - last.day == DAY
        if self._chance(self.person.reporting):
            settled = (self.body.sore < 1.5) if trained and self._chance(0.7) else None
            flare = True if self.body.flare > 2 and self._chance(0.3) else None
            self.tell(MorningReport(self.today, pain, int(pain) * 5, settled, flare))
        if self.days and self.days % 7 == 0:
            self._review()
        opened = self.course.worse is not None or self.course.symptom_day is not None
        if opened and not self.told_signs and self._chance(0.8):
            self._answer_again()
        self._before_session(pain)

    def _before_session(self, pain: int) -> None:
        signs = NOTHING
        person = self.person
        due = person.ill_on is not None and self.days >= person.ill_on and not self.told_signs
        if due and not person.reports_it_after:
            signs = person.signs
        elif not signs and not self._chance(0.85):
            return
        unsure = frozenset(s for s in signs if self._chance(0.25))
        missed = self._one_of(WHY_MISSED) if self._was_away and self._chance(0.5) else None
        self._was_away = False
        missing = {name for name in ("floor", "bed", "chair", "wall") if self._chance(0.04)}
        asked = Symptom(
            self.today, signs - unsure, unsure, pain if self._chance(0.5) else None,
            None if self._chance(0.6) else self._chance(0.8),
            self._one_of(MINUTES), self._one_of(PLACES), frozenset(missing),  # type: ignore[arg-type]
            missed,  # type: ignore[arg-type]
        )
        self._asked = asked
        if signs:
            self._danger()
        self.tell(asked)

    def _danger(self) -> None:
        self.told_signs = True
        self.watch.danger_day = self.today
        self.referred = self.days if self.referred is None else self.referred
        self._well_in = int(self.rng.integers(2, 20)) if self._chance(0.5) else 10_000

    def _review(self) -> None:
        usual = self.body.usual
        average = self.body.shown(usual)
        better = max(-5, min(5, round(self.person.pain - usual)))
        ability = self.body.shown(10 - usual)
        review = WeeklyReview(
            self.today, average, better, (Activity("walk to the shop", ability),), self._gate(),
            distressed=True if self._chance(0.02) else None,
            off_work=True if self._chance(0.01) else None,
        )
        self.tell(review)
        if self.course.offered_phase is not None or self.course.may_finish:
            self.tell(replace(review, advance="yes" if self._chance(0.85) else "no"))
        if self.course.finished is not None and self.finished is None:
            self.finished = self.days

    def _gate(self) -> Mapping[str, int]:
        """Answer the questions of the phase's gate: the better, the less it hurts."""
        program = self.library.programs[self.course.program or ""]
        phase = program.phase(self.course.phase or "")
        asked = list(phase.gate)
        for slot in phase.slots:
            asked += [c for choice in slot.choices for item in choice.items for c in item.gate]
        return {one.id: self._passes(one) for one in asked if one.ask is not None}

    def _passes(self, criterion: Criterion) -> int:
        able = self._chance(max(0.1, 0.95 - self.body.usual / 10))
        test = criterion.tests[0]
        if test.at_least is not None:
            return int(test.at_least) if able else max(0, int(test.at_least) - 1)
        most = int(test.at_most or 0)
        return most if able else most + 1

    def _answer_again(self) -> None:
        """Answer the whole safety screen again, as things are: nothing new. The weeks of a
        pregnancy were told at the start and go on by themselves."""
        fields = every_field(self.library) - {f"hx:{CLEARED}", "activities", "gestation_weeks"}
        self.tell(Answered("intake", fields, replace(self.person.answers, numbers={
            name: number for name, number in self.person.answers.numbers.items()
            if name in fields
        })))

    def _do_what_is_asked(self, session: Session) -> Session:
        """Answer what is open, fetch an OK, see a clinician; return what is offered then."""
        ids = {flag.id for flag in session.refused or ()}
        if self.watch.danger_day is not None:
            self._see_a_clinician()
            return session
        if UNFINISHED in ids:
            self._answer_again()
        elif WAITS_FOR_OK in ids or self.person.needs_ok:
            if not self._chance(0.4):
                return session
            self.tell(Cleared("Dr Lab", self.today))
        elif sent_on(session):
            self.referred = self.days if self.referred is None else self.referred
            if self._chance(0.1):
                self.ended = "referred"
            elif self._chance(0.3):
                self._answer_again()
                self.tell(Cleared("Dr Lab", self.today))
        session = self.offer()
        stuck = session.refused is not None and not sent_on(session)
        self.watch.refusals = self.watch.refusals + 1 if stuck else 0
        return session

    def _see_a_clinician(self) -> None:
        """After danger was told: most do not come back; some do, well and with an OK."""
        if self._well_in is None or self._well_in > 100:
            if self._chance(0.3):
                self.ended = "referred"
            return
        self._well_in -= 1
        if self._well_in <= 0:
            self.watch.danger_day = None
            self._answer_again()
            self.tell(Cleared("Dr Lab", self.today))

    def _exercise(self, session: Session) -> None:
        person, ticks = self.person, self._chance(0.3)
        share = {}
        for one in session.slots:
            result = self._result(one)
            share[one.exercise] = {"done": 1.0, "partly": 0.5, "skipped": 0.0}[result]
            ticks = ticks or result != "done"
            if result != "skipped":
                self.done.add(one.exercise)
        during, after, effort = self.body.exercise(load_of(session, self.library, share))
        if ticks:
            for one in session.slots:
                self._tick(one, share[one.exercise], during)
        due = person.ill_on is not None and self.days >= person.ill_on and not self.told_signs
        new = person.signs if due and person.reports_it_after else NOTHING
        if new:
            self._danger()
        template = self.library.templates[self.watch.program(self.course).template]
        moved = None
        if template.asks_spread and self._chance(0.15):
            moved = "further" if person.wrong_program or self._chance(0.1) else "back"
        hurt = str(self._one_of(tuple(one.exercise for one in session.slots)))
        self.tell(SessionDone(
            self.today, during, after, effort, hurt if during >= 5 and self._chance(0.6) else None,
            new, moved,
        ))
        self.sessions += 1
        if new or self._chance(0.02):
            self.offer()

    def _result(self, one: Planned) -> str:
        if one.exercise not in self._dislikes:
            self._dislikes[one.exercise] = self._chance(0.03)
        if self._dislikes[one.exercise] or self._chance(0.02):
            return "skipped"
        return "partly" if self._chance(0.03 + 0.01 * self.body.usual) else "done"

    def _tick(self, one: Planned, share: float, during: int) -> None:
        result = "done" if share == 1 else "partly" if share else "skipped"
        pain = during if result != "skipped" and self._chance(0.3) else None
        self.tell(ExerciseDone(self.today, one.slot, one.exercise, result, "", pain))
        if self._chance(0.02):
            self.tell(ExerciseDone(self.today, one.slot, one.exercise, "easier"))
        if self._chance(self.person.bold):
            self.tell(ExerciseDone(self.today, one.slot, one.exercise, "harder"))

    def tell(self, data: Data) -> None:
        """Report something, let the course follow, and look at what became of it."""
        self._seq += 1
        at = datetime.combine(self.today, CLOCKS[type(data)], UTC)
        self._at = at = max(at, self._at + MINUTE)
        event = Event(f"00000000-0000-0000-0000-{self._seq:012x}", at, DEVICE, self._seq, data)
        if self.keeps_log:
            self.log.append(event)
        before = self.course
        self.course = after = fold((event,), self.library, before)
        if after.program is None or before.program is None:
            return
        arrived = before
        if before.levels is not after.levels and isinstance(data, (SessionDone, ExerciseDone)):
            arrived = arrive(before, data.session, self.library).change
        change = Change(before, arrived, event, after, self.watch)
        for name, invariant in ON_CHANGE.items():
            wrong = invariant(change)
            if wrong is not None:
                self.broke(name, wrong)
        self._remember(change)

    def _remember(self, change: Change) -> None:
        watch, before, after = self.watch, change.before, change.after
        told = reasons_since(after, len(before.entries))
        data = change.event.data
        if isinstance(data, SessionDone):
            usual = self.library.templates[watch.program(after).template].above_usual
            if usual is None and max(data.during, data.after) >= TOO_MUCH:
                watch.red_day, self.reds = data.session, self.reds + 1
        stay = stay_of(after)
        if watch.stay != stay or "missed-restart-phase" in told:
            watch.stay, watch.climb = stay, []
            self.phases.setdefault(after.phase or "", self.days)
        if before.levels is not after.levels and stay_of(before) == stay:
            watch.climb.append((self.today, after.levels))
            if any(level > before.levels.get(name, 0) for name, level in after.levels.items()):
                watch.rose_on = self.today

    def offer(self) -> Session:
        """Ask for today's session, and look at it."""
        session = plan_session(self.course, self.library, self.today)
        self.decisions += 1
        if session.refused is None:
            self.watch.refusals = 0
        offer = Offer(self.course, session, self.today, self._asked, self.watch)
        for name, invariant in ON_OFFER.items():
            wrong = invariant(offer)
            if wrong is not None:
                self.broke(name, wrong)
        if self.keeps_log and self.decisions % 17 == 0:  # by no chance: the life stays the same
            self.kept.append(Kept(len(self.log), self.today, session))
        return session
