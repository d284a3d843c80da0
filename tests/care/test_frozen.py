"""A changed course is the same as ``dataclasses.replace`` makes it."""

import dataclasses
from datetime import date

import pytest

from recoup.care.course import Course
from recoup.model.exercise import Dose
from recoup.model.frozen import replace

COURSE = Course(program="lumbar-facet-joint-pain", phase="P1", started=date(2026, 3, 2))


def test_it_changes_these_fields_and_no_other():
    changed = replace(COURSE, phase="P2", missed=3)
    assert changed == dataclasses.replace(COURSE, phase="P2", missed=3)
    assert COURSE.phase == "P1"


def test_a_value_with_slots_is_changed_too():
    assert replace(Dose(3, reps=10), reps=8) == Dose(3, reps=8)


def test_a_changed_course_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(COURSE, phase="P2").phase = "P3"


@pytest.mark.parametrize("value", [COURSE, Dose(3)])
def test_a_field_that_is_not_there_is_refused(value):
    with pytest.raises(TypeError, match="fases"):
        replace(value, fases="P2")


def test_a_course_makes_no_more_of_its_fields_than_to_keep_them():
    assert not hasattr(Course, "__post_init__")
