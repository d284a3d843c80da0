"""The intake, one question a screen, and the answers read back."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recoup.model.answers import Answers
from recoup.model.rule import Urgency
from recoup.services import intake, people, shelf
from recoup.services.intake import Progress
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.body import headings
from recoup.web.forms.choices import EachForm, TickForm
from recoup.web.forms.fields import Options
from recoup.web.forms.intake import form_for
from recoup.web.forms.question import QuestionForm, Screen
from recoup.web.told import told_so_far

STAGES = {
    "about-you": "About you",
    "danger-signs": "Danger signs",
    "where": "Where it hurts",
    "story": "Your story",
    "pain": "Your pain",
    "movement": "Movement",
    "symptoms": "What you notice",
    "history": "Your health",
    "goals": "Your goals",
    "practical": "Time and things",
    "self-test": "A small test",
}


@require_safe
@for_person
def first(request: HttpRequest, person: Person) -> HttpResponse:
    return _onward(person, intake.progress(person))


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def question(request: HttpRequest, person: Person, question_id: str) -> HttpResponse:
    try:
        place = intake.at(person, question_id)
    except LookupError:
        raise Http404 from None
    said = read_screen(request, place)
    if isinstance(said, QuestionForm):
        return show_screen(request, person, place, said, {"stage": STAGES.get(place.stage, "")})
    return _onward(person, intake.record(person, question_id, said, people.now_for(person)))


@require_safe
@for_person
def answers(request: HttpRequest, person: Person) -> HttpResponse:
    said = intake.summary(person)
    said_of = {one.question.id: one for one in said}
    parts = [
        (title, [one for one in said if one.question.stage == stage])
        for stage, title in STAGES.items()
    ]
    context = {
        "person": person,
        "parts": [(title, some) for title, some in parts if some],
        "place": intake.progress(person),
        "doubts": [
            (doubt.text, [(said_of[name].question, said_of[name].texts)
                          for name in doubt.questions if name in said_of])
            for doubt in intake.in_doubt(person)
        ],
    }
    return render(request, "web/answers.html", context)


def screen_of(place: Progress) -> Screen:
    """Return what a question's form needs. Raises Http404 where nothing is asked."""
    library, asked = shelf.current(), place.question
    if asked is None:
        raise Http404
    if asked.kind == "practical":
        options = _equipment()
    else:
        found = intake.options(library, asked, place.answers)
        options = tuple((option.key, option.text) for option in found)
    groups = headings(library.vocabulary) if asked.list == "sites" else {}
    return Screen(
        question=asked,
        options=options,
        vocabulary=library.vocabulary,
        given=place.answers,
        headings=groups,
        answered=place.answered,
        histories=intake.histories(place.answers),
        fields=intake.fields(asked, place.answers),
    )


def _equipment() -> Options:
    """What not every home has: the rest is not worth a question."""
    things = shelf.current().equipment.values()
    return tuple((one.id, one.name) for one in things if not one.assumed)


def _onward(person: Person, place: Progress) -> HttpResponse:
    """Go to the next question; after the last to the answers, or straight to help."""
    if place.question is not None:
        return redirect("question", person.pk, place.question.id)
    if intake.outcome(person, people.now_for(person)).triage.urgency >= Urgency.SAME_DAY:
        return redirect("result", person.pk)
    return redirect("answers", person.pk)


def read_screen(request: HttpRequest, place: Progress) -> Answers | QuestionForm:
    """Return what a screen was answered with; else the form to show: empty, to be mended, or
    with each item alone where the person is not sure about some."""
    screen = screen_of(place)
    if request.method != "POST":
        return form_for(screen)
    if "skip" in request.POST and screen.question.optional:
        return form_for(screen).skipped()
    each = "each" in request.POST
    form = EachForm(screen, request.POST) if each else form_for(screen, request.POST)
    if not form.is_valid():
        return form
    if isinstance(form, TickForm) and form.wants_each:
        return EachForm(screen, ticked=form.ticked)
    return form.answers()


def show_screen(
    request: HttpRequest,
    person: Person,
    place: Progress,
    form: QuestionForm,
    more: Mapping[str, object],
) -> HttpResponse:
    context = {
        "person": person, "place": place, "question": place.question, "form": form,
        "told_so_far": told_so_far(place), **more,
    }
    template = "web/each.html" if isinstance(form, EachForm) else "web/question.html"
    return render(request, template, context, status=422 if form.is_bound else 200)
