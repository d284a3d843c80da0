"""The morning after."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from recoup.services import people, program
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.forms.fields import posted
from recoup.web.forms.reports import MorningForm
from recoup.web.views.today import last_pain


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def morning(request: HttpRequest, person: Person) -> HttpResponse:
    now = people.now_for(person)
    form = MorningForm(last_pain(person, now), posted(request))
    if form.is_bound and form.is_valid():
        program.morning(person, form.report(now.date()), now)
        return redirect("today", person.pk)
    context = {"person": person, "form": form}
    return render(request, "web/morning.html", context, status=422 if form.is_bound else 200)
