"""The picture of the body: large enough to tap, and nothing without a part."""

from __future__ import annotations

import pytest

from recoup.services import shelf
from recoup.web.body import GROUPS, HEIGHT, LEAST, VIEWS, WIDTH, anchor, headings

HALF_A_PHONE = 171
"""Pixels of one view on a phone 390 wide, between margins and gap."""


@pytest.mark.parametrize("view", VIEWS, ids=lambda one: one.id)
def test_every_part_can_be_tapped_with_a_finger(view):
    assert LEAST * HALF_A_PHONE / WIDTH >= 44
    for part in view.parts:
        for box in part.boxes:
            assert min(box.width, box.height) >= LEAST, part.name
            assert box.x >= 0
            assert box.x + box.width <= WIDTH
            assert box.y + box.height <= HEIGHT


@pytest.mark.parametrize("view", VIEWS, ids=lambda one: one.id)
def test_every_group_of_the_list_has_its_part_in_both_views(view):
    assert [part.name for part in view.parts] == list(GROUPS)
    assert len({anchor(name) for name in GROUPS}) == len(GROUPS)


def test_every_place_but_all_over_stands_in_a_group():
    vocabulary = shelf.current().vocabulary
    assert set(vocabulary.lists["sites"]) - set(headings(vocabulary)) == {"widespread"}
