"""Every motion was looked at as it is today."""

from __future__ import annotations

import re
from pathlib import Path

from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder
from recoup.motion.track import mark

NOTES = Path(__file__).parents[2] / "docs/looked-at/motions.md"


def test_a_changed_motion_is_to_be_looked_at_again():
    noted = dict(re.findall(r"^\| ([\w-]+) \| ([0-9a-f]{12}) \|", NOTES.read_text(), re.MULTILINE))
    today = {one.id: mark(one) for one in read_motions(read_texts(default_folder())).values()}
    unlooked = [name for name, one in today.items() if noted.get(name) != one]
    assert unlooked == [], "look at their sheets, then write down what you saw with the new mark"
    assert set(noted) == set(today)
