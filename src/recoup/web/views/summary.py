"""One page for a clinician: what was said, what the rules made of it, how it went since."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recoup.model.rule import Flag, Urgency
from recoup.services import people, shelf
from recoup.services import summary as services
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.said import in_words

SESSIONS = 5
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


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired, in the clinician's words: here what is suspected is named."""

    id: str
    level: str
    action: str
    suspected: str
    because: tuple[str, ...]


@require_safe
@for_person
def summary(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the page; the browser prints it, or saves it as PDF."""
    now = people.now_for(person)
    found = services.for_clinician(person, now)
    vocabulary = shelf.current().vocabulary
    context = {
        "person": person,
        "day": now,
        "level": _overall(found.outcome.triage.urgency),
        "action": PROGRAM[found.outcome.triage.action.word],
        "rules": [_fired(flag) for flag in found.outcome.triage.flags],
        "matches": [
            (one, in_words(one.for_, vocabulary), in_words(one.against, vocabulary))
            for one in found.outcome.matches
        ],
        "said": [one for one in found.said if one.texts],
        "none": [one.question.heading for one in found.said if not one.texts],
        "unsure": in_words(_tokens(found), vocabulary),
        "cleared": found.cleared,
        "program": shelf.current().programs.get(found.course.program or ""),
        "course": found.course,
        "sessions": found.course.records[-SESSIONS:],
        "version": found.version,
    }
    return render(request, "web/summary.html", context)


def _overall(urgency: Urgency) -> str:
    if urgency is Urgency.SELF_MANAGE:
        return "No rule asks for care now"
    return f"To be seen: {LEVELS[urgency]}"


def _fired(flag: Flag) -> FiredRule:
    because = in_words(flag.because, shelf.current().vocabulary)
    return FiredRule(flag.id, LEVELS[flag.urgency], flag.action.word, flag.suspected, because)


def _tokens(found: services.ForClinician) -> tuple[str, ...]:
    known = shelf.current().vocabulary.lists["sx"]
    return tuple(f"sx:{key}" for key in sorted(found.answers.unsure) if key in known)
