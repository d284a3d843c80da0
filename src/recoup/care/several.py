"""Several programs in one plan: one log, one course a program, one session for all of them.

Source: ``clinical/coverage.md``, rule 8: start with one place, add a second after two stable
weeks; ``clinical/exercises.md``, session caps. The program that was started first leads. What
belongs to another one carries that program's name and a stroke before its slot or criterion, such
as ``knee-osteoarthritis/A``. A session's pain and a danger sign concern all programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest
from math import ceil

from recoup.care.course import Course
from recoup.care.fit import easy_walking
from recoup.care.fold import fold, in_order
from recoup.care.irritability import Irritability, irritability
from recoup.care.order import in_order as spared
from recoup.care.session import IRRITABLE_EXERCISES, plan_session
from recoup.care.traffic import GOOD
from recoup.care.trim import SHORTEST_WALK_S, WALK_STEP_S, Room, trim
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.event import Enrolled, Event, ExerciseDone, WeeklyReview
from recoup.model.exercise import clock_s
from recoup.model.session import Dropped, Planned, Session

MOST = 6
STABLE = timedelta(weeks=2)
STROKE = "/"
NEEDS_OK = "needs-clearance"
LATER = "later"
"""A choice about another program: this one's own stays open, and the week is not judged again."""


def courses(
    events: Iterable[Event], library: Library, start: Course | None = None
) -> tuple[Course, ...]:
    """Return the course of each program that goes on, the leading one first."""
    ordered = in_order(events)
    beside = dict.fromkeys(
        e.data.program for e in ordered if isinstance(e.data, Enrolled) and e.data.beside
    )
    lead = fold(seen_by(ordered, None), library, start)
    others = (fold(seen_by(ordered, name), library, start) for name in beside)
    return (lead, *(one for one in others if one.program not in (None, lead.program)))


def owner(course: Course) -> str:
    """Return the name that slots and criteria of a program beside the leading one carry: that of
    the program it started as, whatever it was changed for since."""
    return course.switched[0] if course.switched else course.program or ""


def may_add(course: Course, day: date) -> bool:
    """Return whether a second program may be added: two weeks with sessions that went well."""
    started, recent = course.started, [r for r in course.records if r.day > day - STABLE]
    long_enough = started is not None and day - started >= STABLE
    return bool(
        long_enough and recent and course.flare is None and all(r.light in GOOD for r in recent)
    )


def plan_together(
    together: Sequence[Course],
    library: Library,
    day: date,
    *,
    minutes: int | None = None,
    missing: frozenset[str] = frozenset(),
) -> Session:
    """Return one session for all programs: at most six exercises within the minutes, shared out
    evenly, without what another program avoids for now, and with one walk."""
    if len(together) == 1:
        return plan_session(together[0], library, day, minutes=minutes, missing=missing)
    single = [plan_session(one, library, day, missing=missing) for one in together]
    stopped = next((one for one in single if one.refused and not _waits(one)), None)
    open_ = [one for one in single if one.refused is None]
    owners = {one.program or "": owner(one) for one in together[1:]}
    if stopped is not None or not open_:
        return stopped or single[0]
    return _Merged(open_, single, library, together[0], owners, day, minutes).session()


def seen_by(events: Iterable[Event], program: str | None) -> Iterator[Event]:
    """Yield the events as the course of one program sees them; None is the leading one."""
    for event in events:
        data = event.data
        if isinstance(data, Enrolled):
            if data.beside is (program is not None) and (not program or data.program == program):
                yield replace(event, data=replace(data, beside=False))
        elif isinstance(data, ExerciseDone):
            owner, _, slot = data.slot.rpartition(STROKE)
            if owner == (program or ""):
                yield replace(event, data=replace(data, slot=slot))
        elif isinstance(data, WeeklyReview):
            advance = data.advance if program is None else data.beside.get(program)
            if advance is None and (data.advance or data.beside):
                advance = LATER
            yield replace(
                event, data=replace(data, gate=_gate(data.gate, program or ""), advance=advance)
            )
        else:
            yield event


def _gate(gate: Mapping[str, int], owner: str) -> dict[str, int]:
    parts = {name: name.rpartition(STROKE) for name in gate}
    return {last: gate[name] for name, (first, _, last) in parts.items() if first == owner}


def _waits(session: Session) -> bool:
    """Return whether a program only waits for a clinician's OK, which does not stop the others."""
    return all(flag.id == NEEDS_OK for flag in session.refused or ())


class _Merged:
    """One merging run: what each program asks for, by turns, until the session is full."""

    def __init__(
        self,
        sessions: Sequence[Session],
        asked: Sequence[Session],
        library: Library,
        lead: Course,
        owners: Mapping[str, str],
        day: date,
        minutes: int | None,
    ) -> None:
        self.sessions, self.library, self.day = sessions, library, day
        self.owners = owners
        self.lead = sessions[0]
        limits = lead.limits if lead.limits is not None and lead.limits.day == day else None
        told = limits.minutes if limits is not None else None
        own = minutes or told or lead.answers.minutes
        self.seconds = 60 * (own or max(one.minutes for one in sessions))
        high = irritability(lead.answers).change is Irritability.HIGH
        self.most = min(MOST, IRRITABLE_EXERCISES) if high else MOST
        self.dropped = [gone for one in sessions for gone in self._named(one)]
        self.dropped += [
            Dropped(one.program or "", None, one.because) for one in asked if one.refused
        ]

    def session(self) -> Session:
        chosen = self._chosen()
        ordered = spared(chosen, self.library.exercises)
        total = sum(one.clock_s for one in ordered)
        caps = min(one.cap for one in self.sessions)
        because = dict.fromkeys(why for one in self.sessions for why in one.because)
        return replace(
            self.lead, cap=caps, minutes=ceil(total / 60), slots=ordered,
            dropped=tuple(self.dropped), because=(self._why(), *because),
        )

    def _chosen(self) -> list[Planned]:
        chosen: list[Planned] = []
        for session, asked in self._by_turns():
            planned = self._walked(asked, chosen)
            why = self._clash(session, planned, chosen) or self._full(planned, chosen)
            if why is None:
                chosen.append(planned)
            else:
                self.dropped.append(Dropped(planned.slot, planned.exercise, (why,)))
        if chosen:
            return chosen
        first = next(planned for _, planned in self._by_turns())
        room = Room(most=1, seconds=self.seconds, whole_s=self.seconds)
        return trim([first], room, self.library.exercises)[0]

    def _by_turns(self) -> Iterator[tuple[Session, Planned]]:
        """Yield the exercises of all programs by turns: what is needed, what is optional, and last
        what may be done at any time of the day."""
        for can_go in ((False, False), (False, True), (True, False), (True, True)):
            lists = [
                [(one, planned) for planned in self._slots(one) if _can_go(planned) == can_go]
                for one in self.sessions
            ]
            for turn in zip_longest(*lists):
                yield from (one for one in turn if one is not None)

    def _slots(self, session: Session) -> Iterator[Planned]:
        for planned in session.slots:
            yield replace(planned, slot=self._slot(session, planned.slot))

    def _slot(self, session: Session, slot: str) -> str:
        name = self.owners.get(session.program or "")
        return slot if name is None else f"{name}{STROKE}{slot}"

    def _named(self, session: Session) -> Iterator[Dropped]:
        for gone in session.dropped:
            yield replace(gone, slot=self._slot(session, gone.slot))

    def _clash(
        self, session: Session, planned: Planned, chosen: Sequence[Planned]
    ) -> Reason | None:
        name = self.library.exercises[planned.exercise].name
        if any(one.exercise == planned.exercise for one in chosen):
            return Reason("shared", f"{name} counts for each of the programs.")
        for other in self.sessions:
            if other is not session and planned.exercise in self._avoided(other):
                title = self.library.programs[other.program or ""].title
                text = f"{name} is left out, because the {title} avoids it for now."
                return Reason("clash", text, (("program", other.program),))
        walks = [one for one in chosen if self._walk(one)]
        if walks and self._walk(planned):
            return Reason("shared", "One walk a day counts for all programs.")
        return None

    def _avoided(self, session: Session) -> frozenset[str]:
        program = self.library.programs[session.program or ""]
        return program.phase(session.phase or "").avoid

    def _walk(self, planned: Planned) -> bool:
        return easy_walking(self.library.exercises[planned.exercise])

    def _walked(self, planned: Planned, chosen: Sequence[Planned]) -> Planned:
        """Return easy walking cut to the time that is left, down to a minute."""
        left = self.seconds - sum(one.clock_s for one in chosen)
        time_s = planned.dose.time_s
        if not self._walk(planned) or time_s is None or not SHORTEST_WALK_S <= left < time_s:
            return planned
        dose = planned.dose.with_(time_s=left // WALK_STEP_S * WALK_STEP_S)
        exercise = self.library.exercises[planned.exercise]
        why = Reason("no-time", f"Shortened to fit {self.seconds // 60} minutes.")
        return replace(
            planned, dose=dose, clock_s=clock_s(exercise, dose), because=(*planned.because, why)
        )

    def _full(self, planned: Planned, chosen: Sequence[Planned]) -> Reason | None:
        counted = [one for one in chosen if not one.apart]
        if not planned.apart and len(counted) >= self.most:
            return Reason("enough-exercises", "Left out to keep today short.")
        if sum(one.clock_s for one in chosen) + planned.clock_s > self.seconds:
            minutes = self.seconds // 60
            return Reason("no-time", f"Left out to fit {minutes} minutes.", (("minutes", minutes),))
        return None

    def _why(self) -> Reason:
        titles = [self.library.programs[one.program or ""].title for one in self.sessions]
        text = (
            f"Today holds exercises of the {' and the '.join(titles)}, by turns. They stand in an "
            "order that spares you getting up and down."
        )
        return Reason("several", text, (("programs", ", ".join(titles)),))


def _can_go(planned: Planned) -> tuple[bool, bool]:
    return (planned.apart, planned.optional)
