"""What happened, as an append-only log. A person's state is a fold over these values.

Each kind has its own data; the same id twice is one event; order is (at, device, seq).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from recoup.model.answers import Activity, Answers


@dataclass(frozen=True, slots=True)
class Answered:
    """Some intake answers were given or changed; later answers to the same screen win.

    ``answers`` holds only what the screen asked: ``fields`` names it, scalars by name and keys
    of lists as tokens ("agg:walk"), so an empty tick screen clears what was ticked before.
    ``screen`` is the question's id, or "intake" for all at once.
    """

    screen: str
    fields: frozenset[str]
    answers: Answers


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A program was started; ``library`` is the content hash of the text it is pinned to.

    ``beside``: it goes on beside the program there was, for another part of the body.
    """

    program: str
    library: str
    phase: str | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """One exercise of a session: done, partly, skipped, or easier or harder asked for.

    ``session`` is the day it belongs to. ``pain`` is the worst pain during it, 0-10.
    """

    session: date
    slot: str
    exercise: str
    result: str
    reason: str = ""
    pain: int | None = None


@dataclass(frozen=True, slots=True)
class SessionDone:
    """A session was reported: worst pain during, pain right after, effort (all 0-10).

    ``hurt`` names the exercise that hurt most, if any. ``new`` lists new symptoms. ``moved`` says
    where the pain went during the session: "further" down the arm or leg, or "back" from it.
    """

    session: date
    during: int
    after: int
    effort: int
    hurt: str | None = None
    new: frozenset[str] = frozenset()
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class MorningReport:
    """The next morning: pain 0-10, stiffness in minutes, whether it is back to usual, and whether
    the person calls it a flare-up."""

    day: date
    pain: int
    stiffness_min: int | None = None
    settled: bool | None = None
    flare: bool | None = None


@dataclass(frozen=True, slots=True)
class WeeklyReview:
    """The weekly questions: average pain, own activities, overall change (-5..+5), and the
    answers to the phase gate's own questions by criterion id. ``advance`` is the person's choice
    when the gate is open, or when they may finish: "yes", "no" or None when not offered.
    ``distressed`` and ``off_work`` (for more than four weeks) call for a clinician's help.
    ``beside`` holds that choice for programs that go on beside the leading one; their criteria
    carry the program's name and a stroke."""

    day: date
    average: int
    change: int | None = None
    activities: tuple[Activity, ...] = ()
    gate: Mapping[str, int] = field(default_factory=dict)
    advance: str | None = None
    distressed: bool | None = None
    off_work: bool | None = None
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Symptom:
    """The answer to "Anything new?" before a session; an empty ``new`` means nothing new.

    It also holds what today is like: ``minutes`` at hand, ``place`` ("home", "work", or
    "standing" where only standing will do), equipment that is ``missing`` today ("floor" and
    "bed" among it), and after missed days why (``missed_because``: "time", "pain", "boredom",
    "forgot", "unwell" or "worse").
    """

    day: date
    new: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    pain_now: int | None = None
    slept_well: bool | None = None
    minutes: int | None = None
    place: str | None = None
    missing: frozenset[str] = frozenset()
    missed_because: str | None = None


@dataclass(frozen=True, slots=True)
class Cleared:
    """A clinician said it is fine to go on: who and when, and for which red flags; no rules means
    that nobody said. ``entered`` is who wrote it down: "person" or "clinician"."""

    by: str
    day: date
    rules: frozenset[str] = frozenset()
    entered: str = "person"


@dataclass(frozen=True, slots=True)
class Corrected:
    """An earlier event was a mistake; it is left in the log and ignored."""

    event: str


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The program moved to a newer library version, at a phase boundary."""

    library: str


Data = (
    Answered
    | Enrolled
    | ExerciseDone
    | SessionDone
    | MorningReport
    | WeeklyReview
    | Symptom
    | Cleared
    | Corrected
    | Upgraded
)


@dataclass(frozen=True, slots=True)
class Event:
    id: str
    at: datetime
    device: str
    seq: int
    data: Data

    @property
    def order(self) -> tuple[datetime, str, int]:
        return (self.at, self.device, self.seq)
