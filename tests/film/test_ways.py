"""Between two exercises a session's film shows how to get from one position to the next."""

from __future__ import annotations

from itertools import pairwise

import pytest

from recoup.film.edit.ways import CHAIR, FLOOR, PLACES, SEAT, ways
from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder
from recoup.model.exercise import Position


def test_from_the_back_to_a_chair_one_goes_by_the_floor_and_by_standing():
    legs = ways(Position.SUPINE, Position.SITTING, PLACES)
    assert [leg.motion for leg in legs] == [FLOOR, CHAIR, SEAT]
    assert (legs[0].start, legs[-1].end) == ("lying-below", "ready")


@pytest.mark.parametrize("before", Position)
@pytest.mark.parametrize("after", Position)
def test_every_way_is_whole_or_none(before, after):
    legs = ways(before, after, PLACES)
    if Position.PRONE in (before, after) or before is after:
        assert not legs, "no motion leads to the front yet"
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
    there = [name for name in PLACES if f"motions/{name}.yaml" in texts]
    motions = read_motions(texts, there)
    assert {FLOOR, CHAIR, SEAT} <= set(there)
    for name in there:
        assert set(PLACES[name].values()) <= set(motions[name].positions)
