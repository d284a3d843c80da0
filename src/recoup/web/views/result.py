"""What the answers mean: how soon to be seen, which pattern fits, what is offered."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from recoup.model.condition import Match
from recoup.model.content import Library
from recoup.model.intake import Intake
from recoup.model.program import Program, ReferPage
from recoup.model.rule import Action, Flag, Urgency
from recoup.model.wording import UrgencyWords
from recoup.services import clearance, intake, mode, outcome, people, program, shelf
from recoup.services.outcome import Clearing, Outcome
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.said import in_words

ICONS = {
    Urgency.EMERGENCY: "phone",
    Urgency.SAME_DAY: "clock",
    Urgency.URGENT_2W: "calendar",
    Urgency.ROUTINE: "calendar",
    Urgency.SELF_MANAGE: "check",
}
SCREEN_INCOMPLETE = "RF-SY-12"
COMING = "program-coming"


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """A reason to be seen: what to do about it, and the answers behind it."""

    message: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownMatch:
    name: str
    confidence: str
    means: str
    approved: tuple[str, ...]
    for_: tuple[str, ...]
    against: tuple[str, ...]
    not_asked: tuple[str, ...]


def care_context(flags: tuple[Flag, ...], urgency: Urgency, library: Library) -> dict[str, object]:
    """Return what the care card of an urgency needs; shared with a refused session."""
    shown = [
        ShownFlag(flag.message, _said(flag, library))
        for flag in flags
        if flag.id != SCREEN_INCOMPLETE
        and (flag.urgency > Urgency.SELF_MANAGE or flag.action >= Action.PAUSE)
    ]
    return {
        "urgency": urgency.word,
        "words": _words(flags, urgency, library),
        "icon_name": ICONS[urgency],
        "flags": shown,
        "told": tuple(dict.fromkeys(text for flag in shown for text in flag.because)),
    }


def _words(flags: tuple[Flag, ...], urgency: Urgency, library: Library) -> UrgencyWords:
    """Return the card of the urgency, or the own card of the rules that alone made it so urgent."""
    fired = {flag.id for flag in flags if flag.urgency == urgency}
    for card in library.wording.own_cards.values():
        if fired and fired <= card.rules:
            return card.words
    return library.wording.urgency[urgency.word]


def remembered(response: HttpResponse, urgency: Urgency) -> HttpResponse:
    """Tell the browser's worker how soon the person should be seen: nothing else is kept there."""
    response.headers["Recoup-Care"] = urgency.word
    return response


def cleared_context(clearing: Clearing) -> dict[str, object]:
    """Return what a page says of a clinician's OK: the one on record, or that one would help."""
    given = clearing.held
    return {
        "cleared": given,
        "cleared_for": sorted(given.rules - {clearance.LOCKED}) if given else (),
        "may_clear": clearing.may_clear,
    }


@require_safe
@for_person
def result(request: HttpRequest, person: Person) -> HttpResponse:
    library = shelf.current()
    seen = outcome.look(person, people.now_for(person))
    found = seen.found
    urgency = found.triage.urgency
    context = {"person": person, **care_context(found.triage.flags, urgency, library)}
    if urgency >= Urgency.SAME_DAY:
        return remembered(render(request, "web/result_care.html", context), urgency)
    context |= cleared_context(seen.clearing)
    context["awaits_clinician"] = seen.awaits_clinician
    incomplete = any(flag.id == SCREEN_INCOMPLETE for flag in found.triage.flags)
    matches = [shown_match(match, library) for match in alike(seen)]
    context |= {
        "incomplete": incomplete,
        "waiting": seen.waiting if incomplete else None,
        "paused": found.triage.action >= Action.PAUSE,
        "top": matches[0] if matches else None,
        "others": matches[1:3],
        "several": bool(seen.starts),
        "offered": library.programs[found.program] if found.program else None,
        "choices": [library.programs[name] for name in seen.choices if name != found.program],
        "routines": [_routine(library.programs[name], library) for name in seen.choices],
        "coming": any(reason.rule == COMING for reason in found.because),
        "because": _offer_reasons(found),
        "may_skip_first": found.program in seen.may_skip_first,
        "refer": _refer_page(found, library),
        "locked": _locked(found, library),
    }
    page = "web/result_routines.html" if mode.is_education() else "web/result.html"
    return remembered(render(request, page, context), urgency)


def _routine(program: Program, library: Library) -> tuple[Program, str]:
    """Return a program and what it is for."""
    return program, library.conditions[program.condition].name


def alike(seen: Outcome) -> tuple[Match, ...]:
    """Return the matches that can be taken for each other: of several painful parts, those of the
    first."""
    return seen.starts[0].matches if seen.starts else seen.found.matches


@require_POST
@for_person
def start(request: HttpRequest, person: Person) -> HttpResponse:
    """Start the program that the person's own answers offer, or another that they allow."""
    now = people.now_for(person)
    chosen = request.POST.get("program")
    if chosen is None and not mode.is_education():
        chosen = intake.outcome(person, now).program
    if chosen is None:
        return redirect("result", person.pk)
    try:
        program.enrol(person, chosen, now, skip_first=request.POST.get("skip_first") == "yes")
    except program.NotOffered:
        return redirect("result", person.pk)
    return redirect("today", person.pk)


@require_safe
@for_person
def choose(request: HttpRequest, person: Person, program_id: str) -> HttpResponse:
    """Show what it means to choose a program that is not the offered one."""
    now = people.now_for(person)
    library = shelf.current()
    seen = outcome.look(person, now)
    if program_id not in seen.choices or mode.is_education():
        raise Http404
    wanted, found = library.programs[program_id], seen.found
    own = next((one for one in found.matches if one.condition == wanted.condition), None)
    context = {
        "person": person,
        "wanted": wanted,
        "match": shown_match(own, library) if own else None,
        "leading": shown_match(found.matches[0], library) if found.matches else None,
        "same": own is not None and own == found.matches[0],
        "may_skip_first": program_id in seen.may_skip_first,
    }
    return render(request, "web/choose.html", context)


@require_safe
@for_person
def compare(request: HttpRequest, person: Person) -> HttpResponse:
    """Put the patterns that fit side by side: each answer, and what it says for and against."""
    library = shelf.current()
    seen = outcome.look(person, people.now_for(person))
    matches = alike(seen)
    if mode.is_education() or len(matches) < 2 or seen.found.triage.action >= Action.PAUSE:
        return redirect("result", person.pk)
    told = dict.fromkeys(token for match in matches for token in (*match.for_, *match.against))
    rows = [
        (in_words((token,), library.vocabulary)[0], [_says(token, one) for one in matches])
        for token in told
    ]
    rows.sort(key=lambda row: len(set(row[1])) == 1)  # what tells them apart comes first
    context = {
        "person": person,
        "matches": [
            (match.name.split("/"), library.wording.confidence[match.fit.value][0])
            for match in matches
        ],
        "rows": rows,
    }
    return render(request, "web/compare.html", context)


@require_safe
@for_person
def refer(request: HttpRequest, person: Person, page_id: str) -> HttpResponse:
    """Show what to do about a pattern that is for a clinician alone."""
    shown = shelf.current().refer_pages.get(page_id)
    if shown is None:
        raise Http404
    return render(request, "web/refer.html", {"person": person, "shown": shown})


def _refer_page(found: Intake, library: Library) -> ReferPage | None:
    """Return the page of the leading pattern where it is for a clinician alone."""
    leading = found.matches[0].condition if found.matches else None
    pages = library.refer_pages.values()
    return next((one for one in pages if one.condition == leading), None)


def _locked(found: Intake, library: Library) -> Program | None:
    """Return the program that waits for a clinician's OK, if one does."""
    if not any(reason.rule == clearance.LOCKED for reason in found.because):
        return None
    leading = found.matches[0].condition
    programs = library.programs.values()
    return next((one for one in programs if one.condition == leading), None)


def _says(token: str, match: Match) -> str:
    if token in match.for_:
        return "for"
    return "against" if token in match.against else ""


def shown_match(match: Match, library: Library) -> ShownMatch:
    confidence, means = library.wording.confidence[match.fit.value]
    programs = library.programs.values()
    own = next((one for one in programs if one.condition == match.condition), None)
    vocabulary = library.vocabulary
    return ShownMatch(
        name=match.name,
        confidence=confidence,
        means=means,
        approved=tuple(own.words.get("approved", ())) if own else (),
        for_=in_words(match.for_, vocabulary),
        against=in_words(match.against, vocabulary),
        not_asked=in_words(match.not_asked, vocabulary),
    )


def _said(flag: Flag, library: Library) -> tuple[str, ...]:
    """What the person did say: what they did not say would only puzzle here."""
    said = (token for token in flag.because if not token.startswith("!"))
    return in_words(said, library.vocabulary)


def _offer_reasons(found: Intake) -> tuple[str, ...]:
    """Why this program, or none: not the red flags again, and not "coming", which has a notice."""
    flags = {flag.id for flag in found.triage.flags}
    return tuple(
        reason.text
        for reason in found.because
        if reason.rule not in flags and reason.rule != COMING
    )
