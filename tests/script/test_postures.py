"""How somebody lies, kneels, sits or stands is recognised from the pose alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from posing import between, both, posed

from recoup.model.motion import Mode, Motion, Phase, Prop, Touch
from recoup.motion import Track
from recoup.script.description import describe

UP, DOWN = (-90.0, 0.0, 0.0), (90.0, 0.0, 0.0)
FOURS = both(hip_flexion=90, knee_flexion=90, ankle_dorsiflexion=-58, shoulder_flexion=90,
             wrist_flexion=-88)  # fmt: skip


def on(side: str, **angles: float) -> dict[str, float]:
    return {f"{name}_{side}": value for name, value in angles.items()}


KNELT = {"knee_flexion": 90.0, "ankle_dorsiflexion": -40.0}
STEP = {"hip_flexion": 90.0, "knee_flexion": 90.0}
BENT = {"hip_flexion": 70.0, "knee_flexion": 80.0}

UPRIGHT = (0.0, 0.0, 0.0)
POSES = {
    "stands, with both feet flat.": {},
    "stands, with both feet flat and the knees well bent.": (
        both(hip_flexion=80, knee_flexion=90, ankle_dorsiflexion=15), (5.0, 0.0, 0.0)
    ),
    "stands on the right leg.": on("L", **BENT),
    "stands on the left leg.": on("R", **BENT),
    "stands, bent forward at the hips.": (both(hip_flexion=85), (85.0, 0.0, 0.0)),
    "kneels upright.": (both(**KNELT), UPRIGHT, "knee_L"),
    "kneels, sitting back on the heels.": both(
        hip_flexion=75, knee_flexion=155, ankle_dorsiflexion=-60
    ),
    "kneels on the left knee, with the right foot in front.": (
        on("L", **KNELT) | on("R", **STEP), UPRIGHT, "knee_L"
    ),
    "kneels on the right knee, with the left foot in front.": (
        on("R", **KNELT) | on("L", **STEP), UPRIGHT, "knee_R"
    ),
    "is on hands and knees.": (FOURS, DOWN, "knee_L"),
    "sits on the floor.": (both(hip_flexion=85), UPRIGHT, "seat_L"),
    "lies on the back, with both legs straight.": ({}, UP),
    "lies on the back, with both legs straight in the air.": (both(hip_flexion=90), UP),
    "lies on the back, with both knees bent in the air.": (
        both(hip_flexion=90, knee_flexion=90), UP
    ),
    "lies on the front, with both legs straight.": (both(ankle_dorsiflexion=-60), DOWN),
    "lies on the front, with the chest pushed up on the hands.": (
        both(ankle_dorsiflexion=-60, shoulder_flexion=60, hip_flexion=-15)
        | {"lumbar_flexion": -32.0, "thoracic_flexion": -25.0},
        (70.0, 0.0, 0.0),
    ),
    "holds the body up on the forearms and toes.": (
        both(shoulder_flexion=80, elbow_flexion=90, ankle_dorsiflexion=10), (85.0, 0.0, 0.0)
    ),
    "lies on the right side, with both knees bent.": (
        both(hip_flexion=45, knee_flexion=80), (0.0, 90.0, 0.0)
    ),
    "lies on the left side, with both knees bent.": (
        both(hip_flexion=45, knee_flexion=80), (0.0, -90.0, 0.0)
    ),
    "lies on the left side, with both legs straight and the right leg lifted.": (
        on("R", hip_abduction=40), (0.0, -90.0, 0.0)
    ),
}  # fmt: skip


@pytest.mark.parametrize("body", ["woman", "man"])
@pytest.mark.parametrize("words", POSES)
def test_a_posture_is_recognised_without_its_name(words: str, body: str):
    pose = POSES[words]
    angles, facing, point = (*pose, "")[:3] if isinstance(pose, tuple) else (pose, UPRIGHT, "")
    there = describe(*posed(both() | angles, facing, lying_on=point, body=body))
    assert there.start.startswith(f"The person {words}"), there.start


ARMS = {
    "Both arms are by the sides.": {},
    "Both arms are stretched out past the head.": both(shoulder_flexion=175),
    "Both arms are held out to the side.": both(shoulder_abduction=90),
    "Both arms are reaching forward.": both(shoulder_flexion=90),
    "The left arm is stretched out past the head. The right arm is by the side.": on(
        "L", shoulder_flexion=175
    ),
}


@pytest.mark.parametrize("words", ARMS)
def test_arms_in_the_air_are_told_by_their_way(words: str):
    assert words in describe(*posed(both() | ARMS[words])).start


def test_a_hand_that_only_hangs_beside_a_thigh_does_not_rest_on_it():
    motion, track = posed(both())
    assert "thigh" not in describe(motion, track).start
    touch = Touch(Mode.ATTACHED, to="thigh_front_L")
    held = replace(motion.positions["held"], touches={"palm_L": touch})
    there = describe(replace(motion, positions={"held": held}), track)
    assert "The left hand rests on the left thigh." in there.start


def test_things_are_told_where_they_stand_and_a_hand_on_one_rests_there():
    ahead = Prop("chair", at=(0.0, 0.0, 0.6))
    assert "A chair is in front." in describe(*posed(both(), props=(ahead,))).start
    behind = replace(ahead, at=(0.0, 0.0, -0.6))
    assert "A chair is behind." in describe(*posed(both(), props=(behind,))).start
    left = replace(ahead, at=(0.7, 0.0, 0.0))
    assert "A chair is on the left." in describe(*posed(both(), props=(left,))).start
    _, track = posed(both(shoulder_flexion=45))
    track.rig.set(track.q[0])
    ahead_m = float(track.rig.point("palm_L")[2])
    there = describe(*posed(both(shoulder_flexion=45), props=(Prop("wall", at=(0, 0, ahead_m)),)))
    assert "Both hands rest against the wall." in there.start


def test_a_word_nobody_wrote_yet_is_told_by_its_kind():
    there = describe(*posed(both(), props=(Prop("yoga-block", at=(0.0, 0.0, 0.5)),)))
    assert "A yoga block is in front." in there.start


def there_and_back(middle: dict[str, float], elbow_deg: float) -> tuple[Motion, Track]:
    """Return somebody who leans over into a pose and back, and meanwhile bends an elbow evenly:
    with an elbow that moves, the body never stops."""
    start, first = posed(both())
    _, other = posed(middle, (60.0, 0.0, 0.0))
    share = (1 - np.cos(np.linspace(0, 2 * np.pi, 121))) / 2
    q = first.q[:1].repeat(121, 0)
    q[:, 7:] += share[:, None] * (other.q[0] - first.q[0])[7:]
    angle = np.radians(60) * share / 2
    q[:, 3], q[:, 4] = np.cos(angle), np.sin(angle)
    q[:, 7 + first.rig.index["elbow_flexion_L"]] += np.radians(np.linspace(0, elbow_deg, 121))
    there = replace(start.positions["held"], id="there")
    motion = replace(
        start, positions={"held": start.positions["held"], "there": there},
        cycle=(Phase("there", 1.0), Phase("held", 1.0)),
    )  # fmt: skip
    rows = {"curl": np.zeros((121, 2, 4)), "on_floor": np.zeros((121, 2)), "breath": np.zeros(121)}
    return motion, replace(first, q=q, **rows)


def test_phases_are_told_one_by_one_where_the_body_stops_between():
    ahead, back = describe(*there_and_back(both(hip_flexion=60), 0)).phases
    assert "the trunk leans over about half-way to level" in ahead.text
    assert "the trunk comes up until upright" in back.text


def test_phases_without_a_stop_between_are_one_and_what_comes_and_goes_is_told():
    (one,) = describe(*there_and_back(both(hip_flexion=60), 60)).phases
    assert (one.start_s, one.end_s) == (0.0, 2.0)
    assert "the left elbow bends to about half a right angle" in one.text
    assert "On the way, the trunk leans over about half-way to level." in one.text


@pytest.mark.parametrize("roll_deg", [-12.0, 12.0])
def test_hips_that_drop_under_a_chest_that_stays_are_told_by_their_side(roll_deg: float):
    held = {"lumbar_bend": roll_deg / 2, "thoracic_bend": roll_deg / 2}
    stand, tilt = posed(both()), posed(both() | held, (0.0, roll_deg, 0.0))
    rig = tilt[1].rig
    rig.set(tilt[1].q[0])
    left_low = rig.point("hip_front_L")[1] < rig.point("hip_front_R")[1]
    low, high = ("left", "right") if left_low else ("right", "left")
    (there,) = describe(*between(stand, tilt)).phases
    assert f"hips drop on the {low} about" in there.text
    assert f"hips tip toward the {high} ribs" in there.text
    assert "trunk bends" not in there.text
    (back,) = describe(*between(tilt, stand)).phases
    assert "hips come level again" in back.text
    assert f"hips tip toward the {low} ribs" in back.text


def test_a_chest_that_turns_over_hips_that_stay_is_told_as_the_trunk():
    turned = {"lumbar_rotation": 10.0, "thoracic_rotation": 30.0}
    (there,) = describe(*between(posed(both()), posed(both() | turned))).phases
    assert "the trunk turns to the left about half a right angle" in there.text
    assert "hips turn" not in there.text
