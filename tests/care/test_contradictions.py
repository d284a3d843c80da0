"""Answers that cannot both be right get a friendly question, and change nothing."""

from __future__ import annotations

import pytest
from care.people_in_pain import told

from recoup.care.contradictions import doubts
from recoup.library import load

LIBRARY = load()
SCREENS = {question.id for question in LIBRARY.questionnaires["intake"].questions}

DOUBTFUL = {
    "pregnant-late": {"age": 90, "sex": "female", "pregnant": "yes"},
    "pregnant-male": {"sex": "male", "pregnant": "yes"},
    "longer-than-life": {"age": 20, "duration_weeks": 5200},
    "stable-and-worse": {"sx": ["neuro_stable_known", "neuro_worsening"]},
    "stable-and-new": {"sx": ["neuro_stable_known"], "duration_weeks": 2},
    "pressure-both": {"hx": ["hypertension_controlled", "hypertension_uncontrolled"]},
    "nothing-and-something": {"ease": ["nothing", "sit"]},
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_each_contradiction_is_asked_about(library, name):
    found = doubts(told(library, **DOUBTFUL[name]))
    assert [doubt.id for doubt in found] == [name]
    assert found[0].text.endswith("?")
    assert set(found[0].questions) <= SCREENS


@pytest.mark.parametrize("changes", [
    {}, {"sex": "female", "age": 30, "pregnant": "yes", "gestation_weeks": 20},
    {"sx": ["neuro_stable_known"], "duration_weeks": 6}, {"ease": ["nothing"]},
    {"age": 20, "duration_weeks": 1040},
])
def test_what_can_be_right_is_not_doubted(library, changes):
    assert doubts(told(library, **changes)) == ()


