"""The whole intake: triage first, then recognition, then what program is offered."""

from __future__ import annotations

from recoup.care.course import CLEARED
from recoup.care.places import counted_there
from recoup.care.recognition import recognise
from recoup.care.triage import stops_program, triage
from recoup.model.answers import Answers
from recoup.model.condition import Fit, Match
from recoup.model.content import Library
from recoup.model.decision import Decision, Reason
from recoup.model.intake import Intake, Triage

FACET = "lumbar-facet-joint-pain"
DISC = "bending-sensitive-low-back-pain"
NON_SPECIFIC_BACK = "low-back-pain"
OPPOSITE = {FACET, DISC}
"""Patterns that like opposite movements."""

CONFLICT_MARGIN = 3
REFER = "REFER"
LOCKED = ("CLEARANCE", "POSTOP")


def intake(answers: Answers, library: Library, *, new_symptom: bool = False) -> Intake:
    """Return urgency, program action, matches and the offered program, each with reasons."""
    screened = triage(answers, library, new_symptom=new_symptom)
    matches = recognise(answers, counted_there(answers, library))
    offer = offer_of(screened, matches, answers, library)
    return Intake(screened, matches, offer.change, screened.because + offer.because)


def allowed(found: Intake, answers: Answers, library: Library) -> tuple[str, ...]:
    """Return the programs that a person may choose, the offered one first.

    Others are those of the patterns shown, unless a red flag stops every program, a clinician has
    to agree, or they ask for the movements that the leading pattern is sore with.
    """
    if stops_program(found.triage):
        return ()
    reason = Reason("chosen", "You chose it.")
    others = [
        _program_for(match.condition, reason, answers, library).change
        for match in found.matches
        if match.fit is not Fit.NOT_CLEAR and not _opposes(match, found.matches)
    ]
    ids = (found.program, *others)
    return tuple(dict.fromkeys(name for name in ids if name is not None))


def routines(
    answers: Answers, library: Library, *, new_symptom: bool = False
) -> tuple[str, ...]:
    """Return the programs for the sore places by name, without any ranking: the person picks.

    A red flag that stops every program leaves none, and what waits for a clinician is not there.
    """
    if stops_program(triage(answers, library, new_symptom=new_symptom)):
        return ()
    reason = Reason("chosen", "You chose it.")
    sore = {f"s:{site}" for site in answers.sites}
    here = (one for one in library.conditions.values() if not one.gate.isdisjoint(sore))
    found = {_program_for(one.id, reason, answers, library).change for one in here}
    return tuple(sorted(name for name in found if name is not None))


def _opposes(match: Match, matches: tuple[Match, ...]) -> bool:
    """Whether a pattern likes the opposite of the leading one, or one of two that fit alike."""
    if match.condition not in OPPOSITE:
        return False
    against = OPPOSITE - {match.condition}
    return _directions_conflict(matches) or matches[0].condition in against


def offer_of(
    screened: Triage, matches: tuple[Match, ...], answers: Answers, library: Library
) -> Decision[str | None]:
    """Return the program for these matches, best first, or None; either with its reasons."""
    if stops_program(screened):
        words = "No program is offered until this has been checked."
        return Decision(None, (Reason("program-stopped", words),))
    if not matches:
        words = "Your answers do not point to one pattern, so no program is offered yet."
        return Decision(None, (Reason("no-match", words),))
    if _directions_conflict(matches):
        words = (
            "Two patterns fit about as well, and they ask for opposite movements. "
            "Start with care that leans neither way, and answer again in a week."
        )
        reason = Reason("direction-conflict", words)
        return _program_for(NON_SPECIFIC_BACK, reason, answers, library)
    top = _leading(matches, library)
    says = {
        Fit.FITS_WELL: "fits your answers well",
        Fit.COULD_FIT: "could fit your answers",
        Fit.NOT_CLEAR: "is the general pattern for this area; your answers are not clear enough",
    }[top.fit]
    reason = Reason(f"match-{top.fit}", f"{top.name} {says}.", (("score", top.score),))
    return _program_for(top.condition, reason, answers, library)


def _leading(matches: tuple[Match, ...], library: Library) -> Match:
    """Return the match to start with: where nothing is clear, the general one of the area."""
    general = (m for m in matches if library.conditions[m.condition].fallback is not None)
    return matches[0] if matches[0].fit is not Fit.NOT_CLEAR else next(general, matches[0])


def _directions_conflict(matches: tuple[Match, ...]) -> bool:
    """Facet and disc patterns like opposite movements (``clinical/coverage.md``, rule 7)."""
    if len(matches) < 2:
        return False
    first, second = matches[:2]
    close = abs(first.score - second.score) < CONFLICT_MARGIN
    return close and {first.condition, second.condition} == OPPOSITE


def _program_for(
    condition: str, reason: Reason, answers: Answers, library: Library
) -> Decision[str | None]:
    template = library.conditions[condition].template
    if template == REFER:
        words = "This is for a clinician to look at. There is no exercise program for it."
        return Decision(None, (reason, Reason("no-program", words)))
    if template in LOCKED and CLEARED not in answers.hx - answers.unsure - answers.skipped:
        words = "A clinician has to agree before you exercise. Tell us here when they have."
        return Decision(None, (reason, Reason("needs-clearance", words)))
    program = next((p for p in library.programs.values() if p.condition == condition), None)
    if program is None:
        words = "The program for this area is still being written."
        return Decision(None, (reason, Reason("program-coming", words)))
    return Decision(program.id, (reason,))
