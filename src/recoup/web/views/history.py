"""What happened, day by day, and every decision with its reason."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recoup.care.course import Entry
from recoup.services import program
from recoup.services.people import Person
from recoup.web.access import for_person


@require_safe
@for_person
def history(request: HttpRequest, person: Person) -> HttpResponse:
    text = request.GET.get("page", "")
    page = program.history(person, int(text) if text.isdecimal() else 1)
    days = [(day.day, [_told(entry) for entry in day.entries]) for day in page.days]
    context = {
        "person": person,
        "nav": "history",
        "page": page,
        "days": days,
        "newer": page.page - 1,
        "older": page.page + 1,
    }
    return render(request, "web/history.html", context)


def _told(entry: Entry) -> tuple[datetime, str, tuple[str, ...]]:
    """Return when, what, and each reason once: several exercises may share one."""
    return entry.at, entry.title, tuple(dict.fromkeys(one.text for one in entry.because))
