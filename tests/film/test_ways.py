"""Between two exercises a session's film shows how to get from one position to the next."""

from __future__ import annotations

from itertools import pairwise

import pytest

from recoup.film.edit.ways import CHAIR, FLOOR, FRONT, PLACES, SEAT, ways
from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder
from recoup.model.exercise import Position


def test_from_the_back_to_a_chair_one_goes_by_the_floor_and_by_standing():
    legs = ways(Position.SUPINE, Position.SITTING, PLACES)
    assert [leg.motion for leg in legs] == [FLOOR, CHAIR, SEAT]
    assert (legs[0].start, legs[-1].end) == ("lying-below", "ready")


def test_from_the_front_one_comes_up_onto_hands_and_knees_first():
    legs = ways(Position.PRONE, Position.SUPINE, PLACES)
    assert [leg.motion for leg in legs] == [FRONT, FLOOR]


@pytest.mark.parametrize("before", Position)
@pytest.mark.parametrize("after", Position)
def test_a_whole_way_leads_from_every_position_to_every_other(before, after):
    legs = ways(before, after, PLACES)
    if before is after:
        assert not legs
        return
    assert PLACES[legs[0].motion][before] == legs[0].start
    assert PLACES[legs[-1].motion][after] == legs[-1].end
    for one, two in pairwise(legs):
        meet = [name for name, place in PLACES[one.motion].items() if place == one.end]
        assert PLACES[two.motion][meet[0]] == two.start


def test_what_a_figure_may_not_show_is_not_shown():
    assert ways(Position.SUPINE, Position.QUADRUPED, [CHAIR, SEAT]) == ()


def test_the_motions_there_are_pass_the_positions_that_they_are_used_for():
    texts = read_texts(default_folder())
    motions = read_motions(texts, list(PLACES))
    for name in PLACES:
        assert set(PLACES[name].values()) <= set(motions[name].positions)
