"""The film of a program: with captions, chapters, a transcript, and a described version."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recoup.services import long_films, people, program
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.views.media import KINDS


@require_safe
@for_person
def program_film(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the film of the person's program; ``?described=1`` its described version, and
    ``?at=90`` from a second on: both work without a script."""
    seen = program.overview(person, people.now_for(person))
    film = long_films.film_of(seen.program.id)
    if film is None:
        raise Http404
    described = request.GET.get("described") == "1"
    version = film.described if described else film.plain
    at = request.GET.get("at", "")
    context = {
        "person": person, "nav": "program", "film": film, "version": version,
        "described": described, "at": int(at) if at.isdecimal() and len(at) < 6 else 0,
        "sources": [(name, KINDS[ending]) for ending, name in version.formats],
        "places": [(title, b if described else a) for title, a, b in film.places],
    }  # fmt: skip
    return render(request, "web/film.html", context)
