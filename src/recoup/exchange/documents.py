"""Decisions as JSON documents: the contract of ``recoup intake`` and ``recoup plan``."""

from __future__ import annotations

from typing import Any

from recoup.model.condition import Match
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.exercise import Exercise, Sides
from recoup.model.intake import Intake
from recoup.model.rule import Flag
from recoup.model.session import Dropped, Planned, Session

Document = dict[str, Any]


def intake_document(intake: Intake) -> Document:
    return {
        "urgency": intake.triage.urgency.word,
        "program_action": intake.triage.action.word,
        "flags": [flag_document(flag) for flag in intake.triage.flags],
        "matches": [_match(match) for match in intake.matches],
        "program": intake.program,
        "because": reasons_document(intake.because),
    }


def session_document(session: Session, library: Library) -> Document:
    refused = session.refused
    return {
        "date": session.day.isoformat(),
        "condition": session.condition,
        "phase": session.phase,
        "refused": None
        if refused is None
        else {"flags": [flag_document(flag) for flag in refused]},
        "cap": session.cap,
        "minutes": session.minutes,
        "slots": [_slot(one, library.exercises[one.exercise]) for one in session.slots],
        "dropped": [_dropped(one) for one in session.dropped],
        "because": reasons_document(session.because),
    }


def flag_document(flag: Flag) -> Document:
    return {
        "id": flag.id,
        "suspected": flag.suspected,
        "urgency": flag.urgency.word,
        "message": flag.message,
        "because": list(flag.because),
    }


def reasons_document(reasons: tuple[Reason, ...]) -> list[Document]:
    return [
        {"rule": reason.rule, "inputs": dict(reason.inputs), "text": reason.text}
        for reason in reasons
    ]


def _match(match: Match) -> Document:
    return {
        "condition": match.condition,
        "code": match.code,
        "name": match.name,
        "score": match.score,
        "fit": str(match.fit),
        "for": list(match.for_),
        "against": list(match.against),
        "not_asked": list(match.not_asked),
    }


def _slot(planned: Planned, exercise: Exercise) -> Document:
    dose = planned.dose
    tempo = exercise.limits.tempo_s
    return {
        "slot": planned.slot,
        "exercise": exercise.id,
        "code": exercise.code,
        "name": exercise.name,
        "motion": exercise.motion,
        "dose": {
            "sets": dose.sets,
            "reps": dose.reps,
            "hold_s": dose.hold_s,
            "time_s": dose.time_s,
            "rest_s": dose.rest_s,
            "tempo": list(tempo) if tempo else None,
            "each_side": exercise.sides in (Sides.EACH, Sides.ALTERNATING),
            "variant": dose.variant,
        },
        "order": list(planned.order),
        "seconds": planned.clock_s,
        "apart": planned.apart,
        "optional": planned.optional,
        "level": planned.level,
        "because": reasons_document(planned.because),
    }


def _dropped(dropped: Dropped) -> Document:
    return {
        "slot": dropped.slot,
        "exercise": dropped.exercise,
        "because": reasons_document(dropped.because),
    }
