"""The first page, the start of a person, and where each person carries on."""

from __future__ import annotations

import uuid

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from recoup.services import intake, people, program, shelf
from recoup.services.people import Person
from recoup.web.access import for_person, grant, granted
from recoup.web.forms.fields import posted
from recoup.web.forms.welcome import StartForm


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    library = shelf.current()
    agreement = " ".join(library.wording.notices["first-run-acknowledge"].text)
    form = StartForm(agreement, library.emergency, posted(request))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        person = people.start(said["time_zone"], country=said["country"])
        grant(request, person)
        return redirect("person", person.pk)
    status = 422 if form.is_bound else 200
    known = None if form.is_bound else _known(request)
    return render(request, "web/welcome.html", {"form": form, "known": known}, status=status)


@require_safe
@for_person
def home(request: HttpRequest, person: Person) -> HttpResponse:
    """Send a person to where they left off: today's session, the result, or the next question."""
    try:
        program.today(person, people.now_for(person))
    except program.NotEnrolled:
        done = intake.progress(person).finished
        return redirect("result" if done else "intake", person.pk)
    return redirect("today", person.pk)


@require_GET
def away(request: HttpRequest) -> HttpResponse:
    """A page that says nothing, for leaving in a hurry."""
    return render(request, "web/away.html")


def _known(request: HttpRequest) -> uuid.UUID | None:
    """Return the person this browser worked with last, if they still exist."""
    for person_id in reversed(granted(request)):
        try:
            people.person_for(request.user, frozenset({person_id}), person_id)
        except ObjectDoesNotExist:
            continue
        return person_id
    return None
