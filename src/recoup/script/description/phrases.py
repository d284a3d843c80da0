"""The words of audio descriptions: plain ones, each tied to what is measured.

A scale turns a measure into words. A larger measure never gets smaller words.
"""

from __future__ import annotations

from dataclasses import dataclass

LEFT_RIGHT = {"L": "left", "R": "right"}

Scale = tuple[tuple[float, str], ...]
"""Words for a measure below each bound, in rising order."""

LITTLE_DEG = 25.0
"""A fold that changes by less is "a little", wherever it ends."""

LENGTHS_MM: Scale = (
    (18, "about a finger's width"),
    (38, "about a thumb's width"),
    (65, "about three fingers' width"),
    (125, "about a hand's width"),
    (230, "about two hands' widths"),
    (400, "about a shoe's length"),
    (800, "about an arm's length"),
    (float("inf"), "more than an arm's length"),
)
TURNS_DEG: Scale = (
    (15, "a little"),
    (35, "clearly"),
    (67.5, "about half a right angle"),
    (112.5, "about a right angle"),
    (float("inf"), "more than a right angle"),
)
"""How far something turns."""

BENDS_DEG: Scale = ((15, "a little"), (32, "clearly"), (float("inf"), "a long way"))
"""How far a part of the back or the neck bends: it goes less far than a limb."""

FOLDS_DEG: Scale = (
    (15, "until straight"),
    (25, "until nearly straight"),
    (67.5, "to about half a right angle"),
    (112.5, "to about a right angle"),
    (135, "past a right angle"),
    (float("inf"), "all the way"),
)
"""Where a knee or an elbow ends: 0 is straight."""

THIGH_DEG: Scale = (
    (15, "until in line with the body"),
    (25, "until nearly in line with the body"),
    (67.5, "to about half a right angle with the body"),
    (112.5, "to about a right angle with the body"),
    (float("inf"), ", ending close to it"),
)
LEANS_DEG: Scale = (
    (15, "until upright"),
    (30, "until nearly upright"),
    (67.5, "about half-way to level"),
    (105, "until about level"),
    (float("inf"), "until the head hangs down"),
)
"""Where a trunk ends that leans: 0 is upright."""


def on_scale(scale: Scale, value: float) -> str:
    """Return the words for a measure.

    >>> on_scale(LENGTHS_MM, 90)
    "about a hand's width"
    """
    return next(words for bound, words in scale if value < bound)


@dataclass(frozen=True, slots=True)
class Way:
    """How a measure is told: the part (one, several), what it does as the measure grows and as it
    shrinks, the least change worth telling, the change that must be told, and the scale: of
    where it ends (``ends``) or of how far it goes. ``weight`` is how much a change counts beside
    others."""

    part: str
    parts: str
    grows: tuple[str, str]
    shrinks: tuple[str, str]
    least: float
    must: float
    scale: Scale
    ends: bool = False
    weight: float = 1.0


WAYS: dict[str, Way] = {
    "knee_flexion": Way(
        "knee", "knees", ("bends", "bend"), ("straightens", "straighten"), 10, 30, FOLDS_DEG, True
    ),
    "elbow_flexion": Way(
        "elbow", "elbows", ("bends", "bend"), ("straightens", "straighten"), 14, 35, FOLDS_DEG,
        True, 0.7,
    ),
    "hip_flexion": Way(
        "thigh", "thighs", ("comes toward the chest", "come toward the chest"),
        ("moves away from the chest", "move away from the chest"), 10, 30, THIGH_DEG, True, 1.3,
    ),
    "hip_abduction": Way(
        "leg", "legs", ("moves out to the side", "move apart"),
        ("moves in", "move together"), 10, 25, TURNS_DEG, weight=1.2,
    ),
    "hip_rotation": Way(
        "leg", "legs", ("turns out", "turn out"), ("turns in", "turn in"), 15, 35, TURNS_DEG,
        weight=0.8,
    ),
    "ankle_dorsiflexion": Way(
        "foot", "feet", ("tips up", "tip up"), ("points down", "point down"), 18, 45, TURNS_DEG,
        weight=0.5,
    ),
    "shoulder_flexion": Way(
        "arm", "arms", ("moves forward", "move forward"), ("moves back", "move back"), 14, 30,
        TURNS_DEG, weight=0.6,
    ),
    "shoulder_abduction": Way(
        "arm", "arms", ("moves out to the side", "move out to the sides"),
        ("moves in to the side", "move in to the sides"), 14, 30, TURNS_DEG, weight=0.6,
    ),
    "shoulder_rotation": Way(
        "upper arm", "upper arms", ("turns out", "turn out"), ("turns in", "turn in"), 25, 50,
        TURNS_DEG, weight=0.4,
    ),
    "pronation": Way(
        "forearm", "forearms", ("rolls in", "roll in"), ("rolls out", "roll out"), 40, 80,
        TURNS_DEG, weight=0.25,
    ),
    "wrist_flexion": Way(
        "hand", "hands", ("bends forward", "bend forward"), ("bends back", "bend back"), 25, 50,
        TURNS_DEG, weight=0.4,
    ),
    "lumbar_flexion": Way(
        "low back", "low back", ("rounds", "rounds"), ("hollows", "hollows"), 7, 15, BENDS_DEG,
        weight=2.4,
    ),
    "thoracic_flexion": Way(
        "upper back", "upper back", ("rounds", "rounds"), ("straightens", "straightens"), 8, 18,
        BENDS_DEG, weight=1.8,
    ),
    "neck_flexion": Way(
        "chin", "chin", ("moves toward the chest", "moves toward the chest"),
        ("moves away from the chest", "moves away from the chest"), 10, 25, BENDS_DEG, weight=1.2,
    ),
    "scapula_protraction": Way(
        "shoulder", "shoulders", ("rounds forward", "round forward"), ("draws back", "draw back"),
        9, 20, TURNS_DEG, weight=1.2,
    ),
    "scapula_elevation": Way(
        "shoulder", "shoulders", ("lifts toward the ear", "lift toward the ears"),
        ("drops", "drop"), 9, 20, TURNS_DEG, weight=1.2,
    ),
    "trunk_bend": Way(
        "trunk", "trunk", ("bends to the left", "bends to the left"),
        ("bends to the right", "bends to the right"), 8, 18, BENDS_DEG, weight=1.8,
    ),
    "trunk_rotation": Way(
        "trunk", "trunk", ("turns to the left", "turns to the left"),
        ("turns to the right", "turns to the right"), 8, 18, TURNS_DEG, weight=1.8,
    ),
    "hips_bend": Way(
        "hips", "hips", ("tip toward the left ribs", "tip toward the left ribs"),
        ("tip toward the right ribs", "tip toward the right ribs"), 8, 18, BENDS_DEG, weight=1.8,
    ),
    "hips_rotation": Way(
        "hips", "hips", ("turn to the right", "turn to the right"),
        ("turn to the left", "turn to the left"), 8, 18, TURNS_DEG, weight=1.8,
    ),
    "hips_level": Way(
        "hips", "hips", ("drop on the right", "drop on the right"),
        ("drop on the left", "drop on the left"), 18, 45, LENGTHS_MM, weight=0.9,
    ),
    "neck_bend": Way(
        "head", "head", ("tilts to the left", "tilts to the left"),
        ("tilts to the right", "tilts to the right"), 8, 18, BENDS_DEG, weight=1.5,
    ),
    "neck_rotation": Way(
        "head", "head", ("turns to the left", "turns to the left"),
        ("turns to the right", "turns to the right"), 10, 25, TURNS_DEG, weight=1.5,
    ),
    "lean": Way(
        "trunk", "trunk", ("leans over", "leans over"), ("comes up", "comes up"), 10, 25,
        LEANS_DEG, True, 1.6,
    ),
    "lean_back": Way(
        "trunk", "trunk", ("leans back", "leans back"), ("comes forward", "comes forward"), 8, 20,
        TURNS_DEG, weight=1.6,
    ),
    "hips_up": Way(
        "hips", "hips", ("lift", "lift"), ("lower", "lower"), 25, 70, LENGTHS_MM, weight=0.5
    ),
    "body_up": Way(
        "body", "body", ("rises", "rises"), ("sinks", "sinks"), 25, 70, LENGTHS_MM, weight=0.5
    ),
    "hips_ahead": Way(
        "hips", "hips", ("move forward", "move forward"), ("move back", "move back"), 50, 120,
        LENGTHS_MM, weight=0.3,
    ),
    "ball_up": Way(
        "ball", "ball", ("rolls up", "rolls up"), ("rolls down", "rolls down"), 15, 60, LENGTHS_MM,
        weight=0.5,
    ),
    "foot_up": Way(
        "foot", "feet", ("lifts", "lift"), ("comes down", "come down"), 18, 60, LENGTHS_MM,
        weight=0.35,
    ),
    "heel_up": Way(
        "heel", "heels", ("lifts", "lift"), ("comes down", "come down"), 18, 60, LENGTHS_MM,
        weight=0.35,
    ),
    "foot_ahead": Way(
        "foot", "feet", ("slides away from the body", "slide away from the body"),
        ("slides toward the body", "slide toward the body"), 50, 150, LENGTHS_MM, weight=0.15,
    ),
    "step": Way(
        "foot", "feet", ("goes forward", "go forward"), ("goes back", "go back"), 100, 200,
        LENGTHS_MM, weight=0.15,
    ),
    "hand_ahead": Way(
        "hand", "hands", ("moves forward", "move forward"), ("moves back", "move back"),
        50, 150, LENGTHS_MM, weight=0.15,
    ),
}  # fmt: skip

NEUTRAL_DEG = 10.0
"""A back that ends nearer than this to its middle is told as coming back to it."""

HELD_BY_PEOPLE = ("stick", "band", "resistance-band", "strap", "towel", "bag", "backpack", "weight",
                  "dumbbell", "ball", "bottle", "cable")  # fmt: skip
"""Things that a hand holds; on others it rests."""

THINGS = {
    "heel-cushion": "cushion", "side-pillow": "pillow",
    "knee-cushion": "cushion", "stool": "low stool",
    "chair-back": "back of the chair", "chair-top": "back of the chair",
    "armrest": "arm of the chair", "band-end": "stretch band",
    "resistance-band": "stretch band", "band": "stretch band",
    "sofa": "sofa", "counter": "kitchen counter", "foam-roller": "foam roller", "bag": "bag",
}  # fmt: skip
"""What props are called; others by their kind."""

BODY = {
    "hip_front": ("on the front of", "hip", "hips"),
    "rim": ("on the side of", "hip", "hips"),
    "belly": ("on the", "belly", "belly"),
    "chest": ("on the", "chest", "chest"),
    "kneecap": ("on", "knee", "knees"),
    "low_back": ("on the", "low back", "low back"),
    "head": ("behind the", "head", "head"),
    "forehead": ("on the", "forehead", "forehead"),
    "palm": ("on", "hand", "hands"),
    "instep": ("on", "foot", "feet"),
    "heel": ("on", "heel", "heels"),
    "elbow": ("on", "elbow", "elbows"),
    "buttock": ("on the back of", "hip", "hips"),
    "thigh": ("on", "thigh", "thighs"),
    "thigh_back": ("behind", "thigh", "thighs"),
    "shin": ("on", "shin", "shins"),
}
"""Where hands rest on the body: how, the part, and the parts of both sides."""

TOUCHING = {
    "head": ("head", "head"), "forehead": ("forehead", "forehead"),
    "low_back": ("low back", "low back"), "upper_back": ("upper back", "upper back"),
    "buttock": ("buttock", "buttocks"), "seat": ("buttock", "buttocks"),
    "calf": ("lower leg", "lower legs"), "elbow": ("elbow", "elbows"), "belly": ("belly", "belly"),
    "chest": ("chest", "chest"), "kneecap": ("knee", "knees"), "knee": ("knee", "knees"),
    "thigh_back": ("thigh", "thighs"), "thigh_front": ("thigh", "thighs"),
    "instep": ("foot", "feet"), "ball": ("foot", "feet"), "blade": ("shoulder", "shoulders"),
}  # fmt: skip
"""Points of the skin whose coming and going is told, and the parts they belong to."""


def thing(kind: str) -> str:
    """Return what a prop is called.

    >>> thing("peanut-ball")
    'peanut ball'
    """
    return THINGS.get(kind, kind.replace("-", " "))


def a(noun: str) -> str:
    """Return a noun with its article; a part of a thing has the thing's."""
    if " of the " in noun:
        return f"the {noun}"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def joined(words: list[str]) -> str:
    """Return words as a list in a sentence.

    >>> joined(["the head", "the feet", "the arms"])
    'the head, the feet and the arms'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
