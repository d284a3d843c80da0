"""Several painful parts of the body: what fits each, and which to start with.

Source: ``clinical/coverage.md``, rule 8. Matching runs for each group of places alone; the person
chooses ONE to start with, and a second comes after two steady weeks. Nothing here says that one
part causes pain in another: no form can tell.
"""

from __future__ import annotations

from dataclasses import replace

from recoup.care.facts import EVERYWHERE
from recoup.care.intake import offer_of
from recoup.care.places import counted_there
from recoup.care.recognition import recognise
from recoup.care.triage import stops_program, triage
from recoup.model.answers import NOTHING, Answers
from recoup.model.condition import Fit
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.intake import Start, Triage

SUGGESTED = "suggested-first"


def groups_of(answers: Answers, library: Library) -> tuple[frozenset[str], ...]:
    """Return the painful places in groups that one problem could explain.

    Places are one group when they lie in one region, or when one pattern that fits the answers
    may be felt in both, directly or through another painful place. Pain all over is no place.
    """
    known = library.vocabulary.lists["sites"]
    places = {site for site in answers.sites if EVERYWHERE not in known[site].regions}
    counted = _of(counted_there(answers, library), whole=False)
    felt = [
        counted.conditions[match.condition].gate
        for match in recognise(answers, counted)
        if match.fit is not Fit.NOT_CLEAR
    ]
    groups: list[tuple[frozenset[str], frozenset[str]]] = []
    for site in sorted(places):
        sites, ties = frozenset({site}), known[site].regions
        ties |= {str(number) for number, gate in enumerate(felt) if f"s:{site}" in gate}
        for group in [one for one in groups if not one[1].isdisjoint(ties)]:
            groups.remove(group)
            sites, ties = sites | group[0], ties | group[1]
        groups.append((sites, ties))
    return tuple(sites for sites, _ in groups)


def starts_of(
    answers: Answers, library: Library, *, new_symptom: bool = False
) -> tuple[Start, ...]:
    """Return each part that the person could start with, the one to suggest first.

    None where pain is in one part alone, or where a red flag stops any program. What concerns the
    whole body, such as pain in many areas, is a part of its own.
    """
    screened = triage(answers, library, new_symptom=new_symptom)
    groups = groups_of(answers, library)
    if stops_program(screened) or not answers.sites:
        return ()
    counted = counted_there(answers, library)
    parts = _of(counted, whole=False)
    found = [_start(group, answers, parts, screened) for group in groups]
    everywhere = _start(answers.sites, answers, _of(counted, whole=True), screened)
    if any(match.fit is not Fit.NOT_CLEAR for match in everywhere.matches):
        found.append(replace(everywhere, sites=NOTHING))
    if len(found) < 2:
        return ()
    found.sort(key=lambda one: (-_best(one), sorted(one.sites)))
    first = replace(found[0], because=(*found[0].because, _suggested()))
    return (first, *found[1:])


def shared_by(starts: tuple[Start, ...], library: Library) -> tuple[str, ...]:
    """Return the exercises that stand in more than one of the programs, by name."""
    programs = {one.program for one in starts if one.program is not None}
    seen: dict[str, int] = {}
    for name in sorted(programs):
        for exercise in _exercises(name, library):
            seen[exercise] = seen.get(exercise, 0) + 1
    return tuple(sorted(library.exercises[one].name for one, count in seen.items() if count > 1))


def _start(
    sites: frozenset[str], answers: Answers, library: Library, screened: Triage
) -> Start:
    here = replace(answers, sites=sites)
    matches = recognise(here, library)
    offer = offer_of(screened, matches, here, library)
    return Start(sites, matches, offer.change, offer.because)


def _of(library: Library, *, whole: bool) -> Library:
    """Return the library with the conditions of the whole body alone, or without them."""
    kept = {
        name: condition
        for name, condition in library.conditions.items()
        if (condition.region == EVERYWHERE) is whole
    }
    return replace(library, conditions=kept)


def _best(start: Start) -> float:
    return start.matches[0].score if start.matches else float("-inf")


def _suggested() -> Reason:
    words = (
        "More of your answers speak about this part, so we suggest it first. "
        "If another place troubles you more, start there."
    )
    return Reason(SUGGESTED, words)


def _exercises(program: str, library: Library) -> frozenset[str]:
    return frozenset(
        item.exercise
        for phase in library.programs[program].phases
        for slot in phase.slots
        for choice in slot.choices
        for item in choice.items
    )
