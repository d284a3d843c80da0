"""A motion: positions, phases between them, contacts, props, views and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from recoup.model.joints import SPINE_ANGLES

MIDDLE_POINTS = (
    "head", "forehead", "sacrum", "low_back", "upper_back", "chest",
    "breastbone", "belly",
)  # fmt: skip
SIDE_POINTS = (
    "palm", "fingers", "elbow", "blade", "heel", "ball", "toe", "toe_top", "instep", "heel_back",
    "knee", "kneecap", "shin", "thigh_back", "thigh_front", "thigh_out", "thigh_in", "calf",
    "buttock", "seat", "hip_front", "rim", "grip", "ear", "shoulder_side", "hip_side", "ankle_out",
    "ankle_in",
)  # fmt: skip
"""Points of the skin that may touch something; those of a side are written heel_left."""

HAND_SHAPES = ("flat", "rest", "relaxed", "cup", "hold", "fist")
SIDES = {"left": "L", "right": "R"}
OTHER = {"L": "R", "R": "L"}
MIDDLE_VIEWS = ("front", "back")
"""Views that show both sides alike; each of the others has an other- on the other side."""


class Mode(StrEnum):
    """pinned: stays where it is; sliding: keeps its height; attached: stays on ``to``."""

    PINNED = "pinned"
    SLIDING = "sliding"
    ATTACHED = "attached"


class Breath(StrEnum):
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Touch:
    """How one point of the skin touches. ``flat`` lays the surface round it down; ``firm`` is how
    strongly it holds against other wishes (1 is usual). Offsets are in the frame of ``to``'s
    segment at rest, or lead to a place on the prop that the point is pinned ``against``; the
    hand reaches ``via_mm`` first, to come round a limb from the right side. ``against`` names a
    prop's face, from which ``height_mm`` is measured (else the floor); ``or_floor`` says that
    the floor will do where the motion has no such prop. ``source`` is the place in the text
    that says so."""

    mode: Mode
    height_mm: float = 0.0
    flat: bool = False
    to: str | None = None
    offset_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)
    via_mm: tuple[float, float, float] | None = None
    firm: float = 1.0
    against: str | None = None
    or_floor: bool = field(default=False, repr=False)
    source: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Position:
    """A named pose. ``angles`` are clinical degrees (limb angles end in _L or _R); ``facing`` is
    how the pelvis is turned: forward, to the left side, round the upright axis; ``pelvis_at`` is
    how high it is in leg lengths, where the touches leave that open."""

    id: str
    facing_deg: tuple[float, float, float]
    angles: Mapping[str, float]
    touches: Mapping[str, Touch]
    hands: tuple[str, str] = ("relaxed", "relaxed")
    pelvis_at: float | None = None

    def mirrored(self) -> Position:
        pitch, roll, yaw = self.facing_deg
        return replace(
            self,
            id=mirrored_id(self.id),
            facing_deg=(pitch, -roll, -yaw),
            angles={_other(name): _turned(name, value) for name, value in self.angles.items()},
            touches={_other(point): _swapped(touch) for point, touch in self.touches.items()},
            hands=(self.hands[1], self.hands[0]),
        )


@dataclass(frozen=True, slots=True)
class Phase:
    """A move to a position, or (``to`` is where one already is) a hold."""

    to: str
    seconds: float
    breathe: Breath | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Passing(Phase):
    """A move through a position, without stopping in it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A measured fact that makes the motion this exercise: ``measure`` of ``of`` lies between
    ``least`` and ``most``, at one position or all through the cycle."""

    text: str
    measure: str
    of: tuple[str, ...]
    at: str | None
    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing in the room: its kind, where it stands (metres) and how it is turned;
    ``tall`` stretches its height. One that lies ``under`` a point of the body is put there,
    where the cycle begins; one that ``rolls`` goes half as far along wall or floor as the point."""

    kind: str
    at: tuple[float, float, float] = (0.0, 0.0, 0.0)
    turn_deg: float = 0.0
    tall: float = 1.0
    under: str | None = None
    rolls: bool = False

    def mirrored(self) -> Prop:
        """Return the prop where the mirror image of the body finds it."""
        x, y, z = self.at
        under = None if self.under is None else _other(self.under)
        return replace(self, at=(0.0 - x, y, z), turn_deg=0.0 - self.turn_deg, under=under)


@dataclass(frozen=True, slots=True)
class Held(Prop):
    """A thing that goes along with points of the body, in the way of its kind (``WAYS``).

    It goes along in the cycle; before and after it stays where the cycle begins and ends."""

    follows: tuple[str, ...] = ()

    def mirrored(self) -> Held:
        x, y, z = self.at
        follows = tuple(_other(name) for name in self.follows)
        return replace(self, at=(0.0 - x, y, z), turn_deg=0.0 - self.turn_deg, follows=follows)


@dataclass(frozen=True, slots=True)
class Motion:
    """What a body does. One repetition is ``cycle``; it ends in the position where it began.

    A cycle that ``flows`` passes through its positions without stopping in them. ``pace`` is how
    fast the ground goes backward under the body, in leg lengths a second: walking seen by a
    camera that goes along.
    """

    id: str
    positions: Mapping[str, Position]
    get_in: tuple[Phase, ...]
    cycle: tuple[Phase, ...]
    get_out: tuple[Phase, ...]
    start: str
    target: tuple[str, ...] = ()
    views: tuple[str, ...] = ("three-quarter",)
    props: tuple[Prop, ...] = ()
    claims: tuple[Claim, ...] = ()
    alternates: bool = False
    sided: bool = False
    balanced: bool = True
    flows: bool = False
    pace: float = 0.0
    source: str = field(default="", compare=False)

    def changed(self, side: str = "left", tempo: float = 1.0, reach: float = 1.0) -> Motion:
        """Return the motion for a side, faster or slower, and with a smaller or larger range.

        ``tempo`` 2 takes half the time. ``reach`` scales how far every position of the cycle goes
        from the one where it begins.
        """
        positions = dict(self.positions)
        if reach != 1:
            begin = positions[self.cycle[-1].to]
            positions = {name: _scaled(begin, one, reach) for name, one in positions.items()}
        motion = replace(
            self,
            positions=positions,
            get_in=_paced(self.get_in, tempo),
            cycle=_paced(self.cycle, tempo),
            get_out=_paced(self.get_out, tempo),
        )
        return motion if side == "left" else motion.mirrored()

    def mirrored(self) -> Motion:
        """Return the motion of the other side: names of positions stay, bodies are swapped.

        Props, targets and views go along, so that its pictures are mirror images.
        """
        positions = {name: replace(one.mirrored(), id=name) for name, one in self.positions.items()}
        claims = tuple(
            replace(one, of=tuple(_other(name) for name in one.of)) for one in self.claims
        )
        return replace(
            self,
            positions=positions,
            claims=claims,
            props=tuple(one.mirrored() for one in self.props),
            target=tuple(_other_word(one) for one in self.target),
            views=tuple(mirrored_view(one) for one in self.views),
        )


def in_words(point: str) -> str:
    """Return the name that texts use.

    >>> in_words("palm_L")
    'palm_left'
    """
    for side, letter in SIDES.items():
        if point.endswith(f"_{letter}"):
            return f"{point[:-2]}_{side}"
    return point


def mirrored_view(view: str) -> str:
    """Return the view from the other side.

    >>> mirrored_view("side"), mirrored_view("other-side"), mirrored_view("front")
    ('other-side', 'side', 'front')
    """
    if view in MIDDLE_VIEWS:
        return view
    return view.removeprefix("other-") if view.startswith("other-") else f"other-{view}"


def mirrored_id(name: str) -> str:
    """Return the name of a position's mirror image."""
    return f"{name}~other"


def _paced(phases: tuple[Phase, ...], tempo: float) -> tuple[Phase, ...]:
    return tuple(replace(one, seconds=one.seconds / tempo) for one in phases)


def _scaled(begin: Position, one: Position, reach: float) -> Position:
    names = set(begin.angles) | set(one.angles)
    angles = {
        name: begin.angles.get(name, 0) * (1 - reach) + one.angles.get(name, 0) * reach
        for name in names
    }
    facing = tuple(
        a * (1 - reach) + b * reach for a, b in zip(begin.facing_deg, one.facing_deg, strict=True)
    )
    return replace(one, angles=angles, facing_deg=(facing[0], facing[1], facing[2]))


def _other(name: str) -> str:
    if name.endswith(("_L", "_R")):
        return name[:-1] + OTHER[name[-1]]
    return name


def _other_word(name: str) -> str:
    for side, other in (("-left", "-right"), ("-right", "-left")):
        if name.endswith(side):
            return name.removesuffix(side) + other
    return name


def _turned(name: str, value: float) -> float:
    return -value if name in SPINE_ANGLES and not name.endswith("flexion") else value


def _swapped(touch: Touch) -> Touch:
    x, y, z = touch.offset_mm
    to = None if touch.to is None else _other(touch.to)
    via = None if touch.via_mm is None else (-touch.via_mm[0], *touch.via_mm[1:])
    against = None if touch.against is None else _other_word(touch.against)
    return replace(touch, to=to, offset_mm=(-x, y, z), via_mm=via, against=against)
