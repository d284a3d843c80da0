"""The danger signs, one tap from every page, and what Recoup is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from recoup.services import people, shelf
from recoup.services.people import Person
from recoup.web.access import for_person
from recoup.web.catalogue import REGIONS, region_of
from recoup.web.forms.fields import posted
from recoup.web.forms.welcome import CountryForm


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    net = shelf.current().wording.safety_net
    return render(request, "web/safety.html", {"safety_net": net})


@require_safe
@for_person
def person_safety(request: HttpRequest, person: Person) -> HttpResponse:
    context = {"person": person, "nav": "safety", "safety_net": shelf.current().wording.safety_net}
    return render(request, "web/safety.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def country(request: HttpRequest, person: Person) -> HttpResponse:
    """Choose the country whose emergency number is shown."""
    form = CountryForm(shelf.current().emergency, person.country, posted(request))
    if form.is_bound and form.is_valid():
        people.move_to(person, form.cleaned_data["country"])
        return redirect("person-safety", person.pk)
    status = 422 if form.is_bound else 200
    return render(request, "web/country.html", {"person": person, "form": form}, status=status)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    library = shelf.current()
    programs = [one for one in library.programs.values() if one.words.get("evidence")]
    evidence = [
        (name, [(one.title, one.words["evidence"]) for one in programs
                if region_of(one, library) == region])
        for region, name in REGIONS
    ]  # fmt: skip
    context = {
        "version": _version(),
        "library": library.version,
        "counts": (len(library.exercises), len(library.conditions), len(library.red_flags)),
        "evidence": [(name, some) for name, some in evidence if some],
        "not_covered": library.wording.notices["not-covered"],
        "limits": library.wording.notices["evidence-limits"],
    }
    return render(request, "web/about.html", context)


def _version() -> str:
    try:
        return version("recoup")
    except PackageNotFoundError:
        return "unknown"
