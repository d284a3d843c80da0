"""Several painful parts of the body: which to start with, what is shared, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from recoup.care.regions import shared_by
from recoup.model.content import Library
from recoup.model.intake import Start
from recoup.model.program import Program
from recoup.services import intake, mode, people, shelf
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.views.result import COMING, ShownMatch, shown_match

WHOLE = "All over your body"


@dataclass(frozen=True, slots=True)
class Part:
    """One part to start with; ``coming`` says that its program is still being written."""

    place: str
    match: ShownMatch | None
    program: Program | None
    coming: bool
    because: tuple[str, ...]


@require_safe
@for_person
def start_with(request: HttpRequest, person: Person) -> HttpResponse:
    library = shelf.current()
    starts = intake.starts(person, people.now_for(person))
    if not starts or mode.is_education():
        return redirect("result", person.pk)
    context = {
        "person": person,
        "parts": [_part(start, library) for start in starts],
        "shared": shared_by(starts, library),
    }
    return render(request, "web/start_with.html", context)


def _part(start: Start, library: Library) -> Part:
    sites = library.vocabulary.lists["sites"]
    names = [key.label for site, key in sites.items() if site in start.sites]
    return Part(
        place=", ".join(names) or WHOLE,
        match=shown_match(start.matches[0], library) if start.matches else None,
        program=library.programs[start.program] if start.program else None,
        coming=any(reason.rule == COMING for reason in start.because),
        because=tuple(reason.text for reason in start.because if reason.rule != COMING),
    )
