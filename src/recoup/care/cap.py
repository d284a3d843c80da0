"""The highest pain during exercise that still counts as fine for a person on a day.

Source: ``clinical/progression.md``, section 2: the template's cap; in widespread and lasting pain
what matters is the person's usual pain, with two points more still fine, never above 8.
"""

from __future__ import annotations

from datetime import date

from recoup.care.course import Course, usual_morning_pain
from recoup.model.content import Library

HIGHEST = 8


def pain_cap(course: Course, library: Library, day: date) -> int:
    """Return the cap, 0 to 10. ``course.program`` must be set.

    >>> # a widespread program and usual pain 5: cap 7; any other program: the template's own
    """
    program = library.programs[course.program or ""]
    template = library.templates[program.template]
    if template.above_usual is None:
        return template.pain_cap
    usual = usual_morning_pain(course, day)
    above = template.pain_cap if usual is None else int(usual) + template.above_usual
    return min(HIGHEST, max(template.pain_cap, above))
