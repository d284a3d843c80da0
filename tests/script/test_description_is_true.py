"""What a description says is so: an independent ruler measures every sentence on the track."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, product

import numpy as np
import pytest
from figures import HOME, figure
from heard import ENDS, Heard, Ruler, heard, seconds, wrong

from recoup.library import read_texts
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder
from recoup.motion import Track, load_track
from recoup.script.description import Described, Description, describe

TEXTS = read_texts(default_folder())
BODIES = ("woman", "man")
MOTIONS = read_motions(TEXTS)
STEADY = [(name, body) for name, body in product(MOTIONS, BODIES) if not MOTIONS[name].flows]


@cache
def track(name: str, body: str) -> Track:
    return load_track(MOTIONS[name], figure(body), HOME / "tracks")


@cache
def told(name: str, body: str) -> Description:
    return describe(MOTIONS[name], track(name, body))


def ruler(name: str, body: str, phase: Described) -> Ruler:
    return Ruler(track(name, body), phase.start_s, phase.end_s)


@pytest.mark.parametrize(("name", "body"), STEADY)
def test_every_measure_said_is_measured_on_the_track(name: str, body: str):
    faults = [
        f"{phase.start_s:.1f} s {fault}"
        for phase in told(name, body).phases
        for text in phase.texts
        for one in heard(text)
        if (fault := wrong(ruler(name, body, phase), one))
    ]
    assert faults == []


@pytest.mark.parametrize(("name", "body"), STEADY)
def test_times_are_right_to_half_a_second(name: str, body: str):
    for phase in told(name, body).phases:
        said = seconds(phase.text)
        assert said is not None, phase.text
        assert abs(said - (phase.end_s - phase.start_s)) <= 0.5 + 1e-9, phase


@pytest.mark.parametrize(("name", "body"), STEADY)
def test_the_phases_fill_the_track_without_a_gap(name: str, body: str):
    phases, one = told(name, body).phases, track(name, body)
    assert phases[0].start_s == 0
    assert phases[-1].end_s == pytest.approx(one.seconds)
    for before, after in pairwise(phases):
        assert before.end_s == after.start_s
    parts = {part.name: part for part in one.parts}
    for phase in phases:
        assert parts[phase.part].start_s <= phase.start_s
        assert phase.end_s <= parts[phase.part].end_s + 1e-9


MUST = {
    "knee_flexion": 32, "hip_flexion": 32, "elbow_flexion": 37, "lumbar_flexion": 17,
    "thoracic_flexion": 20, "neck_flexion": 27, "lumbar_rotation": 20, "lumbar_bend": 20,
    "neck_rotation": 27, "shoulder_flexion": 32, "shoulder_abduction": 32,
}  # fmt: skip
"""Degrees beyond which a change may not go unsaid."""

SAID_BY = {
    "knee_flexion": ("knee ",), "hip_flexion": ("thigh ", "knee ", "hips ", "body ", "trunk "),
    "elbow_flexion": ("elbow ", "hand"), "lumbar_flexion": ("low back ",),
    "thoracic_flexion": ("upper back ",), "neck_flexion": ("chin ",),
    "lumbar_rotation": ("trunk ", "hips "), "lumbar_bend": ("trunk ", "hips "),
    "neck_rotation": ("head ",),
    "shoulder_flexion": ("arm", "hand"), "shoulder_abduction": ("arm", "hand"),
}  # fmt: skip
"""The parts whose telling tells of a joint. Hips that lift, a body that sinks and a knee that
bends over a planted foot tell of the hip; a hand that comes or goes tells of its arm."""

HAND_STAYS_M = 0.02

MOVERS = {"hip_flexion": "thigh", "shoulder_flexion": "uarm", "shoulder_abduction": "uarm"}


def unsaid(one: Ruler, phase: Described) -> list[str]:
    """Return every large change that a phase's text leaves out."""
    said = [*heard(phase.text)]
    missed = []
    for name, most in MUST.items():
        sides = ("",) if name.startswith(("lumbar", "thoracic", "neck")) else ("L", "R")
        for side in sides:
            before, after = one.joint(f"{name}_{side}") if side else one.spine(name)
            moved = abs(after - before)
            if name in MOVERS:  # where the limb keeps its place in the room, the trunk moves
                moved = min(moved, one.turned(f"{MOVERS[name]}_{side}"))
            if name.startswith("neck"):
                moved = min(moved, one.turned("head"))
            if moved > most and not (
                spoken(name, side, said, phase.text) or over_a_hand(one, name, side, phase.text)
            ):
                missed.append(f"{name} {side} {before:.0f} to {after:.0f}: {phase.text}")
    return missed


def spoken(name: str, side: str, said: list[Heard], text: str) -> bool:
    if any(
        one.part.startswith(SAID_BY[name]) and (side in one.side or not one.side) for one in said
    ):
        return True
    if "hand" not in SAID_BY[name]:
        return False
    word = {"L": "left", "R": "right"}[side]
    text = text.lower()
    return any(
        f"{who} {does}" in text
        for who in (f"the {word} hand", "both hands")
        for does in ("come", "take", "let", "leave", "slide", "stay")
    ) or tied(text)


def over_a_hand(one: Ruler, name: str, side: str, text: str) -> bool:
    """Return whether a hand keeps its place while a text says that elbows give way and the hips
    rise or sink: then the shoulder follows from both."""
    if not name.startswith("shoulder"):
        return False
    before, after = one.place(f"palm_{side}")
    stays = float(np.linalg.norm(after - before)) < HAND_STAYS_M
    said = text.lower()
    return stays and "both elbows" in said and bool(re.search("the hips (lift|lower)", said))


def tied(text: str) -> bool:
    """Return whether a text says that hands stay, or that both elbows give way as the hips go:
    then the trunk moves over them."""
    over = "both elbows" in text and "the hips move" in text
    return over or ("hands" in text and " still" in text)


@pytest.mark.parametrize(("name", "body"), STEADY)
def test_nothing_that_moves_much_goes_unsaid(name: str, body: str):
    missed = [
        fault for phase in told(name, body).phases
        for fault in unsaid(ruler(name, body, phase), phase)
    ]  # fmt: skip
    assert missed == []


@pytest.mark.parametrize(("name", "body"), STEADY)
def test_somebody_who_holds_still_does(name: str, body: str):
    for phase in told(name, body).phases:
        if "holds still" not in phase.text:
            continue
        one = ruler(name, body, phase)
        for place in ("pelvis", "head", "palm_L", "palm_R", "ball_L", "ball_R"):
            before, after = one.place(place)
            assert abs(after - before).max() < 0.002, (phase.text, place)


STAYING = {
    "the feet": ("heel_L", "heel_R"), "the left foot": ("heel_L",), "the right foot": ("heel_R",),
    "the hands": ("palm_L", "palm_R"), "the hips": ("pelvis",), "the head": ("head",),
}  # fmt: skip


@pytest.mark.parametrize(("name", "body"), STEADY)
def test_what_is_said_to_stay_still_stays(name: str, body: str):
    for phase in told(name, body).phases:
        quiet = [
            part for part in phase.text.split(". ") if "still" in part and "person" not in part
        ]
        for text in quiet:
            one = ruler(name, body, phase)
            for words, places in STAYING.items():
                if words in text.lower():
                    for place in places:
                        before, after = one.place(place)
                        assert abs(after - before).max() < 0.031, (phase.text, place)


@pytest.mark.parametrize(("name", "body"), STEADY)
def test_a_lean_on_the_way_happens(name: str, body: str):
    for phase in told(name, body).phases:
        found = re.search(r"On the way, the trunk leans over (.+?)\.", phase.text)
        times = np.arange(phase.start_s, phase.end_s, 1 / 30)
        leans = [Ruler(track(name, body), t, t).lean()[0] for t in times]
        ends = Ruler(track(name, body), phase.start_s, phase.end_s).lean()
        if found is not None:
            low, high = ENDS[found[1]]
            assert low <= max(leans) <= high
        elif max(ends) > 0:
            assert max(leans) < max(ends) + 15


def test_the_ruler_notices_a_wrong_side_a_wrong_way_and_a_wrong_measure():
    phase = told("single-knee-to-chest", "woman").phases[1]
    true = next(one for one in heard(phase.text) if one.part.startswith("thigh"))
    one = ruler("single-knee-to-chest", "woman", phase)
    assert wrong(one, true) == ""
    assert wrong(one, Heard(true.part, "R", true.grows, true.words))
    assert wrong(one, Heard(true.part, true.side, not true.grows, true.words))
    for words in {*ENDS, "a little", "clearly", "more than a right angle"} - {
        "to about a right angle", "to about a right angle with the body", "until about level",
    }:  # fmt: skip
        assert wrong(one, Heard(true.part, true.side, true.grows, words)), words


def test_the_ruler_has_much_to_measure():
    said = [
        one for name, body in STEADY for phase in told(name, body).phases
        for one in heard(phase.text)
    ]  # fmt: skip
    assert len(said) > 8 * len(MOTIONS)
    assert len({(one.part, one.grows) for one in said}) > 20
    assert len({one.words for one in said}) > 12


def test_the_ruler_hears_a_silence():
    phase = told("bridge", "woman").phases[0]
    one = ruler("bridge", "woman", phase)
    assert unsaid(one, phase) == []
    silent = Described(phase.part, phase.start_s, phase.end_s, "The feet stay still.", "")
    assert any("knee_flexion" in fault for fault in unsaid(one, silent))
