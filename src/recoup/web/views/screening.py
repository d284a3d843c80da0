"""The way back: the open safety questions, one a screen, and then today again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recoup.services import intake, people, screening
from recoup.services.people import Person
from recoup.services.screening import Waiting
from recoup.web.access import for_person
from recoup.web.forms.question import QuestionForm
from recoup.web.views.intake import read_screen, show_screen


@require_safe
@for_person
def first(request: HttpRequest, person: Person) -> HttpResponse:
    return _onward(person, screening.waiting(person, people.now_for(person)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def question(request: HttpRequest, person: Person, question_id: str) -> HttpResponse:
    """Ask one open question. One that is answered already leads on to the next."""
    now = people.now_for(person)
    try:
        place = screening.at(person, question_id, now)
    except LookupError:
        return _onward(person, screening.waiting(person, now))
    said = read_screen(request, place)
    if isinstance(said, QuestionForm):
        return show_screen(
            request, person, place, said, {"stage": "Safety questions", "again": True}
        )
    return _onward(person, screening.record(person, question_id, said, now))


@require_safe
@for_person
def still_so(request: HttpRequest, person: Person) -> HttpResponse:
    """Lead through what may have changed in four weeks, one question after the other."""
    left = screening.changing(person, people.now_for(person))
    if not left:
        return redirect("person", person.pk)
    return redirect("still-so-question", person.pk, left[0].id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def still_so_question(request: HttpRequest, person: Person, question_id: str) -> HttpResponse:
    now = people.now_for(person)
    if question_id not in {one.id for one in screening.changing(person, now)}:
        return redirect("still-so", person.pk)
    place = intake.at(person, question_id)
    said = read_screen(request, place)
    if isinstance(said, QuestionForm):
        return show_screen(request, person, place, said, {"stage": "Still so?", "again": True})
    intake.record(person, question_id, said, now)
    return redirect("still-so", person.pk)


def _onward(person: Person, waiting: Waiting | None) -> HttpResponse:
    if waiting is None:
        return redirect("person", person.pk)
    return redirect("safety-question", person.pk, waiting.first.id)
