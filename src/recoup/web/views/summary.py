"""One page for a clinician: what was said, what the rules made of it, how it went since."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recoup.exchange.clinician import Summary, summary_pdf
from recoup.services import mode, people
from recoup.services import summary as services
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.summary import in_a_clinicians_words
from recoup.web.templatetags.recoup import standing_line


@require_safe
@for_person
def summary(request: HttpRequest, person: Person) -> HttpResponse:
    page = _summary(person, people.now_for(person))
    return render(request, "web/summary.html", {"person": person, "page": page})


@require_safe
@for_person
def as_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    now = people.now_for(person)
    pages = summary_pdf(_summary(person, now), now)
    response = HttpResponse(pages, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="recoup-summary.pdf"'
    return response


def _summary(person: Person, now: datetime) -> Summary:
    found = in_a_clinicians_words(services.for_clinician(person, now), now, standing_line())
    return replace(found, patterns=()) if mode.is_education() else found
