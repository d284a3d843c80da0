"""Other limbs, other tempo, other frame rate: a motion holds, or it is said what broke."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

import pytest
from figures import HOME
from hypothesis import given, settings
from hypothesis import strategies as st
from test_solving import motions, track

from recoup.body import FIGURES, Figure
from recoup.body.build import build
from recoup.body.source import Source, find_wheel
from recoup.motion import Findings, ReachError, check_motion, solve

NAMES = ("bridge", "marching-bridge", "cat-camel-sitting", "peanut-ball-at-wall")
LIMBS = ("legs/measure-upperleg-height", "legs/measure-lowerleg-height",
         "arms/measure-upperarm-length", "arms/measure-lowerarm-length")  # fmt: skip
RATE_TOLERANCE = 0.02
"""How far a value may differ between frame rates, mm or degrees: the worst moment of a smooth
move lies between two samples."""

MOMENT = r"at \d+\.\d\d s, [\w~-]+( to [\w~-]+)?"
NUMBER = r"-?\d+(\.\d+)?"
TOLD = (
    rf"\w+ is {NUMBER}, at most {NUMBER}: .*{MOMENT}",
    rf"The body would fall {MOMENT}: its weight is {NUMBER} mm outside what carries it, "
    rf"at most {NUMBER}",
    rf".+ \(\w+ {NUMBER}, at (least|most) {NUMBER}, {MOMENT}\)",
)


@dataclass(frozen=True)
class _Limbs(Figure):
    longer: float = 0.0
    """How much longer (or, below 0, shorter) thighs, shanks, upper arms and forearms are."""

    def targets(self):
        way = "incr" if self.longer > 0 else "decr"
        return super().targets() | {f"{limb}-{way}": abs(self.longer) for limb in LIMBS}


@cache
def limbed(longer):
    woman = {name: getattr(FIGURES["woman"], name) for name in Figure.__dataclass_fields__}
    figure = _Limbs(**woman | {"name": f"woman-{longer:+g}"}, longer=longer)
    return build(figure, Source(find_wheel(HOME / "data")))


def leg_m(body):
    return float(body.joints[body.index["thigh_L"]][1] - body.joints[body.index["foot_L"]][1])


def says_what_broke(line):
    return any(re.fullmatch(pattern, line) for pattern in TOLD)


def test_longer_limbs_are_longer_and_shorter_ones_shorter():
    short, long = limbed(-0.5), limbed(0.5)
    assert leg_m(short) < leg_m(track("bridge").rig.body) - 0.01
    assert leg_m(long) > leg_m(track("bridge").rig.body) + 0.01


@settings(max_examples=5, deadline=None, derandomize=True, database=None)
@given(
    name=st.sampled_from(NAMES),
    longer=st.sampled_from((-0.5, 0.5)),
    tempo=st.floats(min_value=0.6, max_value=1.8),
)
def test_other_limbs_and_tempo_hold_or_say_what_broke(name, longer, tempo):
    motion = motions()[name].changed(tempo=tempo)
    try:
        found = check_motion(motion, solve(motion, limbed(longer)), rate_hz=12)
    except ReachError as error:
        for miss in error.misses:
            assert re.match(r"motions/[\w-]+\.yaml:\d+: .* \d+ mm short in ", miss), miss
        return
    for line in found.failed:
        assert says_what_broke(line), line


@pytest.mark.parametrize("name", ["cat-camel-sitting", "peanut-ball-at-wall"])
def test_no_value_changes_with_the_frame_rate(name):
    by_60, by_30, by_24 = (check_motion(motions()[name], track(name), hz) for hz in (60, 30, 24))
    for other in (by_30, by_24):
        for value in Findings.LIMITS:
            near = pytest.approx(getattr(by_60, value), abs=RATE_TOLERANCE)
            assert getattr(other, value) == near, value
        assert (other.balanced, other.claims) == (by_60.balanced, by_60.claims)


def test_whatever_breaks_is_told_with_its_value_its_limit_its_moment_and_its_positions(monkeypatch):
    name = "cat-camel-sitting"
    motion = motions()[name]
    claims = tuple(replace(one, least=999.0, most=-999.0) for one in motion.claims)
    monkeypatch.setattr(Findings, "LIMITS", dict.fromkeys(Findings.LIMITS, 0))
    monkeypatch.setattr("recoup.motion.check.FAR_OUT_M", 1.0)
    found = check_motion(replace(motion, claims=claims), track(name), rate_hz=12)
    broken = [value for value in Findings.LIMITS if getattr(found, value) > 0]
    assert len(found.failed) == len(broken) + 1 + 2 * len(claims)
    assert {"slip_mm", "pierce_mm", "soft_mm", "seam_mm_s", "spine_deg"} <= set(broken)
    for line in found.failed:
        assert says_what_broke(
            line.replace("is -", "is ").replace("at most -1000", "at most 10")
        ), line
