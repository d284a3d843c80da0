"""Films with chapters: the program's, and that of the person's own session today."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recoup.services import figures, long_films, people, program, program_films, session_films
from recoup.services.long_films import LongFilm, Version
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.views.media import KINDS, send
from recoup.web.views.today import stopped
from recoup.web.wording import left_in_words


@require_safe
@for_person
def program_film(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the film of the person's program; ``?described=1`` its described version, and
    ``?at=90`` from a second on: both work without a script."""
    seen = program.overview(person, people.now_for(person))
    picked = figures.figure_of(person)
    film = program_films.film_of(seen.program.id, picked)
    waiting = film is None
    film = film or program_films.film_of(seen.program.id)
    if film is None:
        raise Http404
    described = film.described if request.GET.get("described") == "1" else None
    places = [(title, b if described else a) for title, a, b in film.places]
    context = _player(request, person, film, described or film.plain, places) | {
        "nav": "program", "described": described is not None, "has_described": film.described,
        "picked": picked, "waiting": waiting,
    }  # fmt: skip
    return render(request, "web/film.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def session_film(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the film of today's session, say how far it is, or have it made."""
    plan = program.today(person, people.now_for(person))
    if stopped(plan) or plan.reported or not plan.session.slots or not long_films.can_speak():
        return redirect("today", person.pk)
    if not plan.checked:
        return redirect("check", person.pk)
    if request.method == "POST":
        session_films.ask(person, plan.session)
        return redirect("session-film", person.pk)
    made = session_films.film_of(person, plan.session)
    context = {"person": person, "nav": "today", "made": made, "picked": figures.figure_of(person)}
    if made.film is None or not made.asked:
        context["percent"] = None if made.share is None else round(100 * made.share)
        context["left"] = None if made.left_s is None else left_in_words(made.left_s)
        return render(request, "web/session_film.html", context)
    places = [(title, first) for title, first, _ in made.film.places]
    player = _player(request, person, made.film, made.film.plain, places)
    name = f"recoup-{plan.session.day.isoformat()}"
    return render(request, "web/film.html", context | player | {"download": name, "own": True})


@require_safe
@for_person
def session_file(request: HttpRequest, person: Person, name: str) -> HttpResponseBase:
    """Send a file of the film that this person asked for, to nobody else."""
    return send(request, name, partial(session_films.open_file, person))


def _player(
    request: HttpRequest, person: Person, film: LongFilm, version: Version,
    places: list[tuple[str, int]],
) -> dict[str, Any]:  # fmt: skip
    at = request.GET.get("at", "")
    return {
        "person": person, "film": film, "version": version, "places": places,
        "at": int(at) if at.isdecimal() and len(at) < 6 else 0,
        "sources": [(name, KINDS[ending]) for ending, name in version.formats],
    }  # fmt: skip
