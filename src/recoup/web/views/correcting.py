"""What was told by mistake, taken back and told again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from recoup.model.event import MorningReport, SessionDone, WeeklyReview
from recoup.services import correcting, people
from recoup.services.correcting import NotToldLately, Told
from recoup.services.people import Person
from recoup.web.access import for_person

TITLES = {SessionDone: "A session", MorningReport: "The morning after", WeeklyReview: "A week"}
AGAIN = {SessionDone: "report", MorningReport: "morning", WeeklyReview: "review"}
"""The page on which it is told again, while its day is not over."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_person
def correct(request: HttpRequest, person: Person) -> HttpResponse:
    now = people.now_for(person)
    if request.method != "POST":
        shown = [
            (one, TITLES[type(one.data)], _said(one), one.day == now.date())
            for one in correcting.told_lately(person, now)
        ]
        context = {"person": person, "nav": "history", "told": shown}
        return render(request, "web/correct.html", context)
    try:
        taken = correcting.take_back(person, request.POST.get("event", ""), now)
    except NotToldLately as error:
        raise Http404 from error
    again = AGAIN[type(taken.data)] if taken.day == now.date() else "history"
    return redirect(again, person.pk)


def _said(told: Told) -> str:
    """Return the numbers of a report, so that a person knows it again."""
    match told.data:
        case SessionDone(during=during, after=after, effort=effort):
            return f"Pain {during} during, {after} after, effort {effort}."
        case MorningReport(pain=pain):
            return f"Pain {pain}."
        case WeeklyReview(average=average):
            return f"Average pain {average}."
