"""Today: what is due, the session's list, and "Anything new?" before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recoup.model.event import ExerciseDone
from recoup.model.exercise import Exercise, Surface
from recoup.model.question import Question
from recoup.model.rule import Action, Urgency
from recoup.model.session import Planned
from recoup.script.doses import dose_in_words
from recoup.services import figures, long_films, outcome, people, program, shelf
from recoup.services.people import Person
from recoup.services.program import Today
from recoup.services.showing import showing
from recoup.web.access import for_person
from recoup.web.forms.fields import Options, posted
from recoup.web.forms.reports import CheckForm, EachNewForm
from recoup.web.pictures import picture_of
from recoup.web.views.result import SCREEN_INCOMPLETE, care_context, cleared_context, remembered
from recoup.web.wording import minutes_in_words

ANYTHING_NEW = "anything-new"
PREGNANCY = "modifier-pregnancy"
RESULTS = {"done": "Done", "partly": "Partly done", "skipped": "Left out"}


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise of today's list."""

    number: int
    exercise: Exercise
    planned: Planned
    dose: str
    picture: str
    result: str


@require_safe
@for_person
def today(request: HttpRequest, person: Person) -> HttpResponse:
    now = people.now_for(person)
    plan = program.today(person, now)
    context = {"person": person, "nav": "today", "plan": plan, "day": now.date()}
    if _needs_care(plan):
        flags = plan.session.refused or ()
        urgency = max((flag.urgency for flag in flags), default=Urgency.SELF_MANAGE)
        context |= care_context(flags, urgency, shelf.current())
        context |= cleared_context(outcome.clearing(person, now))
        context["asks"] = urgency < Urgency.SAME_DAY and plan.waiting is not None
        return remembered(render(request, "web/today_refused.html", context), urgency)
    if plan.waiting is not None:
        return render(request, "web/safety_questions.html", context | {"waiting": plan.waiting})
    context |= {
        "items": items(plan),
        "state": state(plan),
        "minutes": minutes_in_words(plan.session.minutes),
        "left_out": [
            (plan.exercises[one.exercise].name if one.exercise else "", one.because)
            for one in plan.session.dropped
        ],
        "at": (plan.next or 0) + 1,
        "lacks_film": _lacks_film(plan, figures.figure_of(person)),
        "percent": round(100 * plan.flare.share) if plan.flare else None,
        "pregnant": is_for_pregnancy(plan),
        "has_picked": figures.has_picked(person),
        "picked": figures.figure_of(person),
        "can_film": long_films.can_speak(),
    }
    return remembered(render(request, "web/today.html", context), Urgency.SELF_MANAGE)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def check(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask "Anything new?" before the session; each sign alone when the person is not sure."""
    now = people.now_for(person)
    asked, options = _signs()
    plan = program.today(person, now)
    form = CheckForm(
        asked, options, last_pain(person, now), posted(request),
        things=_things(plan), asks_why=plan.asks_why, given=plan.limits,
    )
    if not form.is_bound:
        return _show_check(request, person, form, asked)
    if not form.is_valid():
        return _show_check(request, person, form, asked, status=422)
    symptom = form.symptom(now.date())
    if form.wants_each:
        each = EachNewForm(options, form.ticked, request.POST if "each" in request.POST else None)
        if not each.is_bound or not each.is_valid():
            return _show_each(request, person, form, each, asked)
        symptom = each.symptom(symptom)
    plan = program.check_in(person, symptom, now)
    if stopped(plan) or plan.next is None or plan.reported:
        return redirect("today", person.pk)
    return redirect("session", person.pk, plan.next + 1)


def _things(plan: Today) -> Options:
    """What today's session needs and may not be at hand; what is missing already stays shown."""
    used = [plan.exercises[one.exercise] for one in plan.session.slots]
    surfaces = {one.suits.surface for one in used}
    away = plan.limits.missing if plan.limits else frozenset()
    needed = {name: shelf.current().equipment[name].name for one in used for name in one.equipment}
    needed |= {name: one.name for name, one in shelf.current().equipment.items() if name in away}
    places = [("floor", "Room on the floor"), ("bed", "A bed or couch")]
    some = surfaces - {Surface.NONE}
    return (*(one for one in places if some or one[0] in away), *needed.items())


def last_pain(person: Person, now: datetime) -> int | None:
    """Return the newest pain number we know of, to notice a slip of the finger."""
    course = program.overview(person, now).course
    if course.mornings:
        return course.mornings[-1].pain
    first = course.answers.numbers.get("pain_avg")
    return None if first is None else int(first)


def items(plan: Today) -> tuple[Item, ...]:
    return tuple(
        Item(
            number,
            exercise := plan.exercises[planned.exercise],
            planned,
            dose_in_words(exercise, planned.dose),
            picture_of(exercise),
            _result(plan.done.get(planned.exercise)),
        )
        for number, planned in enumerate(plan.session.slots, 1)
    )


def state(plan: Today) -> str:
    """Return what today's page is about: rest, reported, finished, or the session itself."""
    if plan.reported:
        return "reported"
    if not plan.session.slots:
        return "rest"
    if plan.next is None:
        return "finished"
    return "begun" if plan.done else "ready"


def stopped(plan: Today) -> bool:
    """Whether nothing may be exercised today: a red flag, or safety questions that come first."""
    return plan.session.refused is not None or plan.waiting is not None


def _needs_care(plan: Today) -> bool:
    """Whether more than open safety questions stops today's session."""
    flags = plan.session.refused or ()
    return any(
        flag.id != SCREEN_INCOMPLETE and flag.action >= Action.PAUSE for flag in flags
    ) or (plan.session.refused is not None and plan.waiting is None)


def is_for_pregnancy(plan: Today) -> bool:
    """Whether the session was chosen for pregnancy, so that its stop list must be shown."""
    return any(reason.rule == PREGNANCY for reason in plan.session.because)


def _result(done: ExerciseDone | None) -> str:
    return RESULTS.get(done.result, "") if done else ""


def _lacks_film(plan: Today, picked: str) -> bool:
    """Whether a film of today's session is still to come: not where there will be none."""
    used = (plan.exercises[one.exercise] for one in plan.session.slots)
    return any(one.motion and showing(one, picked).film is None for one in used)


def _signs() -> tuple[Question, Options]:
    library = shelf.current()
    asked = library.questionnaires[ANYTHING_NEW].questions[0]
    known = library.vocabulary.lists[asked.list or "sx"]
    labels = asked.labels or {}
    return asked, tuple(
        (key, labels.get(key) or known[key].ask or known[key].label) for key in asked.options
    )


def _show_check(
    request: HttpRequest, person: Person, form: CheckForm, asked: Question, status: int = 200
) -> HttpResponse:
    context = {"person": person, "form": form, "question": asked}
    return render(request, "web/check.html", context, status=status)


def _show_each(
    request: HttpRequest, person: Person, form: CheckForm, each: EachNewForm, asked: Question
) -> HttpResponse:
    context = {
        "person": person, "form": each, "question": asked, "carried": form.carried(),
    }
    status = 422 if each.is_bound else 200
    return render(request, "web/check_each.html", context, status=status)
