"""The program as a whole, its weekly review, and moving on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recoup.model.program import Phase
from recoup.services import (
    adding,
    figures,
    mode,
    people,
    program,
    program_films,
    screening,
    shelf,
    weekly,
)
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.forms.fields import posted
from recoup.web.forms.question import QuestionForm
from recoup.web.forms.reports import WeekForm
from recoup.web.views.intake import read_screen, show_screen
from recoup.web.views.today import stopped

PARTS = (
    ("about", "About this pattern"),
    ("expectations", "What to expect"),
    ("flare", "If it flares up"),
    ("stop", "When to stop and be seen"),
    ("refer", "When to see a clinician"),
    ("evidence", "How sure we are"),
)


OUTCOME = "expectations"
"""What is claimed about how it will go; not said in education mode."""


@dataclass(frozen=True, slots=True)
class Station:
    """A phase on the way: past, now or ahead."""

    number: int
    phase: Phase
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A program on its way, as it is drawn."""

    seen: program.Overview
    stations: tuple[Station, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]


@require_safe
@for_person
def overview(request: HttpRequest, person: Person) -> HttpResponse:
    now = people.now_for(person)
    lead, *beside = (_shown(one) for one in program.overviews(person, now))
    name, picked = lead.seen.program.id, figures.figure_of(person)
    context = {
        "person": person,
        "nav": "program",
        "seen": lead.seen,
        "stations": lead.stations,
        "parts": lead.parts,
        "beside": beside,
        "film": program_films.film_of(name, picked) or program_films.film_of(name),
        "picked": picked,
        "adding": adding.adding(person, now),
    }
    return render(request, "web/program.html", context)


def _shown(seen: program.Overview) -> Shown:
    phases, words = seen.program.phases, seen.program.words
    here = phases.index(seen.phase)
    stations = tuple(
        Station(n + 1, phase, weeks_in_words(phase.weeks),
                "past" if n < here else "now" if n == here else "ahead")
        for n, phase in enumerate(phases)
    )
    parts = tuple((title, words[name]) for name, title in _parts() if words.get(name))
    return Shown(seen, stations, parts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def add(request: HttpRequest, person: Person, program_id: str) -> HttpResponse:
    """Show what a second program means, and start it beside the first one."""
    now = people.now_for(person)
    found = adding.adding(person, now)
    wanted = next((one for one in found.programs if one.id == program_id), None)
    if wanted is None or not found.steady:
        raise Http404
    if request.method == "POST":
        adding.add(person, program_id, now)
        return redirect("program", person.pk)
    context = {"person": person, "wanted": wanted}
    return render(request, "web/add.html", context)


@require_POST
@for_person
def again(request: HttpRequest, person: Person) -> HttpResponse:
    """Start a finished program again, because it came back: first "Anything new?"."""
    try:
        program.again(person, people.now_for(person))
    except program.NotOffered:
        return redirect("result", person.pk)
    return redirect("check", person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def review(request: HttpRequest, person: Person) -> HttpResponse:
    now = people.now_for(person)
    asked = weekly.review_form(person, now)
    if stopped(program.today(person, now)):
        return redirect("today", person.pk)
    following = screening.week_next(person, now)
    if following is not None:
        return redirect("week", person.pk, following.id)
    questions = [(one.program.title, one.criteria) for one in asked.programs]
    form = WeekForm(questions, asked.activities, posted(request))
    if form.is_bound and form.is_valid():
        weekly.review(person, form.review(now.date()), now)
        return redirect("reviewed", person.pk)
    context = {"person": person, "form": form}
    return render(request, "web/review.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def week(request: HttpRequest, person: Person, question_id: str) -> HttpResponse:
    """Ask for danger signs before the week is looked back at."""
    now = people.now_for(person)
    program.overview(person, now)
    try:
        place = screening.week_at(person, question_id)
    except LookupError:
        raise Http404 from None
    said = read_screen(request, place)
    if isinstance(said, QuestionForm):
        return show_screen(request, person, place, said, {"stage": "Your week", "week": True})
    screening.record_week(person, question_id, said, now)
    return redirect("review", person.pk)


DECIDED = frozenset({"How it goes", "See a clinician", "Another program", "Finished"})
"""Titles of what a review decides beyond the gate, which the page shows before all else."""


@require_safe
@for_person
def reviewed(request: HttpRequest, person: Person) -> HttpResponse:
    outcome = weekly.reviewed(person)
    told = [
        (one.title, tuple(dict.fromkeys(why.text for why in one.because)))
        for one in outcome.told
        if one.title in DECIDED
    ]
    context = {
        "person": person,
        "nav": "program",
        "outcome": outcome,
        "told": told,
        "choices": [one for one in outcome.programs if one.open or one.may_finish],
        "several": len(outcome.programs) > 1,
        "progress": shelf.current().wording.notices["progress"],
    }
    return render(request, "web/reviewed.html", context)


@require_POST
@for_person
def advance(request: HttpRequest, person: Person) -> HttpResponse:
    weekly.advance(
        person, people.now_for(person),
        yes=request.POST.get("move") == "on", program=request.POST.get("program", ""),
    )
    left = any(one.open or one.may_finish for one in weekly.reviewed(person).programs)
    return redirect("reviewed" if left else "program", person.pk)


def weeks_in_words(weeks: tuple[int, int | None]) -> str:
    """Say when a phase usually runs.

    >>> weeks_in_words((0, 2)), weeks_in_words((8, None))
    ('usually weeks 1 and 2', 'usually from week 9')
    """
    first, last = weeks
    if last is None:
        return f"usually from week {first + 1}"
    if last - first <= 2:
        return f"usually weeks {first + 1} and {last}"
    return f"usually weeks {first + 1} to {last}"


def _parts() -> tuple[tuple[str, str], ...]:
    return tuple(part for part in PARTS if part[0] != OUTCOME or not mode.is_education())
