"""The library, open to everybody: all programs, all exercises, and what is for a clinician."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recoup.model.content import Library
from recoup.model.exercise import Exercise
from recoup.model.program import Item, Phase, Program, ReferPage
from recoup.script.doses import dose_in_words
from recoup.services import shelf
from recoup.web.catalogue import (
    REGIONS,
    SURFACES,
    dose_range,
    found,
    programs_with,
    region_of,
    suits_of,
    swaps_of,
)
from recoup.web.pictures import is_upright, picture_of
from recoup.web.views.program import PARTS, weeks_in_words
from recoup.web.views.session import MORE, SAID

MOST_LETTERS = 60
Shown = TypeVar("Shown", Exercise, Program, ReferPage)


@dataclass(frozen=True, slots=True)
class Region:
    """What the library holds for one part of the body."""

    id: str
    name: str
    programs: tuple[Program, ...]
    pages: tuple[ReferPage, ...]
    exercises: tuple[Exercise, ...]

    @property
    def count(self) -> int:
        return len(self.programs) + len(self.pages) + len(self.exercises)


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """A phase with each of its exercises and the first dose."""

    phase: Phase
    when: str
    exercises: tuple[tuple[Exercise, str], ...]


@require_safe
def shelves(request: HttpRequest) -> HttpResponse:
    """Show everything by region, or what holds the words that are looked for."""
    words = request.GET.get("find", "")[:MOST_LETTERS].strip()
    library = shelf.current()
    regions = [_region(id_, name, words, library) for id_, name in REGIONS]
    context = {
        "words": words,
        "regions": [one for one in regions if one.count],
        "count": sum(one.count for one in regions),
        "whole": (len(library.programs), len(library.refer_pages), len(library.exercises)),
    }
    return render(request, "web/library.html", context)


@require_safe
def program(request: HttpRequest, program_id: str) -> HttpResponse:
    library = shelf.current()
    shown = library.programs.get(program_id)
    if shown is None:
        raise Http404
    context = {
        "shown": shown,
        "locked": library.templates[shown.template].needs_ok,
        "phases": [_phase(one, library) for one in shown.phases],
        "parts": [(title, shown.words[name]) for name, title in PARTS if shown.words.get(name)],
        "sources": [library.evidence[one] for one in shown.sources if one in library.evidence],
    }
    return render(request, "web/library_program.html", context)


@require_safe
def refer(request: HttpRequest, page_id: str) -> HttpResponse:
    shown = shelf.current().refer_pages.get(page_id)
    if shown is None:
        raise Http404
    return render(request, "web/refer.html", {"shown": shown})


@require_safe
def exercise(request: HttpRequest, exercise_id: str) -> HttpResponse:
    library = shelf.current()
    shown = library.exercises.get(exercise_id)
    if shown is None:
        raise Http404
    words = shown.words
    context = {
        "exercise": shown,
        "picture": picture_of(shown),
        "upright": is_upright(shown),
        "dose": dose_range(shown),
        "surface": SURFACES[shown.suits.surface],
        "suits": suits_of(shown),
        "changes": list(dict.fromkeys(shown.change_if.values())),
        "things": [library.equipment[name] for name in shown.equipment],
        "swaps": swaps_of(shown, library),
        "easier": library.exercises.get(shown.easier or ""),
        "harder": library.exercises.get(shown.harder or ""),
        "programs": programs_with(shown, library),
        "said": [(title, words[name]) for name, title in SAID if name in words],
        "more": [
            (title, [words[name] for name in names if name in words])
            for names, title in MORE
            if any(name in words for name in names)
        ],
        "describe": words.get("describe", ""),
        "stop_if": words.get("stop_if", ""),
        "variants": list(shown.variants.values()),
    }
    return render(request, "web/library_exercise.html", context)


def _region(id_: str, name: str, words: str, library: Library) -> Region:
    def here(shown: Iterable[Shown], *fields: str) -> tuple[Shown, ...]:
        some = (one for one in shown if region_of(one, library) == id_)
        return tuple(
            one for one in some
            if found(words, name, *(str(getattr(one, field)) for field in fields))
        )

    return Region(
        id_,
        name,
        programs=here(library.programs.values(), "title", "summary", "id"),
        pages=here(library.refer_pages.values(), "title", "summary", "id"),
        exercises=here(library.exercises.values(), "name", "code", "id"),
    )


def _phase(phase: Phase, library: Library) -> ShownPhase:
    items: dict[str, Item] = {}
    for slot in phase.slots:
        for choice in slot.choices:
            for item in choice.items:
                items.setdefault(item.exercise, item)
    shown = tuple(
        (library.exercises[name], dose_in_words(library.exercises[name], item.doses[0]))
        for name, item in items.items()
    )
    return ShownPhase(phase, weeks_in_words(phase.weeks), shown)
