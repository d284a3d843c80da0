"""The way back: the open safety questions, one a screen, and then today again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recoup.services import people, screening
from recoup.services.intake import Progress
from recoup.services.people import Person
from recoup.services.screening import Waiting
from recoup.web.access import for_person
from recoup.web.forms.intake import EachForm, QuestionForm, TickForm, form_for
from recoup.web.views.intake import screen_of


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
    screen = screen_of(place)
    if request.method != "POST":
        return _show(request, person, place, form_for(screen))
    each = "each" in request.POST
    form = EachForm(screen, request.POST) if each else form_for(screen, request.POST)
    if not form.is_valid():
        return _show(request, person, place, form, status=422)
    if isinstance(form, TickForm) and form.wants_each:
        return _show(request, person, place, EachForm(screen, ticked=form.ticked))
    return _onward(person, screening.record(person, question_id, form.answers(), now))


def _onward(person: Person, waiting: Waiting | None) -> HttpResponse:
    if waiting is None:
        return redirect("person", person.pk)
    return redirect("safety-question", person.pk, waiting.first.id)


def _show(
    request: HttpRequest, person: Person, place: Progress, form: QuestionForm, status: int = 200
) -> HttpResponse:
    if place.question is None:
        raise Http404
    each = isinstance(form, EachForm)
    context = {
        "person": person,
        "place": place,
        "question": place.question,
        "stage": "Safety questions",
        "form": form,
        "again": True,
    }
    template = "web/each.html" if each else "web/question.html"
    return render(request, template, context, status=status)
