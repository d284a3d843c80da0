"""Which films come first: those of programs that somebody here follows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from services.answering import CLASSIC, answer_intake

from recoup.services import films, program, shelf

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FACET = "lumbar-facet-joint-pain"
KNEE = "knee-osteoarthritis"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.RECOUP_HOME = tmp_path


def test_where_nobody_started_anything_the_flagship_is_filmed():
    assert films.followed() == ()
    names = {one.id for one in films.wanted()}
    assert names <= set(films.in_order(shelf.current().programs[FACET]))


def test_a_program_that_was_started_comes_first_with_all_that_has_a_motion():
    films.follow(KNEE)
    library = shelf.current()
    wanted = [one.id for one in films.wanted()]
    own = [
        name for name in dict.fromkeys(films.in_order(library.programs[KNEE]))
        if shelf.motion_of(library.exercises[name])
    ]
    assert own
    assert wanted[: len(own)] == own
    assert len(wanted) == len(set(wanted))


def test_starting_a_program_notes_it_and_nothing_of_who(guest):
    answer_intake(guest, CLASSIC, NOW)
    program.enrol(guest, FACET, NOW)
    assert films.followed() == (FACET,)
    kept = (films.folder() / films.FOLLOWED).read_text("utf-8")
    assert kept == f'["{FACET}"]'


@pytest.mark.parametrize("text", ["", "{", "3", "null", '{"a": 1}', '["no-such-program"]'])
def test_a_note_that_cannot_be_read_costs_nothing(text):
    films.folder().mkdir(parents=True)
    (films.folder() / films.FOLLOWED).write_text(text, "utf-8")
    assert films.wanted()
