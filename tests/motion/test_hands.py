"""Where hands come to lie on bodies of every girth."""

from dataclasses import replace

import numpy as np
import pytest
from figures import figure
from test_solving import motions, track

from recoup.body import FIGURES
from recoup.body.flesh import gives_m
from recoup.motion.girth import fitted_touches
from recoup.motion.press import Presses

FIRM_MM = 15
"""How deep one firm part may be in another."""


def lifted(solved, t, up_m):
    """Return the transforms at ``t`` with both arms moved straight up."""
    found = solved.pose(t).transforms.copy()
    for k, name in enumerate(solved.rig.body.segments):
        if name.startswith(("farm", "hand")) or (name[0] == "f" and name[1].isdigit()):
            found[k, 1, 3] += up_m
    return found


@pytest.mark.parametrize("name", ["woman", "larger"])
def test_hands_lie_on_the_thighs_and_not_in_them(name):
    solved = track("cat-camel-sitting", name)
    presses, t = Presses(figure(name)), solved.reached["sitting"]
    assert presses.measure(solved.pose(t).transforms).pierce_mm < FIRM_MM


def test_a_hand_that_is_pushed_into_a_thigh_is_found_there():
    solved = track("cat-camel-sitting", "larger")
    presses, t = Presses(figure("larger")), solved.reached["sitting"]
    assert presses.measure(lifted(solved, t, -0.025)).pierce_mm > FIRM_MM


def test_a_hand_over_the_hem_of_the_shorts_is_not_in_the_thigh():
    """A hem is turned in: the way out of it leads along the leg, not up to the hand."""
    solved = track("cat-camel-sitting", "larger")
    presses, t = Presses(figure("larger")), solved.reached["sitting"]
    for up_m in (0.01, 0.02, 0.03):
        press = presses.measure(lifted(solved, t, up_m))
        assert "thigh" not in " ".join(press.parts) or press.pierce_mm < 5


@pytest.mark.parametrize("name", FIGURES)
def test_a_hand_reaches_as_far_round_a_thigh_as_it_is_wide_and_deep(name):
    asked, body = motions()["both-knees-to-chest"], figure(name)
    before, after = (one.positions["knees-held"].touches["palm_L"]
                     for one in (asked, fitted_touches(asked, body)))  # fmt: skip

    def girth_mm(of):
        at = {name: np.array(of.contact[f"thigh_{name}_L"].point) for name in (
            "in", "out", "back", "front")}  # fmt: skip
        return np.array([at["out"][0] - at["in"][0], at["front"][2] - at["back"][2]]) * 1e3

    (wide, deep), (usual_wide, usual_deep) = girth_mm(body), girth_mm(figure("woman"))
    across, along, ahead = before.offset_mm
    wanted = (across * wide / usual_wide, along, ahead + np.sign(ahead) * (deep - usual_deep))
    assert np.allclose(after.offset_mm, wanted, atol=0.6)
    assert replace(after, offset_mm=before.offset_mm, via_mm=before.via_mm) == before


def test_a_belly_that_flattens_comes_nearer_to_the_floor_and_no_other():
    asked = motions()["prone-press-up"]
    for name in FIGURES:
        fitted = fitted_touches(asked, figure(name)).positions["hands-by-shoulders"].touches
        touches = asked.positions["hands-by-shoulders"].touches
        nearer = {p: touches[p].height_mm - fitted[p].height_mm for p in touches}
        gives_mm = gives_m(figure(name), "belly") * 1e3
        assert nearer == {p: pytest.approx(gives_mm * (p == "belly")) for p in touches}
