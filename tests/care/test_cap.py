"""The highest pain that is still fine (progression.md, section 2)."""

from __future__ import annotations

import pytest
from care.people_in_pain import DAY, START, course_of, told
from hypothesis import given
from hypothesis import strategies as st

from recoup.care.cap import HIGHEST, pain_cap
from recoup.care.course import Morning
from recoup.library import load

LIBRARY = load()
WIDE = "widespread-pain"


@given(st.integers(0, 10))
def test_usual_pain_moves_no_cap_but_that_of_widespread_pain(usual):
    for program in LIBRARY.programs.values():
        template = LIBRARY.templates[program.template]
        course = course_of(LIBRARY, told(LIBRARY, pain_avg=usual), program=program.id)
        cap = pain_cap(course, LIBRARY, START)
        if template.above_usual is None:
            assert cap == template.pain_cap
        else:
            assert cap == min(HIGHEST, max(template.pain_cap, usual + 2))


@pytest.mark.parametrize(("usual", "cap"), [(0, 5), (3, 5), (4, 6), (5, 7), (6, 8), (9, 8)])
def test_in_widespread_pain_two_points_above_usual_are_fine_up_to_eight(usual, cap):
    assert pain_cap(course_of(LIBRARY, told(LIBRARY, pain_avg=usual), program=WIDE),
                    LIBRARY, START) == cap


def test_the_mornings_of_the_last_days_say_what_is_usual():
    mornings = tuple(Morning(START - n * DAY, 6, None) for n in (1, 2, 3))
    course = course_of(LIBRARY, told(LIBRARY, pain_avg=2), program=WIDE, mornings=mornings)
    assert pain_cap(course, LIBRARY, START) == 8


def test_with_nothing_known_it_is_the_template_s():
    answers = told(LIBRARY, without=("pain_avg", "pain_now"))
    assert pain_cap(course_of(LIBRARY, answers, program=WIDE), LIBRARY, START) == 5
