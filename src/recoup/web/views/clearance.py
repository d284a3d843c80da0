"""The page on which a clinician's OK is written down."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from recoup.care.course import CLEARED_FOR
from recoup.model.rule import Flag
from recoup.services import clearance, people, program, shelf
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.forms.clearance import ClearanceForm
from recoup.web.forms.fields import posted
from recoup.web.said import in_words

PROGRAM = "That I would like to follow an exercise program for this problem."


def _next(person: Person, now: datetime) -> str:
    """Return the page that shows what the OK opened."""
    try:
        program.overview(person, now)
    except program.NotEnrolled:
        return "result"
    return "today"


def _about(flag: Flag) -> str:
    """Say what a flag is about: what the person told us, which the clinician must have known."""
    told = [token for token in flag.because if not token.startswith("!")]
    return "; ".join(in_words(told, shelf.current().vocabulary)) or flag.message


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def stage(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down a clinician's OK to the next stage of a program, such as after surgery."""
    now = people.now_for(person)
    waits = clearance.stage_asked(person, now)
    if waits is None:
        return redirect("person", person.pk)
    known = [(flag.id, _about(flag)) for flag in waits.asked.flags]
    known.append((clearance.LOCKED, f"That I would go on to the next stage: {waits.phase.name}."))
    form = ClearanceForm(known, (waits.asked.earliest, waits.asked.latest), posted(request))
    if form.is_bound and form.is_valid():
        clearance.record_stage(person, form.cleared(), now)
        return redirect("review", person.pk)
    context = {
        "person": person, "form": form, "stage": waits, "stays": waits.asked.stays,
        "until": now.date() + CLEARED_FOR - timedelta(days=1),
    }  # fmt: skip
    return render(request, "web/clearance.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def clear(request: HttpRequest, person: Person) -> HttpResponse:
    """Write down who said what and when. Nothing to open, or care needed today: no form."""
    now = people.now_for(person)
    asked = clearance.asked(person, now)
    if asked is None:
        return redirect("result", person.pk)
    known = [(flag.id, _about(flag)) for flag in asked.flags]
    if clearance.LOCKED in asked.rules:
        known.append((clearance.LOCKED, PROGRAM))
    form = ClearanceForm(known, (asked.earliest, asked.latest), posted(request))
    if form.is_bound and form.is_valid():
        clearance.record(person, form.cleared(), now)
        return redirect(_next(person, now), person.pk)
    context = {
        "person": person,
        "form": form,
        "stays": asked.stays,
        "until": now.date() + CLEARED_FOR - timedelta(days=1),
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/clearance.html", context, status=status)
