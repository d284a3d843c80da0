"""Who shows the exercises."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from recoup.services import figures
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.forms.fields import posted
from recoup.web.forms.figure import FigureForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def figure(request: HttpRequest, person: Person) -> HttpResponse:
    form = FigureForm(figures.offered(person), posted(request))
    if form.is_bound and form.is_valid():
        figures.pick(person, form.picked)
        return redirect("person", person.pk)
    context = {"person": person, "form": form}
    return render(request, "web/figure.html", context, status=422 if form.is_bound else 200)
