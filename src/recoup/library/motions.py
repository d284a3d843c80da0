"""Read ``motions/``: named positions, recurring moves, and one file for each motion.

``motions/positions.yaml`` and ``motions/moves.yaml`` hold what several motions share.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from recoup.library.expressions import Grammar
from recoup.library.motion_checks import (
    POINTS,
    Shown,
    check_claim,
    check_closed,
    check_face,
    check_faces,
    check_props,
    check_range,
    check_shown,
    check_stops,
)
from recoup.library.page import Loose, Page, Schema, Words
from recoup.library.problem import LibraryError, Path, Problem, nearest
from recoup.model.joints import LIMB_ANGLES, SPINE_ANGLES
from recoup.model.motion import (
    HAND_SHAPES,
    MIDDLE_POINTS,
    SIDE_POINTS,
    SIDES,
    Breath,
    Claim,
    Held,
    Mode,
    Motion,
    Passing,
    Phase,
    Position,
    Prop,
    Touch,
    mirrored_id,
)

FOLDER = "motions/"
POSITIONS = "motions/positions.yaml"
MOVES = "motions/moves.yaml"

FACING = {
    "forward": (0.0, 0.0, 0.0),
    "up": (-90.0, 0.0, 0.0),
    "down": (90.0, 0.0, 0.0),
    "right": (0.0, 0.0, -90.0),
    "left": (0.0, 0.0, 90.0),
    "on-left-side": (0.0, -90.0, 90.0),
    "on-right-side": (0.0, 90.0, -90.0),
}
"""How the pelvis is turned. Lying, the head is at -z; on a side, tilt rolls the body about its
length (forward is +), list bends it sideways and turn goes as a bow of the back does."""
TOGETHER = {
    "foot": ("heel", "ball", "toe"),
    "lower_leg": ("knee", "instep", "toe_top"),
    "hand": ("palm",),
    "back": ("blade",),
    "buttocks": ("buttock",),
    "seat": ("seat",),
}
"""Names for points that touch together."""
PLURALS = {"feet": "foot", "shins": "shin",
           "lower_legs": "lower_leg", "hands": "hand", "heels": "heel", "knees": "knee",
           "calves": "calf", "elbows": "elbow", "blades": "blade", "toes": "toe", "grips": "grip",
           "kneecaps": "kneecap", "palms": "palm", "heel_backs": "heel_back"}  # fmt: skip
LAID_FLAT = ("heel", "palm")
FOLLOWING = ("toe", "toe_top", "instep")
"""Points that keep the height but may shift, however their group is held."""

Number = Annotated[float, Field(strict=False, allow_inf_nan=False)]
Angle = Annotated[float, Field(strict=False)]
"""Its range is checked with its name."""
Sided = Angle | dict[str, Angle]


class _Touch(Schema):
    mode: Loose[Mode] = Mode.PINNED
    height_mm: Number = 0.0
    flat: bool | None = None
    to: Words | None = None
    offset_mm: Loose[tuple[float, float, float]] = (0.0, 0.0, 0.0)
    via_mm: Loose[tuple[float, float, float]] | None = None
    firm: Number = 1.0
    against: Words | None = None
    or_floor: bool = False


class _Position(Schema):
    like: Words | None = None
    side: Words | None = None
    facing: Words | None = None
    pelvis_tilt: Number = 0.0
    pelvis_list: Number = 0.0
    pelvis_turn: Number = 0.0
    pelvis_at: Number | None = None
    angles: dict[str, Sided] = {}
    touches: dict[str, str | _Touch] = {}
    hands: Words | dict[str, str] | None = None


class _Phase(Schema):
    to: Words | None = None
    move: Words | None = None
    side: Words | None = None
    s: Number = Field(default=1.0, gt=0, le=120)
    hold_s: Number = Field(default=0.0, ge=0, le=600)
    breathe: Loose[Breath] | None = None
    cue: Words | None = None
    through: bool = False


class _Claim(Schema):
    text: Words
    measure: Words
    of: list[Words] = []
    at: Words | None = None
    least: Number | None = None
    most: Number | None = None


class _Prop(Schema):
    kind: Words
    under: Words | None = None
    rolls: bool = False
    follows: list[Words] = []
    at: Loose[tuple[float, float, float]] = (0.0, 0.0, 0.0)
    turn_deg: Number = 0.0


class _Motion(Schema):
    id: Words
    target: list[Words] = []
    views: list[Words] = ["three-quarter"]
    props: list[_Prop] = []
    positions: dict[str, _Position] = {}
    get_in: list[_Phase] = []
    cycle: list[_Phase]
    get_out: list[_Phase] = []
    alternates: bool = False
    sided: bool = False
    balanced: bool = True
    flows: bool = False
    pace: Number = 0.0
    claims: list[_Claim] = []


class _Named(Schema):
    positions: dict[str, _Position] = {}
    moves: dict[str, list[_Phase]] = {}


@dataclass(frozen=True)
class _Shared:
    positions: Mapping[str, Position]
    moves: Mapping[str, list[_Phase]]
    moves_page: Page


def file_of(id_: str) -> str:
    return f"{FOLDER}{id_}.yaml"


def ids_in(texts: Mapping[str, str]) -> list[str]:
    """Return the ids of the motions that there are files of."""
    files = [file for file in texts if file.startswith(FOLDER) and file not in (POSITIONS, MOVES)]
    return sorted(file.removeprefix(FOLDER).removesuffix(".yaml") for file in files)


def read_motions(
    texts: Mapping[str, str], only: Collection[str] = (), shown: Shown | None = None
) -> dict[str, Motion]:
    """Return every motion by id, or ``only`` some; raise LibraryError with every problem of every
    file that was read."""
    problems: list[Problem] = []

    def page(file: str) -> Page:
        return Page(file, texts.get(file, "{}"), Grammar(None, {}), problems)

    shared = _shared(page(POSITIONS), page(MOVES))
    if shared is None:
        raise LibraryError(problems)
    files = [file_of(one) for one in ids_in(texts) if not only or one in only]
    found = [_motion(page(file), shared, shown or Shown()) for file in files]
    if problems:
        raise LibraryError(dict.fromkeys(problems))
    return {motion.id: motion for motion in found if motion is not None}


def _shared(positions: Page, moves: Page) -> _Shared | None:
    """Return what motions share; None when it has no shape, for then every motion would miss it."""
    named = positions.shaped(_Named)
    moved = moves.shaped(_Named)
    if named is None or moved is None:
        return None
    known: dict[str, Position] = {}
    _positions(positions, named.positions, known)
    return _Shared(known, moved.moves, moves)


def _positions(page: Page, texts: Mapping[str, _Position], known: dict[str, Position]) -> None:
    for name, text in texts.items():
        path: Path = ("positions", name)
        if text.like in texts and text.like not in known:
            problem = f"{name} is like {text.like}, which stands below it."
            page.report((*path, "like"), problem, f"Write {text.like} first.")
            text = text.model_copy(update={"like": None})  # noqa: PLW2901 - told once
        known[name] = _position(page, path, name, text, known)


def _motion(page: Page, shared: _Shared, shown: Shown) -> Motion | None:
    text = page.shaped(_Motion)
    if text is None:
        return None
    if page.file != f"{FOLDER}{text.id}.yaml":
        page.report(("id",), f"The id {text.id} is not the file's name.", "Make them equal.")
    known = dict(shared.positions)
    _positions(page, text.positions, known)
    before = len(page.problems)
    phases = _Phases(page, known, shared)
    cycle = phases.read("cycle", text.cycle)
    get_in = phases.read("get_in", text.get_in)
    get_out = phases.read("get_out", text.get_out)
    if not cycle:
        page.report(("cycle",), "The cycle has no phase.", "Write at least one move.")
        return None
    sure = len(page.problems) == before
    check_stops(page, {"cycle": cycle, "get_in": get_in, "get_out": get_out})
    used = {phase.to for phase in (*cycle, *get_in, *get_out)}
    props = tuple(_prop(one) for one in text.props)
    positions = {name: one for name, one in known.items() if name in used}
    check_props(page, props)
    check_faces(page, phases.places, positions, props)
    if sure:
        check_closed(page, get_in, cycle, ("cycle", len(text.cycle) - 1))
    check_shown(page, text.views, text.target, shown)
    return Motion(
        id=text.id,
        positions=positions,
        get_in=get_in,
        cycle=cycle,
        get_out=get_out,
        start=cycle[-1].to,
        target=tuple(text.target),
        views=tuple(text.views),
        props=tuple(_in_place(one) for one in props),
        claims=tuple(
            _claim(page, place, one, used if sure else known)
            for place, one in enumerate(text.claims)
        ),
        alternates=text.alternates,
        sided=text.sided,
        balanced=text.balanced,
        flows=text.flows,
        pace=text.pace,
        source=page.file,
    )


def _prop(text: _Prop) -> Prop:
    kind, at, turn = text.kind, text.at, text.turn_deg
    if text.follows:
        return Held(kind, at, turn, under=text.under, follows=tuple(text.follows))
    return Prop(kind, at, turn, under=text.under, rolls=text.rolls)


def _in_place(prop: Prop) -> Prop:
    """Return a prop with the body's names of the points that it goes with."""
    prop = replace(prop, under=prop.under and _sided(prop.under))
    if isinstance(prop, Held):
        return replace(prop, follows=tuple(_sided(name) for name in prop.follows))
    return prop


class _Phases:
    """Phases of one file: named moves are put in place, mirrored positions are made."""

    def __init__(self, page: Page, known: dict[str, Position], shared: _Shared) -> None:
        self._page, self._known, self._shared = page, known, shared
        self.places: dict[str, Path] = {}  # where in the text each position is first gone to

    def read(self, part: str, phases: list[_Phase]) -> tuple[Phase, ...]:
        found: list[Phase] = []
        for place, one in enumerate(phases):
            path: Path = (part, place)
            if (one.move is None) == (one.to is None):
                text = "A phase goes to a position or makes a move."
                self._page.report(path, text, "Write either to or move.")
            elif one.move is None:
                found += self._one(self._page, path, path, one)
            elif one.move in self._shared.moves:
                found += self._move(one.move, path)
            else:
                text = f"{one.move} is no move."
                self._page.report((*path, "move"), text, nearest(one.move, self._shared.moves))
        return tuple(found)

    def _move(self, move: str, path: Path) -> Iterator[Phase]:
        """Yield the phases of a named move; what is wrong with them is told where they stand."""
        page = self._shared.moves_page
        for place, one in enumerate(self._shared.moves[move]):
            yield from self._one(page, ("moves", move, place), path, one)

    def _one(self, page: Page, path: Path, used_at: Path, one: _Phase) -> list[Phase]:
        name = self._name(page, path, one)
        if name is None:
            return []
        self.places.setdefault(name, used_at)
        if one.through:
            if one.hold_s:
                text = f"{name} is passed through and held."
                page.report((*path, "through"), text, "Leave out through or hold_s.")
            return [Passing(name, one.s, one.breathe, one.cue)]
        found = [Phase(name, one.s, one.breathe, one.cue)]
        if one.hold_s:
            found.append(Phase(name, one.hold_s))
        return found

    def _name(self, page: Page, path: Path, one: _Phase) -> str | None:
        if one.to is None:
            page.report(path, "A move is made of positions.", "Write to: and a position.")
            return None
        if one.to not in self._known:
            page.report((*path, "to"), f"{one.to} is no position.", nearest(one.to, self._known))
            return None
        if one.side is None:
            return one.to
        _check_side(page, path, one.side)
        mirror = mirrored_id(one.to)
        self._known[mirror] = self._known[one.to].mirrored()
        return mirror


def _position(
    page: Page, path: Path, name: str, text: _Position, known: Mapping[str, Position]
) -> Position:
    base = Position(name, FACING["forward"], {}, {})
    if text.like is not None:
        if text.like not in known:
            problem = f"{text.like} is no position."
            page.report((*path, "like"), problem, nearest(text.like, known))
        base = known.get(text.like, base)
        if text.side is not None:
            base = base.mirrored()
            _check_side(page, path, text.side)
        base = replace(base, id=name)
    facing = base.facing_deg
    if text.facing is not None:
        if text.facing not in FACING:
            problem = f"Nothing faces {text.facing}."
            page.report((*path, "facing"), problem, nearest(text.facing, FACING))
        facing = FACING.get(text.facing, facing)
    facing = (
        facing[0] + text.pelvis_tilt, facing[1] + text.pelvis_list, facing[2] + text.pelvis_turn
    )  # fmt: skip
    angles = dict(base.angles)
    for angle, value in text.angles.items():
        angles.update(_angles(page, (*path, "angles", angle), angle, value))
    touches = dict(base.touches)
    for point, touch in text.touches.items():
        _touch(page, (*path, "touches", point), point, touch, touches)
    hands = base.hands if text.hands is None else _hands(page, path, text.hands, base.hands)
    at = base.pelvis_at if text.pelvis_at is None else text.pelvis_at
    return Position(name, facing, angles, touches, hands, at)


def _check_side(page: Page, path: Path, side: str) -> None:
    if side != "other":
        page.report((*path, "side"), f"{side} is no side.", "Write other.")


def _angles(page: Page, path: Path, name: str, value: Sided) -> dict[str, float]:
    if name not in (*LIMB_ANGLES, *SPINE_ANGLES):
        page.report(path, f"{name} is no angle.", nearest(name, (*LIMB_ANGLES, *SPINE_ANGLES)))
        return {}
    if not isinstance(value, dict):
        check_range(page, path, name, value)
        return dict.fromkeys([name] if name in SPINE_ANGLES else _both(name), value)
    if name in SPINE_ANGLES:
        page.report(path, f"{name} has no sides.", "Write one number.")
        return {}
    for side, one in value.items():
        check_range(page, (*path, side), name, one)
        if side not in SIDES:
            page.report((*path, side), f"{side} is no side.", "Write left or right.")
    return {f"{name}_{SIDES[side]}": one for side, one in value.items() if side in SIDES}


def _both(name: str) -> list[str]:
    return [f"{name}_{letter}" for letter in SIDES.values()]


def _touch(
    page: Page, path: Path, name: str, text: str | _Touch, touches: dict[str, Touch]
) -> None:
    """Add the touches of a point, of a group of points or of both sides; free takes them away."""
    points = _points(name)
    if not points:
        known = [*MIDDLE_POINTS, *SIDE_POINTS, *TOGETHER, *PLURALS]
        page.report(path, f"{name} is no point of the body.", nearest(name, known))
    for point in points:
        if text == "free":
            touches.pop(point, None)
            continue
        base = point.removesuffix("_L").removesuffix("_R")
        if isinstance(text, str):
            if text not in set(Mode):
                page.report(path, f"{text} is no way to touch.", nearest(text, {*Mode, "free"}))
                continue
            text_ = _Touch(mode=Mode(text))
        else:
            text_ = text
        touches[point] = _one_touch(page, path, base, text_)


def _one_touch(page: Page, path: Path, base: str, text: _Touch) -> Touch:
    to = None
    if text.mode is Mode.ATTACHED:
        ends = _points(text.to or "")
        if len(ends) != 1:
            mend = nearest(text.to or "", POINTS)
            page.report((*path, "to"), f"{text.to} is not one point of the body.", mend)
        to = ends[0] if ends else None
    if text.against is not None:
        check_face(page, (*path, "against"), text.against)
    mode = text.mode
    if base in FOLLOWING and mode is Mode.PINNED:
        mode = Mode.SLIDING
    flat = (base in LAID_FLAT and to is None) if text.flat is None else text.flat
    return Touch(
        mode, text.height_mm, flat, to, text.offset_mm, text.via_mm, text.firm, text.against,
        text.or_floor, page.place(path),
    )  # fmt: skip


def _points(name: str) -> tuple[str, ...]:
    """Return the points that a name stands for.

    >>> _points("heels")
    ('heel_L', 'heel_R')
    >>> _points("foot_left")
    ('heel_L', 'ball_L', 'toe_L')
    """
    if name in MIDDLE_POINTS:
        return (name,)
    base, _, side = name.rpartition("_")
    letters = (SIDES[side],) if side in SIDES else tuple(SIDES.values())
    base = base if side in SIDES else name
    base = PLURALS.get(base, base)
    parts = TOGETHER.get(base, (base,) if base in SIDE_POINTS else ())
    return tuple(f"{part}_{letter}" for letter in letters for part in parts)


def _hands(
    page: Page, path: Path, text: str | dict[str, str], base: tuple[str, str]
) -> tuple[str, str]:
    by_side = dict.fromkeys(SIDES, text) if isinstance(text, str) else text
    for side, shape in by_side.items():
        if side not in SIDES:
            page.report((*path, "hands", side), f"{side} is no side.", "Write left or right.")
        if shape not in HAND_SHAPES:
            page.report((*path, "hands"), f"{shape} is no hand.", nearest(shape, HAND_SHAPES))
            return base
    return (by_side.get("left", base[0]), by_side.get("right", base[1]))


def _claim(page: Page, place: int, text: _Claim, used: Collection[str]) -> Claim:
    path: Path = ("claims", place)
    check_claim(page, path, text.measure, text.of, (text.least, text.most))
    if text.at is not None and text.at not in used:
        page.report((*path, "at"), f"{text.at} is not reached.", nearest(text.at, used))
    of = tuple(_sided(name) for name in text.of)
    return Claim(text.text, text.measure, of, text.at, text.least, text.most)


def _sided(name: str) -> str:
    base, _, side = name.rpartition("_")
    return f"{base}_{SIDES[side]}" if side in SIDES else name
