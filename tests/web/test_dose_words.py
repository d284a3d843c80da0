"""Doses are said in plain words."""

from __future__ import annotations

import pytest

from recoup.model.exercise import Dose
from recoup.script.doses import dose_in_words
from recoup.script.pace import length_in_words
from recoup.services import shelf
from recoup.web.views.program import weeks_in_words
from recoup.web.wording import minutes_in_words, order_in_words, rest_in_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"), (20, "20 seconds"), (60, "1 minute"), (75, "75 seconds"),
        (90, "90 seconds"), (120, "2 minutes"), (330, "5 and a half minutes"),
        (460, "7 minutes 40 seconds"),
    ],
)
def test_a_length_is_said_as_people_say_it(seconds: int, words: str):
    assert length_in_words(seconds) == words


@pytest.mark.parametrize(
    ("name", "dose", "words"),
    [
        ("single-knee-to-chest", Dose(3, 1, hold_s=20, rest_s=10),
         "3 holds of 20 seconds, each side"),
        ("ninety-ninety-rest", Dose(1, 1, hold_s=300), "Hold for 5 minutes"),
        ("bridge", Dose(3, 8, hold_s=3, rest_s=60), "3 sets of 8. Hold each for 3 seconds"),
        ("cat-camel", Dose(2, 8, hold_s=1), "2 sets of 8"),
        ("marching-bridge", Dose(3, 6, hold_s=1),
         "3 sets of 6 each side, one side after the other"),
        ("anti-rotation-press", Dose(3, 10, hold_s=2),
         "3 sets of 10, each side. Hold each for 2 seconds"),
        ("upper-back-foam-roller", Dose(1, 5), "5 times"),
        ("graded-walking", Dose(1, time_s=330), "5 and a half minutes"),
        ("peanut-ball-at-wall", Dose(2, time_s=60, rest_s=15), "Twice, 1 minute each time"),
        ("one-sided-carry", Dose(3, time_s=20), "3 times, 20 seconds each time, each side"),
        ("warm-pack", Dose(1, time_s=600), "10 minutes"),
        ("slow-belly-breathing", Dose(1), "Once"),
    ],
)
def test_each_kind_of_dose_has_its_words(name: str, dose: Dose, words: str):
    assert dose_in_words(shelf.current().exercises[name], dose) == words


def test_every_dose_of_every_program_can_be_said():
    library = shelf.current()
    for program in library.programs.values():
        items = (
            item for phase in program.phases for slot in phase.slots for choice in slot.choices
            for item in choice.items
        )
        for item in items:
            for dose in item.doses:
                words = dose_in_words(library.exercises[item.exercise], dose)
                assert words[0].isupper() or words[0].isdigit(), words
                assert "None" not in words
                assert "0 " not in words.split(), words


def test_rest_is_said_only_between_sets():
    assert rest_in_words(Dose(3, 8, rest_s=60)) == "Rest for 1 minute in between."
    assert rest_in_words(Dose(1, 8, rest_s=60)) == ""
    assert rest_in_words(Dose(3, 8)) == ""


def test_the_first_side_is_named():
    assert order_in_words(("right", "left")) == "Start with your right side."
    assert order_in_words(()) == ""


def test_small_words():
    assert minutes_in_words(1) == "about 1 minute"
    assert minutes_in_words(12) == "about 12 minutes"
    assert weeks_in_words((0, 2)) == "usually weeks 1 and 2"
    assert weeks_in_words((4, 10)) == "usually weeks 5 to 10"
    assert weeks_in_words((8, None)) == "usually from week 9"
