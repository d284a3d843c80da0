"""Who may see which page: people are granted to a browser's session, strangers get 404."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from recoup.services import people
from recoup.services.people import Person
from recoup.services.program import NotEnrolled

GRANTED = "people"

P = ParamSpec("P")


def granted(request: HttpRequest) -> tuple[uuid.UUID, ...]:
    """Return the people this browser may see, the newest last."""
    found = []
    for text in request.session.get(GRANTED, ()):
        try:
            found.append(uuid.UUID(text))
        except (ValueError, TypeError, AttributeError):
            continue  # a cookie from another version: leave out what cannot be read
    return tuple(found)


def grant(request: HttpRequest, person: Person) -> None:
    request.session[GRANTED] = [*(str(one) for one in granted(request)), str(person.pk)]


def forget(request: HttpRequest, person_id: uuid.UUID) -> None:
    request.session[GRANTED] = [str(one) for one in granted(request) if one != person_id]


def for_person(
    view: Callable[Concatenate[HttpRequest, Person, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give the view the person its address names, or answer 404 alike for nobody and no right.

    Times are shown on the person's own clock. A page that needs a program sends a person without
    one to where they left off. Nothing of a person's pages is kept by caches: somebody else may
    use the device next (H45). ``Recoup-Country`` tells the browser's worker whose emergency
    number to show when the server cannot be reached.
    """

    @wraps(view)
    def allowed(
        request: HttpRequest, person_id: uuid.UUID, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        try:
            person = people.person_for(request.user, frozenset(granted(request)), person_id)
        except (LookupError, ObjectDoesNotExist):
            raise Http404 from None
        with timezone.override(people.now_for(person).tzinfo):
            try:
                response = view(request, person, *args, **kwargs)
            except NotEnrolled:
                response = redirect("person", person_id)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Recoup-Country"] = person.country
        return response

    return allowed
