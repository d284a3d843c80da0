from pathlib import Path

import pytest

from recoup.film.draw.camera import VIEWS
from recoup.library import LibraryError, read_texts
from recoup.library.motions import read_motions
from recoup.model.motion import Mode

LIBRARY = Path(__file__).parents[2] / "library"
SHARED = """
positions:
  lying:
    facing: up
    angles: {hip_flexion: 5}
    touches: {back: pinned, heels: sliding}
  twisted:
    like: lying
    angles: {lumbar_rotation: 10, hip_flexion: {left: 60}}
    touches: {heel_left: free}
"""


def texts(motion):
    return {"motions/positions.yaml": SHARED, "motions/twist.yaml": motion}


def problems_of(motion):
    with pytest.raises(LibraryError) as caught:
        read_motions(texts(motion))
    return [str(one) for one in caught.value.problems]


GOOD = "id: twist\ncycle:\n  - {to: twisted, s: 2, hold_s: 1}\n  - {to: lying, s: 2}\n"


def motions_of_the_library():
    found = {
        path.relative_to(LIBRARY).as_posix(): path.read_text() for path in LIBRARY.rglob("*.yaml")
    }
    return read_motions(found)


def test_every_motion_of_the_library_can_be_read():
    motions = motions_of_the_library()
    assert {"marching-bridge", "cat-camel", "pelvic-tilt-lying"} <= set(motions)
    assert all(len(motion.claims) >= 2 for motion in motions.values())


def test_a_position_takes_over_what_it_is_like():
    twisted = read_motions(texts(GOOD))["twist"].positions["twisted"]
    assert twisted.angles["hip_flexion_L"] == 60
    assert twisted.angles["hip_flexion_R"] == 5
    assert "heel_L" not in twisted.touches
    assert twisted.touches["blade_L"].mode is Mode.PINNED


def test_the_other_side_is_the_mirror_image():
    twisted = read_motions(texts(GOOD))["twist"].changed(side="right").positions["twisted"]
    assert twisted.angles["hip_flexion_R"] == 60
    assert twisted.angles["lumbar_rotation"] == -10
    assert "heel_R" not in twisted.touches


def test_pictures_of_the_other_side_are_mirror_images():
    motion = motions_of_the_library()["half-kneeling-hip-flexor-stretch"]
    other = motion.changed(side="right")
    chair, others_chair = motion.props[1], other.props[1]
    assert (others_chair.at[0], others_chair.at[2]) == (-chair.at[0], chair.at[2])
    assert motion.positions["stretched"].touches["palm_R"].against == "chair-top-left"
    assert other.positions["stretched"].touches["palm_L"].against == "chair-top-right"
    assert (other.target, other.views[0]) == (("hip-flexors-right",), "other-side")
    assert set(other.views) <= set(VIEWS)
    assert other.mirrored() == motion


def test_mirroring_twice_changes_nothing():
    motion = read_motions(texts(GOOD))["twist"]
    assert motion.mirrored().mirrored() == motion


def test_the_other_side_has_its_things_across_and_is_seen_from_the_front():
    lying = read_motions(read_texts(LIBRARY))["side-lying-knee-to-chest"]
    turned = lying.changed(side="right")
    assert [one.at[0] for one in turned.props] == [-one.at[0] for one in lying.props]
    assert turned.views == tuple(f"other-{view}" for view in lying.views)
    assert set(turned.views) <= set(VIEWS)
    assert turned.mirrored() == lying


def test_twice_the_tempo_takes_half_the_time():
    motion = read_motions(texts(GOOD))["twist"]
    assert sum(one.seconds for one in motion.changed(tempo=2).cycle) == pytest.approx(2.5)


def test_half_the_reach_goes_half_the_way():
    motion = read_motions(texts(GOOD))["twist"].changed(reach=0.5)
    assert motion.positions["twisted"].angles["lumbar_rotation"] == 5


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("twisted, s", "twistd, s", "motions/twist.yaml:3: cycle[0].to: twistd is no position."),
        ("s: 2, hold", "s: 0, hold", "motions/twist.yaml:3: cycle[0].s:"),
        ("cycle:", "cycles:", "motions/twist.yaml:2: cycles: This field is not known."),
    ],
)
def test_a_slip_of_the_pen_is_told_with_file_and_line(wrong, right, told):
    assert any(one.startswith(told) for one in problems_of(GOOD.replace(wrong, right)))


def test_an_unknown_joint_is_told_with_the_nearest_one():
    motion = GOOD + "positions:\n  bent:\n    angles: {hip_flection: 3}\n"
    (told,) = problems_of(motion)
    assert "hip_flection is no angle. Did you mean hip_flexion?" in told
