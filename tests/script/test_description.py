"""Descriptions of motions: mirrored, reversed, larger, said aloud, fitted into a gap."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from figures import HOME, figure
from heard import heard
from hypothesis import given, settings
from hypothesis import strategies as st
from posing import between, both, posed

from recoup.library import load, read_texts
from recoup.library.motions import read_motions
from recoup.library.reading import grade, sentences, words
from recoup.library.speech import read_manner
from recoup.library.texts import default_folder
from recoup.model.joints import LIMB_ANGLES, SPINE_ANGLES
from recoup.model.motion import Motion
from recoup.motion import Track, load_track
from recoup.script.description import Described, Description, describe, fitting, said_in_s
from recoup.script.description.moves import moves
from recoup.script.description.phrases import WAYS
from recoup.script.description.telling import stretches

TEXTS = read_texts(default_folder())
MOTIONS = read_motions(TEXTS)
BODIES = ("woman", "man")
ALL = pytest.mark.parametrize(("name", "body"), list(product(MOTIONS, BODIES)))


@cache
def track(name: str, body: str = "woman") -> Track:
    return load_track(MOTIONS[name], figure(body), HOME / "tracks")


@cache
def told(name: str, body: str = "woman") -> Description:
    return describe(MOTIONS[name], track(name, body))


def other_side(text: str) -> str:
    """Return a text with left and right changed over; a right angle stays one."""
    for word, kept in (("right angle", "corner"), ("upright", "plumb")):
        text = text.replace(word, kept)
    text = text.replace("left", "#").replace("right", "left").replace("#", "right")
    return text.replace("corner", "right angle").replace("plumb", "upright")


def mirrored(one: Track) -> Track:
    """Return the track of the mirror image, by arithmetic alone."""
    rig, q = one.rig, one.q.copy()
    q[:, 0] *= -1
    q[:, 5:7] *= -1  # a turn about x stays; those about y and z change their sign
    for name in LIMB_ANGLES:
        left, right = 7 + rig.index[f"{name}_L"], 7 + rig.index[f"{name}_R"]
        q[:, [left, right]] = q[:, [right, left]]
    for name in SPINE_ANGLES:
        if not name.endswith("flexion"):
            for hinge, _ in rig.hinges_of(name):
                q[:, 7 + rig.index[hinge]] *= -1
    return replace(one, q=q)


@ALL
def test_the_mirror_image_is_told_in_the_same_words_with_the_sides_changed(name: str, body: str):
    there = told(name, body)
    mirror = describe(MOTIONS[name].mirrored(), mirrored(track(name, body)))
    assert clauses(other_side(there.start)) == clauses(mirror.start)
    for one, other in zip(there.phases, mirror.phases, strict=True):
        if MOTIONS[name].flows:  # a walk names both sides, or the one that carries
            assert SIDE.sub("", one.text) == SIDE.sub("", other.text)
        elif name not in EVEN:
            assert clauses(other_side(one.text)) == clauses(other.text)


SIDE = re.compile(r"\b(left|right)\b")
EVEN = ("slow-belly-breathing",)
"""Each hand goes elsewhere, as far as the other: only the one told first is told in full. So it
is with every short text, which has the largest move alone."""


def clauses(text: str) -> list[str]:
    """Return what is said, whichever side is told first: left comes before right in both."""
    parts = re.split(r"[.,]| and ", text.lower())
    return sorted(part.strip().removeprefix("with ") for part in parts if part.strip())


def test_an_exercise_of_one_side_names_the_right_side_when_it_is_done_there():
    right = MOTIONS["single-knee-to-chest"].changed("right")
    there = describe(right, load_track(right, figure("woman"), HOME / "tracks"))
    texts = [phase.text for phase in there.phases]
    assert any("the right thigh comes toward the chest" in text.lower() for text in texts)
    assert not any("the left thigh" in text.lower() for text in texts)
    assert [other_side(phase.text) for phase in told("single-knee-to-chest").phases] == texts


def test_an_alternate_is_told_as_the_other_side():
    texts = [phase.text for phase in told("marching-bridge").phases]
    left = [text for text in texts if "the left foot lifts" in text]
    right = [text for text in texts if "the right foot lifts" in text]
    assert len(left) == len(right) == 1
    assert not left[0].startswith("Then the other side.")
    assert right[0].startswith("Then the other side.")


def test_a_foot_that_goes_back_beside_a_kneeling_leg_does_not_stand_on_its_heel():
    texts = " ".join(phase.text for phase in told("between-standing-and-kneeling").phases)
    assert "The right foot comes to lie on its top." in texts
    assert "onto the heel" not in texts


def test_a_standing_body_steps_and_a_lying_one_slides_its_foot():
    down = told("between-standing-and-kneeling").phases
    texts = " ".join(phase.text for phase in down)
    assert "the left foot goes back about an arm's length" in texts
    assert "the left foot goes forward about an arm's length" in texts
    assert "slides" not in texts


OPPOSITES = [(way.grows[k], way.shrinks[k]) for way in WAYS.values() for k in (0, 1)] + [
    ("comes to rest", "leaves"), ("come to rest", "leave"), ("takes hold", "lets go"),
    ("take hold", "let go"), ("comes flat onto the floor", "tips up onto the heel"),
    ("come flat onto the floor", "tip up onto the heels"), ("rounds", "straightens"),
    ("comes flat onto the floor", "comes to lie on its top"),
    ("come flat onto the floor", "come to lie on their tops"),
    ("flattens", "hollows"), ("rounds", "hollows"), ("flattens", "straightens"),
    ("arches", "eases out of its arch"), ("arches", "rounds"), ("slides", "slides"),
    ("slide", "slide"), ("comes to rest", "comes to rest"), ("come to rest", "come to rest"),
    ("takes hold", "comes to rest"), ("come level", "drop on the left"),
    ("come level", "drop on the right"),
]  # fmt: skip
"""What undoes what. A hand that goes from one rest to another goes back to the first."""


@ALL
def test_a_phase_played_backwards_is_told_with_the_opposite_verbs(name: str, body: str):
    if MOTIONS[name].flows:
        pytest.skip("a walk is told as a whole")
    for one in stretches(MOTIONS[name], track(name, body)):
        ahead = {
            (move.key, move.side, move.parts[0], move.does[0])
            for move in moves(one.before, one.after) if move.must
        }  # fmt: skip
        back = [
            (move.key, move.side, move.parts[0], move.does[0])
            for move in moves(one.after, one.before)
        ]
        for key, side, part, does in ahead:
            undone = [
                verb for key_, side_, part_, verb in back
                if (key_, part_) == (key, part) and ({side, side_} & {"B"} or side == side_)
            ]  # fmt: skip
            assert any((does, verb) in OPPOSITES or (verb, does) in OPPOSITES for verb in undone), (
                one.before.t,
                key,
                does,
                undone,
            )


def bent(joint: str, start: float, end: float) -> tuple[Motion, Track]:
    """Return somebody who stands on the right leg and moves one joint."""
    stand = both() | {"hip_flexion_L": 60.0, "knee_flexion_L": 70.0, "knee_flexion_R": 5.0}
    return between(posed(stand | {joint: start}), posed(stand | {joint: end}))


RANKS = (
    ("a little", "clearly", "about half a right angle", "about a right angle",
     "more than a right angle"),
    ("a little", "clearly", "a long way"),
    ("a little", "until straight", "until nearly straight", "to about half a right angle",
     "to about a right angle", "past a right angle", "all the way"),
    ("a little", "until in line with the body", "until nearly in line with the body",
     "to about half a right angle with the body", "to about a right angle with the body",
     ", ending close to it"),
)  # fmt: skip
"""Measures in rising order."""

LARGER = {
    "knee_flexion_L": (70, 150), "elbow_flexion_R": (0, 145), "shoulder_flexion_R": (0, 170),
    "shoulder_abduction_L": (0, 110), "hip_flexion_L": (60, 140), "lumbar_flexion": (0, 50),
    "thoracic_flexion": (0, 45), "neck_rotation": (0, 60), "lumbar_rotation": (0, 18),
}  # fmt: skip


def measure_said(joint: str, end: float) -> tuple[int, int] | None:
    """Return the scale and the rank of what is said of a joint; None when it is not told."""
    start = LARGER[joint][0]
    text = describe(*bent(joint, start, end)).phases[0].text
    names = {"shoulder_flexion": "arm", "shoulder_abduction": "arm", "hip_flexion": "thigh",
             "lumbar_flexion": "low back", "thoracic_flexion": "upper back",
             "neck_rotation": "head", "lumbar_rotation": "trunk"}  # fmt: skip
    base = joint.removesuffix("_L").removesuffix("_R")
    part = names.get(base, base.removesuffix("_flexion"))
    for one in heard(text):
        if one.part.startswith(part):
            scale = next(k for k, scale in enumerate(RANKS) if one.words in scale and fits(k, base))
            return scale, RANKS[scale].index(one.words)
    return None


def fits(scale: int, base: str) -> bool:
    if base.startswith(("knee", "elbow")):
        return scale == 2
    if base == "hip_flexion":
        return scale == 3
    return scale == (1 if base in ("lumbar_flexion", "thoracic_flexion") else 0)


@given(st.sampled_from(sorted(LARGER)), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_a_larger_move_is_never_told_smaller(joint: str, one: float, other: float):
    low, high = LARGER[joint]
    less, more = sorted(low + share * (high - low) for share in (one, other))
    small, large = measure_said(joint, less), measure_said(joint, more)
    if small is not None:
        assert large is not None
        assert large >= small


@given(st.sampled_from(sorted(LARGER)), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_five_degrees_more_are_the_same_or_more(joint: str, share: float):
    low, high = LARGER[joint]
    end = low + share * (high - low)
    small, large = measure_said(joint, end), measure_said(joint, end + 5)
    assert small is None or (large is not None and large >= small)


@pytest.mark.parametrize("joint", sorted(LARGER))
def test_a_tiny_change_is_not_told_and_a_large_one_is(joint: str):
    low, high = LARGER[joint]
    assert measure_said(joint, low + 4) is None
    assert measure_said(joint, high) is not None


@ALL
def test_a_description_can_be_read_at_eleven_and_breaks_no_rule_of_wording(name: str, body: str):
    wording = load().wording
    there = told(name, body)
    for text in (*there.texts(), " ".join(there.texts())):
        assert text
        if len(words(text)) >= wording.reading.shortest_words:
            assert grade(text, wording.reading.exempt) <= wording.reading.highest, text
        assert not any(one.pattern.search(text) for one in wording.forbidden), text


@ALL
def test_the_voice_can_say_a_description(name: str, body: str):
    there = told(name, body)
    spoken = there.lines(read_manner(TEXTS).lexicon)
    shown = " ".join(line.shown for line in spoken)
    assert shown == " ".join([there.start, *(phase.text for phase in there.phases)])
    assert len(spoken) == len(sentences(shown))


@ALL
def test_short_is_shorter_and_says_nothing_else(name: str, body: str):
    for phase in told(name, body).phases:
        assert said_in_s(phase.short) <= said_in_s(phase.text)
        if not MOTIONS[name].flows:
            there = {one.part for one in heard(phase.text)}
            assert {one.part for one in heard(phase.short)} <= there


def test_a_film_takes_the_longest_text_that_fits_its_gap():
    phase = Described("cycle", 0, 2, "The left foot lifts off the floor. The head stays still.",
                      "The left foot lifts.")  # fmt: skip
    assert fitting(phase.texts, 60) == phase.text
    assert fitting(phase.texts, said_in_s(phase.text)) == phase.text
    assert fitting(phase.texts, said_in_s(phase.text) - 0.1) == phase.short
    assert fitting(phase.texts, 0.5) == ""


@given(st.lists(st.text("ab ", min_size=1)), st.floats(0, 20))
def test_what_fits_a_gap_is_one_of_the_texts_and_fits(texts: list[str], seconds: float):
    found = fitting(texts, seconds)
    assert found in (*texts, "")
    assert said_in_s(found) <= seconds
    assert all(said_in_s(one) <= said_in_s(found) for one in texts if said_in_s(one) <= seconds)


def test_it_is_told_from_the_track_and_not_from_what_the_motion_asks_for():
    """The words follow the solved joints even where the text of the motion says otherwise."""
    motion = MOTIONS["cat-camel"]
    flat = {
        name: replace(one, angles=dict.fromkeys(one.angles, 0.0))
        for name, one in motion.positions.items()
    }
    nameless = replace(motion, positions=flat, id="x", target=(), claims=())
    assert describe(nameless, track("cat-camel")).phases == told("cat-camel").phases


def test_a_walk_is_told_with_its_steps():
    (phase,) = told("graded-walking").phases
    assert told("graded-walking").start == "The person walks ahead."
    one = track("graded-walking")
    gaps = []
    for t in np.linspace(0, one.seconds, 60):
        one.rig.set(one.coordinates(float(t)))
        gaps.append(abs(one.rig.point("heel_L")[2] - one.rig.point("heel_R")[2]))
    assert 0.38 < max(gaps) < 0.82
    assert "about an arm's length a step" in phase.text
    assert 0.88 < one.seconds < 1.12
    assert "Two steps take about one second." in phase.text
    assert "Each heel lands before its toes." in phase.text
    assert "each with the leg of the other side" in phase.text
