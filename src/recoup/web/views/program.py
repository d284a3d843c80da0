"""The program as a whole, its weekly review, and moving on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recoup.model.program import Phase
from recoup.services import figures, mode, people, program, program_films, screening, shelf
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.forms.fields import posted
from recoup.web.forms.intake import QuestionForm
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


@require_safe
@for_person
def overview(request: HttpRequest, person: Person) -> HttpResponse:
    seen = program.overview(person, people.now_for(person))
    phases = seen.program.phases
    here = phases.index(seen.phase)
    stations = [
        Station(n + 1, phase, weeks_in_words(phase.weeks),
                "past" if n < here else "now" if n == here else "ahead")
        for n, phase in enumerate(phases)
    ]
    words, picked = seen.program.words, figures.figure_of(person)
    name = seen.program.id
    context = {
        "person": person,
        "nav": "program",
        "seen": seen,
        "stations": stations,
        "film": program_films.film_of(name, picked) or program_films.film_of(name),
        "picked": picked,
        "parts": [(title, words[part]) for part, title in _parts() if words.get(part)],
    }
    return render(request, "web/program.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def review(request: HttpRequest, person: Person) -> HttpResponse:
    asked = program.review_form(person)
    now = people.now_for(person)
    if stopped(program.today(person, now)):
        return redirect("today", person.pk)
    following = screening.week_next(person, now)
    if following is not None:
        return redirect("week", person.pk, following.id)
    form = WeekForm(asked.criteria, asked.activities, posted(request))
    if form.is_bound and form.is_valid():
        program.review(person, form.review(now.date()), now)
        return redirect("reviewed", person.pk)
    context = {"person": person, "form": form}
    return render(request, "web/review.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def week(request: HttpRequest, person: Person, question_id: str) -> HttpResponse:
    """Ask for danger signs before the week is looked back at."""
    program.review_form(person)
    try:
        place = screening.week_at(person, question_id)
    except LookupError:
        raise Http404 from None
    said = read_screen(request, place)
    if isinstance(said, QuestionForm):
        return show_screen(request, person, place, said, {"stage": "Your week", "week": True})
    screening.record_week(person, question_id, said, people.now_for(person))
    return redirect("review", person.pk)


@require_safe
@for_person
def reviewed(request: HttpRequest, person: Person) -> HttpResponse:
    outcome = program.reviewed(person)
    context = {
        "person": person,
        "nav": "program",
        "outcome": outcome,
        "progress": shelf.current().wording.notices["progress"],
    }
    return render(request, "web/reviewed.html", context)


@require_POST
@for_person
def advance(request: HttpRequest, person: Person) -> HttpResponse:
    program.advance(person, people.now_for(person), yes=request.POST.get("move") == "on")
    return redirect("program", person.pk)


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
