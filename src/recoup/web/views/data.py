"""A person's own data: take a copy, or erase all of it."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recoup.services import people
from recoup.services.people import Person
from recoup.web.access import for_person, forget


@require_safe
@for_person
def data(request: HttpRequest, person: Person) -> HttpResponse:
    return render(request, "web/data.html", {"person": person})


@require_safe
@for_person
def export(request: HttpRequest, person: Person) -> HttpResponse:
    text = json.dumps(people.export(person), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="recoup.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    if request.method != "POST":
        return render(request, "web/erase.html", {"person": person})
    person_id = person.pk
    people.erase(person)
    forget(request, person_id)
    return redirect("welcome")
