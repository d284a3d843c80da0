"""A description heard by somebody with a ruler: every sentence is taken apart again into part,
side, direction and measure, and each is measured on the track by other code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from recoup.motion.measure import measure, where
from recoup.motion.track import Track

INF = float("inf")

LENGTHS = {
    "about a finger's width": (10, 20), "about a thumb's width": (15, 40),
    "about three fingers' width": (35, 68), "about a hand's width": (60, 130),
    "about two hands' widths": (120, 240), "about a shoe's length": (220, 410),
    "about an arm's length": (380, 820), "more than an arm's length": (780, INF),
}  # fmt: skip
"""Millimetres that each word stands for: what a listener may take it to mean."""

TURNS = {
    "a little": (5, 17), "clearly": (13, 37), "about half a right angle": (33, 70),
    "about a right angle": (65, 115), "more than a right angle": (110, INF),
    "a long way": (30, INF),
}  # fmt: skip
"""Degrees of change."""

ENDS = {
    "until straight": (-15, 17), "until nearly straight": (13, 27),
    "to about half a right angle": (23, 70), "to about a right angle": (65, 115),
    "past a right angle": (110, 137), "all the way": (133, INF),
    "until in line with the body": (-30, 17), "until nearly in line with the body": (13, 27),
    "to about half a right angle with the body": (23, 70),
    "to about a right angle with the body": (65, 115), ", ending close to it": (110, INF),
    "until upright": (0, 17), "until nearly upright": (13, 32),
    "about half-way to level": (28, 70), "until about level": (65, 107),
    "until the head hangs down": (103, INF),
}  # fmt: skip
"""Degrees where something ends. A fold that changes "a little" changes by less than 27."""

SMALL_FOLD = (7, 27)


@dataclass(frozen=True)
class Heard:
    """A sentence taken apart. ``grows`` is the direction of the measure."""

    part: str
    side: str
    grows: bool
    words: str


class Ruler:
    """Measures a track at two times."""

    def __init__(self, track: Track, start_s: float, end_s: float) -> None:
        self.rig = track.rig
        self.ends = [track.coordinates(start_s).copy(), track.coordinates(end_s).copy()]

    def both(self, one: Callable[[np.ndarray], float]) -> tuple[float, float]:
        before, after = (one(q) for q in self.ends)
        return before, after

    def joint(self, name: str) -> tuple[float, float]:
        return self.both(lambda q: measure(self.rig, q, "joint", (name,)))

    def spine(self, *names: str) -> tuple[float, float]:
        return self.both(lambda q: sum(self.rig.total(q, name) for name in names))

    def place(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        found = []
        for q in self.ends:
            self.rig.set(q)
            at = self.rig.data.xpos[self.rig.body_id[name]] if name in self.rig.body_id else (
                where(self.rig, name))  # fmt: skip
            found.append(np.array(at))
        return found[0], found[1]

    def height(self, name: str) -> tuple[float, float]:
        before, after = self.place(name)
        return before[1] * 1e3, after[1] * 1e3

    def foot(self, side: str) -> tuple[float, float]:
        names = [f"{one}_{side}" for one in ("heel", "ball", "toe", "toe_top", "heel_back")]
        heights = [self.height(name) for name in names]
        return min(one[0] for one in heights), min(one[1] for one in heights)

    def lean(self, back: bool = False) -> tuple[float, float]:
        """Return how far the trunk leans over, or back; a lean the other way is none."""

        def one(q: np.ndarray) -> float:
            self.rig.set(q)
            way = (
                self.rig.data.xpos[self.rig.body_id["Tup"]]
                - (self.rig.data.xpos[self.rig.body_id["pelvis"]])
            )
            across = self.rig.point("hip_front_L") - self.rig.point("hip_front_R")
            ahead = way[2] * across[0] - way[0] * across[2]
            ahead /= float(np.hypot(across[0], across[2]))
            far = 90 - float(np.degrees(np.arctan2(way[1], abs(ahead))))
            return far if (ahead < 0) == back else 0.0

        return self.both(one)

    def turned(self, name: str) -> float:
        frames = []
        for q in self.ends:
            self.rig.set(q)
            frames.append(self.rig.data.xmat[self.rig.body_id[name]].reshape(3, 3).copy())
        across = np.clip((np.trace(frames[0].T @ frames[1]) - 1) / 2, -1, 1)
        return float(np.degrees(np.arccos(across)))


VERBS: dict[str, tuple[str, bool]] = {
    "comes toward the chest": ("hip_flexion", True),
    "moves away from the chest": ("hip_flexion", False),
    "rolls up": ("ball", True), "rolls down": ("ball", False),
    "rolls in": ("pronation", True), "rolls out": ("pronation", False),
    "moves out to the sides": ("abduction", True), "moves out to the side": ("abduction", True),
    "moves apart": ("abduction", True), "moves together": ("abduction", False),
    "moves in to the sides": ("abduction", False), "moves in to the side": ("abduction", False),
    "moves in": ("abduction", False),
    "moves forward": ("ahead", True), "moves back": ("ahead", False),
    "moves toward the chest": ("neck", True),
    "goes forward": ("step", True), "goes back": ("step", False),
    "slides away from the body": ("slide", True), "slides toward the body": ("slide", False),
    "comes down": ("up", False), "comes up": ("lean", False), "leans over": ("lean", True),
    "leans back": ("back_lean", True), "comes forward": ("back_lean", False),
    "turns out": ("rotation", True), "turns in": ("rotation", False),
    "tips up": ("ankle", True), "points down": ("ankle", False),
    "bends forward": ("wrist", True), "bends back": ("wrist", False),
    "bends to the left": ("side_bend", True), "bends to the right": ("side_bend", False),
    "drops on the right": ("level", True), "drops on the left": ("level", False),
    "tips toward the left ribs": ("side_bend", True),
    "tips toward the right ribs": ("side_bend", False),
    "turns to the left": ("twist", True), "turns to the right": ("twist", False),
    "tilts to the left": ("side_bend", True), "tilts to the right": ("side_bend", False),
    "rounds forward": ("protraction", True), "draws back": ("protraction", False),
    "lifts toward the ears": ("elevation", True), "lifts toward the ear": ("elevation", True),
    "drops": ("elevation", False),
    "rounds": ("spine", True), "flattens": ("spine", True),
    "eases out of its arch": ("spine", True),
    "hollows": ("spine", False), "arches": ("spine", False), "straightens": ("fold", False),
    "bends": ("fold", True), "lifts": ("up", True), "lowers": ("up", False),
    "rises": ("up", True), "sinks": ("up", False),
}  # fmt: skip
"""What verbs say, in the form of one: the longer first where one begins like another."""

UNMEASURED = (
    "come to rest", "comes to rest", "take hold", "takes hold", "let go", "lets go", "leave",
    "leaves", "come level", "come flat", "comes flat", "tip up onto", "tips up onto",
    "slides to the", "slide to the", "comes to lie on", "come to lie on",
)  # fmt: skip
"""Comings and goings of contacts."""

SENTENCE = re.compile(
    r"^(?:over (?P<s>half a second|about [\w-]+ seconds?), )?(?P<who>the left|the right|the|both) "
    r"(?P<part>upper arms?|upper back|low back|lower legs?|peanut ball|\w+) (?P<rest>.+)$"
)
ELSE = re.compile(
    r"on the way, .+|then the other side|other side|(now )?the person .+"
    r"|(over .+, )?almost nothing moves"
    r"|the breath goes (in|out)|.+ stays? still"
)
"""Sentences without a measure."""

ASIDE = re.compile(
    r"(, to the floor| off the floor| to the floor|, down to the floor|, past the head"
    r"|, until the body and thighs make one line)"
)
SINGLE = {"knees": "knee", "elbows": "elbow", "thighs": "thigh", "legs": "leg", "feet": "foot",
          "arms": "arm", "forearms": "forearm", "hands": "hand", "shoulders": "shoulder",
          "heels": "heel", "upper arms": "upper arm"}  # fmt: skip


def single(rest: str) -> str:
    """Return what several do as one does it: "bend to" becomes "bends to"."""
    first, _, more = rest.partition(" ")
    return rest if first.endswith("s") else f"{first}s {more}"


def heard(text: str) -> Iterator[Heard]:
    """Yield every measured sentence of a text."""
    for sentence in re.findall(r"[^.]+\.", text):
        said = sentence.strip().rstrip(".")
        said = said[0].lower() + said[1:]
        if ELSE.fullmatch(said):
            continue
        found = SENTENCE.match(said)
        assert found is not None, said
        if found["rest"].startswith(UNMEASURED):
            continue
        part = SINGLE.get(found["part"], found["part"])
        rest = single(found["rest"]) if found["part"] in SINGLE or found["part"] == "hips" else (
            found["rest"])  # fmt: skip
        verb = next((one for one in sorted(VERBS, key=len, reverse=True)
                     if rest == one or rest.startswith((f"{one} ", f"{one},"))), None)  # fmt: skip
        assert verb is not None, said
        words = ASIDE.sub("", rest.removeprefix(verb)).strip()
        side = {"the left": "L", "the right": "R", "both": "LR"}.get(found["who"], "")
        yield Heard(f"{part} {VERBS[verb][0]}", side, VERBS[verb][1], words)


NUMBERS = {
    word: value for value, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}  # fmt: skip


def seconds(text: str) -> float | None:
    """Return the time that a text names."""
    found = re.search(r"(?:[Oo]ver|for) (half a|about [\w-]+) seconds?", text)
    if found is None:
        return None
    number = found[1].removeprefix("about ")
    return 0.5 if number == "half a" else float(NUMBERS[number])


def size(ruler: Ruler, one: Heard, side: str) -> tuple[float, float]:
    """Return the measure that a sentence is about, before and after."""
    part, what = one.part.rsplit(" ", 1)
    joints = {
        ("knee", "fold"): "knee_flexion", ("elbow", "fold"): "elbow_flexion",
        ("thigh", "hip_flexion"): "hip_flexion", ("leg", "abduction"): "hip_abduction",
        ("arm", "abduction"): "shoulder_abduction", ("arm", "ahead"): "shoulder_flexion",
        ("leg", "rotation"): "hip_rotation", ("upper arm", "rotation"): "shoulder_rotation",
        ("foot", "ankle"): "ankle_dorsiflexion", ("forearm", "pronation"): "pronation",
        ("hand", "wrist"): "wrist_flexion", ("shoulder", "protraction"): "scapula_protraction",
        ("shoulder", "elevation"): "scapula_elevation",
    }  # fmt: skip
    if (part, what) in joints:
        return ruler.joint(f"{joints[part, what]}_{side}")
    return _middle(ruler, part, what, side)


def _middle(ruler: Ruler, part: str, what: str, side: str) -> tuple[float, float]:
    if part in ("low back", "upper back"):
        return ruler.spine(f"{'lumbar' if part == 'low back' else 'thoracic'}_flexion")
    if part == "chin":
        before, after = ruler.spine("neck_flexion")
        turned = ruler.turned("head")
        return 0.0, float(np.clip(after - before, -turned, turned))
    if what in ("side_bend", "twist"):
        way = "bend" if what == "side_bend" else "rotation"
        parts = ("neck",) if part == "head" else ("lumbar", "thoracic")
        return ruler.spine(*(f"{one}_{way}" for one in parts))
    if what == "level":
        left, right = ruler.height("hip_L"), ruler.height("hip_R")
        return left[0] - right[0], left[1] - right[1]
    if what in ("lean", "back_lean"):
        return ruler.lean(back=what == "back_lean")
    if what in ("ahead", "step") or part == "hand":
        name = {"hips": "pelvis", "foot": f"ball_{side}"}.get(part, f"palm_{side}")
        before, after = ruler.place(name)
        left, right = ruler.place("hip_front_L")[0], ruler.place("hip_front_R")[0]
        way = np.array([-(left - right)[2], 0.0, (left - right)[0]])
        return 0.0, float((after - before) @ way / np.linalg.norm(way)) * 1e3
    if what == "slide":
        heels, hips = ruler.place(f"heel_{side}"), ruler.place("pelvis")[0]
        before, after = (float(np.linalg.norm(heel - hips)) * 1e3 for heel in heels)
        return before, after
    if part == "peanut ball":
        before, after = ruler.height("low_back")
        return before / 2, after / 2
    if part == "heel":
        return ruler.height(f"heel_{side}")
    return ruler.foot(side) if part == "foot" else ruler.height("pelvis")


def wrong(ruler: Ruler, one: Heard) -> str:
    """Return what is not so about a sentence; empty when it is true."""
    for side in one.side or " ":
        before, after = size(ruler, one, side)
        if one.part == "hips twist":  # hips that turn right under a chest turn it to the left
            before, after = -before, -after
        change = after - before
        if (change > 0) != one.grows:
            return f"{one}: {before:.1f} to {after:.1f} goes the other way"
        if one.words in ENDS:
            low, high = ENDS[one.words]
            true = low <= after <= high
        elif one.part.endswith(("fold", "hip_flexion", "lean")) and one.words == "a little":
            true = SMALL_FOLD[0] <= abs(change) <= SMALL_FOLD[1]
        else:
            low, high = {**LENGTHS, **TURNS}[one.words]
            true = low <= abs(change) <= high
        if not true:
            return f"{one}: {before:.1f} to {after:.1f}"
    return ""
