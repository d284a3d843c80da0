"""The summary for a clinician in words, the same for the page, the printer and the PDF."""

from __future__ import annotations

from datetime import date, datetime

from recoup.care.clearance import Held
from recoup.care.course import Record
from recoup.exchange.clinician import FiredRule, Pattern, Summary, Told
from recoup.model.condition import Match
from recoup.model.rule import Flag, Urgency
from recoup.services import shelf
from recoup.services.summary import ForClinician
from recoup.web.said import in_words

SESSIONS = 5
SHORT = 12
LEVELS = {
    Urgency.EMERGENCY: "emergency",
    Urgency.SAME_DAY: "same day",
    Urgency.URGENT_2W: "within two weeks",
    Urgency.ROUTINE: "routine",
    Urgency.SELF_MANAGE: "program filter",
}
PROGRAM = {
    "allow": "may start",
    "modify": "may start, with changes",
    "pause": "waits until this was checked",
    "block": "locked until a clinician has assessed",
}


def in_a_clinicians_words(found: ForClinician, now: datetime, standing: str) -> Summary:
    vocabulary = shelf.current().vocabulary
    triage = found.outcome.triage
    known = vocabulary.lists["sx"]
    unsure = (f"sx:{key}" for key in sorted(found.answers.unsure) if key in known)
    return Summary(
        day=f"{_day(now)}, {now:%H:%M}",
        level=f"{_level(triage.urgency)}. Program: {PROGRAM[triage.action.word]}.",
        rules=tuple(map(_fired, triage.flags)),
        unsure=in_words(unsure, vocabulary),
        cleared=_cleared(found.cleared),
        patterns=tuple(map(_pattern, found.outcome.matches)),
        told=tuple(Told(one.question.heading, one.texts) for one in found.said if one.texts),
        none=tuple(one.question.heading for one in found.said if not one.texts),
        since=_since(found),
        sessions=tuple(map(_session, found.course.records[-SESSIONS:])),
        version=found.version[:SHORT],
        standing=standing,
    )


def _level(urgency: Urgency) -> str:
    if urgency is Urgency.SELF_MANAGE:
        return "No rule asks for care now"
    return f"To be seen: {LEVELS[urgency]}"


def _fired(flag: Flag) -> FiredRule:
    because = in_words(flag.because, shelf.current().vocabulary)
    return FiredRule(flag.id, LEVELS[flag.urgency], flag.action.word, flag.suspected, because)


def _pattern(match: Match) -> Pattern:
    vocabulary = shelf.current().vocabulary
    for_, against = in_words(match.for_, vocabulary), in_words(match.against, vocabulary)
    return Pattern(match.name, match.code, f"{match.score:g}", for_, against)


def _cleared(held: Held | None) -> str:
    if held is None:
        return ""
    until = "holds until" if held.holds else "ended"
    by = held.by or "Not written down by whom"
    return f"{by}, {_day(held.day)}, {until} {_day(held.until)}."


def _since(found: ForClinician) -> str:
    program = shelf.current().programs.get(found.course.program or "")
    started = found.course.started
    return f"{program.title}, since {_day(started)}." if program and started else ""


def _session(record: Record) -> str:
    day = f"{record.day.day} {record.day:%B}"
    return f"{day}: pain {record.during} during, {record.after} after, effort {record.effort} of 10"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
