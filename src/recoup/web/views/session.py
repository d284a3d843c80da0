"""The guided session: one exercise a page, and the report at the end."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from recoup.model.session import Planned
from recoup.script.doses import dose_in_words
from recoup.script.pace import steps
from recoup.services import people, program, shelf
from recoup.services.people import Person
from recoup.services.program import Today
from recoup.web.access import for_person
from recoup.web.forms.fields import posted
from recoup.web.forms.reports import ExerciseForm, ReportForm
from recoup.web.pictures import is_upright, picture_of
from recoup.web.views.today import is_for_pregnancy, stopped
from recoup.web.wording import order_in_words, rest_in_words

SAID = (("setup", "Get set"), ("move", "Move"), ("breathe", "Breathe"), ("feel", "You should feel"))
MORE = (
    (("mistake", "correct"), "If it goes wrong"),
    (("easier",), "An easier way"),
    (("harder",), "A harder way"),
)
CHANGED = {"easier": "Made easier", "harder": "Harder by choice"}
"""What may be asked for during an exercise, and the title of the answer in the history."""
FOR_YOU = "modify-"
"""Reasons with this rule say what to do differently; the others say why."""



@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def exercise(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    now = people.now_for(person)
    plan = program.today(person, now)
    if stopped(plan) or plan.reported:
        return redirect("today", person.pk)
    if not plan.checked:
        return redirect("check", person.pk)
    if not 1 <= number <= len(plan.session.slots):
        raise Http404
    planned = plan.session.slots[number - 1]
    form = ExerciseForm(posted(request))
    if not form.is_bound:
        return _show(request, person, plan, number, form)
    if not form.is_valid():
        return _show(request, person, plan, number, form, status=422)
    done = form.done(plan.session.day, planned.slot, planned.exercise)
    plan = program.finish_exercise(person, done, now)
    if done.result in CHANGED:
        place = reverse("session", args=(person.pk, _place(plan, planned, number)))
        return redirect(f"{place}?asked={done.result}")
    return _onward(person, plan)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def report(request: HttpRequest, person: Person) -> HttpResponse:
    now = people.now_for(person)
    plan = program.today(person, now)
    if plan.reported or not plan.session.slots:
        return redirect("today", person.pk)
    done = [planned.exercise for planned in plan.session.slots if _done(plan, planned)]
    names = [(name, plan.exercises[name].name) for name in done]
    form = ReportForm(names, posted(request), plan.spreads)
    if form.is_bound and form.is_valid():
        program.report(person, form.done(plan.session.day), now)
        return redirect("check" if form.something_new else "today", person.pk)
    context = {"person": person, "form": form}
    return render(request, "web/report.html", context, status=422 if form.is_bound else 200)


def _answer(request: HttpRequest, plan: Today) -> tuple[str, ...]:
    """Return what came of asking for easier or harder, right after it was asked."""
    title = CHANGED.get(request.GET.get("asked", ""))
    if plan.last is None or plan.last.title != title:
        return ()
    return tuple(one.text for one in plan.last.because)


def _more(words: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """What to unfold when needed, under its title."""
    parts = [(title, [words[n] for n in names if n in words]) for names, title in MORE]
    return [(title, texts) for title, texts in parts if texts]


def _done(plan: Today, planned: Planned) -> bool:
    said = plan.done.get(planned.exercise)
    return said is not None and said.result != "skipped"


def _onward(person: Person, plan: Today) -> HttpResponse:
    if plan.next is None:
        return redirect("report", person.pk)
    return redirect("session", person.pk, plan.next + 1)


def _place(plan: Today, planned: Planned, number: int) -> int:
    """Return where the exercise, or what took its place, stands now."""
    for place, one in enumerate(plan.session.slots, 1):
        if one.exercise == planned.exercise:
            return place
    return min(number, len(plan.session.slots))


def _show(
    request: HttpRequest,
    person: Person,
    plan: Today,
    number: int,
    form: ExerciseForm,
    status: int = 200,
) -> HttpResponse:
    planned = plan.session.slots[number - 1]
    shown = plan.exercises[planned.exercise]
    cap = shelf.current().wording.notices["each-session"].text[0]
    context = {
        "person": person,
        "form": form,
        "number": number,
        "previous": number - 1,
        "total": len(plan.session.slots),
        "exercise": shown,
        "picture": picture_of(shown),
        "upright": is_upright(shown),
        "dose": dose_in_words(shown, planned.dose),
        "rest": rest_in_words(planned.dose),
        "order": order_in_words(planned.order),
        "variant": shown.variants.get(planned.dose.variant or "", ""),
        "steps": steps(shown, planned.dose, planned.order),
        "said": [(title, shown.words[name]) for name, title in SAID if name in shown.words],
        "more": _more(shown.words),
        "stop_if": shown.words.get("stop_if", ""),
        "for_you": [r.text for r in planned.because if r.rule.startswith(FOR_YOU)],
        "why": [r.text for r in planned.because if not r.rule.startswith(FOR_YOU)],
        "cap": cap.replace("{cap}", str(plan.session.cap)),
        "pregnant": is_for_pregnancy(plan),
        "things": [shelf.current().equipment[name] for name in shown.equipment],
        "result": plan.done.get(planned.exercise),
        "answer": _answer(request, plan),
        "describe": "" if shown.motion else shown.words.get("describe", ""),
    }
    return render(request, "web/session.html", context, status=status)
