"""Cues: somebody on the floor who does not look is told what matters, one thing at a time."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

from recoup.film.speech.order import is_built
from recoup.library import load, read_texts
from recoup.library.speech import read_manner
from recoup.library.texts import default_folder
from recoup.model.exercise import Dose, DoseLimits, Exercise
from recoup.script.cues import plan
from recoup.script.narration import cue_lines
from recoup.script.pace import Step, seconds, steps

EXERCISES = load().exercises
NAMES = cue_lines(read_manner(read_texts(default_folder())))

LONGEST_S = {1: 1.0, 2: 1.3, 3: 1.5, 5: 1.8}
"""Seconds that the voice takes at most for a cue of so many words, as measured."""

LONG_NUMBER_S = 1.3


def takes_s(name: str) -> float:
    if name.startswith("count-") and int(name[6:]) > 10:
        return LONG_NUMBER_S
    return LONGEST_S[len(NAMES[name].words)]


def said(*row: Step) -> list[tuple[float, str]]:
    return [(cue.at_s, " ".join(cue.say)) for cue in plan(row)]


def test_a_hold_is_announced_halved_and_counted_down():
    assert said(Step("Get ready", 4, side="left"), Step("Hold", 20, text="Hold")) == [
        (0, "get-ready left-side"), (4, "hold"), (14, "halfway"),
        (21, "count-3"), (22, "count-2"), (23, "count-1"), (24, "done"),
    ]  # fmt: skip


def test_a_long_hold_is_breathed_with_and_told_before_it_ends():
    found = dict(said(Step("Hold", 60, text="Hold")))
    assert (found[15], found[19], found[30], found[50]) == (
        "breathe-in", "breathe-out", "halfway", "ten-seconds",
    )  # fmt: skip


def test_repetitions_are_counted_and_the_last_is_told():
    row = Step("Move", 20, reps=4, tempo=(2, 1, 2), text="4 times")
    assert said(row) == [
        (0, "begin"), (5, "count-2"), (10, "count-3"), (15, "last-one"), (20, "done"),
    ]  # fmt: skip


def test_swapping_sides_are_named_each_time():
    row = Step("Move", 30, reps=6, tempo=(2, 1, 2), sides=("right", "left"), text="6 times")
    assert said(row) == [
        (0, "begin right"), (5, "left"), (10, "count-2 right"), (15, "left"),
        (20, "last-one"), (25, "left"), (30, "done"),
    ]  # fmt: skip


def test_a_long_pause_inside_a_repetition_is_told():
    row = Step("Move", 10, reps=1, tempo=(2, 5, 3), text="once")
    assert said(row)[1:3] == [(2, "hold"), (7, "and-back")]


def test_rest_and_changing_sides_are_told():
    found = said(Step("Rest", 15, text="Rest"), Step("Change sides", 8, side="right"))
    assert found[0] == (0, "rest")
    assert (15, "change-sides right-side") in found


def doses(exercise: Exercise) -> list[Dose]:
    limits = exercise.limits
    return [_dose(limits, end) for end in (0, 1)]


def _dose(limits: DoseLimits, end: int) -> Dose:
    def of(limit: tuple[int, int] | None) -> int | None:
        return None if limit is None else limit[end]

    return Dose(limits.sets[end], of(limits.reps), of(limits.hold_s), of(limits.time_s),
                of(limits.rest_s) or 0)  # fmt: skip


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_no_cue_of_any_exercise_begins_before_the_last_is_over(name: str):
    exercise = EXERCISES[name]
    for dose in doses(exercise):
        row = steps(exercise, dose, ("left", "right"))
        found = plan(row)
        assert found[-1].at_s == seconds(row)
        assert {one for cue in found for one in cue.say} <= set(NAMES)
        for one, after in pairwise(found):
            assert after.at_s - one.at_s >= sum(map(takes_s, one.say)), (one, after)


def test_the_voice_keeps_to_these_times():
    """Where the voice's cues are on this machine, they are as short as the plan takes them for."""
    folder = Path(__file__).parents[2] / "var/voice"
    if not is_built(folder) or find_spec("onnxruntime") is None:
        pytest.skip("no voice here: run make voices")
    from recoup.film.speech.kokoro import load as load_voice

    voice = load_voice(folder, "heart")
    for name in ("begin", "halfway", "left-side", "ten-seconds", "done", "count-3", "count-27"):
        assert voice.speak(NAMES[name]).seconds <= takes_s(name), name
