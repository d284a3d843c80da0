"""What must hold in a motion's text beyond its shape: angles in range, things and places there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from recoup.library.page import Page
from recoup.library.problem import Path, nearest
from recoup.model.joints import JOINTS, LIMB_ANGLES, SPINE_ANGLES, range_of
from recoup.model.motion import (
    MIDDLE_POINTS,
    SIDE_POINTS,
    SIDES,
    Held,
    Passing,
    Phase,
    Position,
    Prop,
)
from recoup.model.prop import FACES, SOLIDS, WAYS

MEASURES: dict[str, tuple[int, ...]] = {
    "angle": (3,), "line": (3,), "lumbar": (0,), "thoracic": (0,), "joint": (1,),
    "height_mm": (1,), "pelvis_level": (0,), "pelvis_tilt": (0,), "distance_mm": (2,),
    "trunk_flat_mm": (0, 1), "ahead_mm": (2,),
}  # fmt: skip
"""What claims may measure, and of how many places."""

POINTS = (*MIDDLE_POINTS, *(f"{name}_{side}" for name in SIDE_POINTS for side in SIDES))
PLACES = (*POINTS, *(f"{name}_{side}" for name in JOINTS for side in SIDES))
"""What claims may name."""

ANGLES = (*SPINE_ANGLES, *(f"{name}_{side}" for name in LIMB_ANGLES for side in SIDES))


@dataclass(frozen=True)
class Shown:
    """What the pictures know: camera views and targets that glow; None is not looked at."""

    views: Collection[str] | None = None
    targets: Collection[str] | None = None


def check_range(page: Page, path: Path, name: str, value: float) -> None:
    low, high = range_of(name)
    if not low <= value <= high:
        text = f"{name} {value:g} is beyond what the joint can do."
        page.report(path, text, f"Write an angle from {low:.0f} to {high:.0f} degrees.")


def check_props(page: Page, props: Sequence[Prop]) -> None:
    """Report props of no known kind, and those that lie under nothing."""
    for place, prop in enumerate(props):
        path: Path = ("props", place)
        if prop.kind not in SOLIDS:
            text = f"There is no prop {prop.kind}."
            page.report((*path, "kind"), text, nearest(prop.kind, SOLIDS))
        if prop.under is not None and prop.under not in POINTS:
            text = f"{prop.under} is no point of the body."
            page.report((*path, "under"), text, nearest(prop.under, POINTS))
        if prop.rolls and prop.under is None:
            text = "A prop rolls with the point that it lies under."
            page.report((*path, "rolls"), text, "Name the point: under: low_back.")
        _check_held(page, path, prop)


def _check_held(page: Page, path: Path, prop: Prop) -> None:
    """Report what is held by nothing, and what is held although its kind cannot be."""
    follows = prop.follows if isinstance(prop, Held) else ()
    if prop.kind in WAYS and not follows:
        text = f"A {prop.kind} goes along with the body, and this one with no point of it."
        page.report(path, text, "Name the points: follows: [grip_left].")
    if follows and prop.kind not in WAYS:
        text = f"A {prop.kind} cannot follow a point."
        page.report((*path, "follows"), text, f"Leave it out, or use one of: {', '.join(WAYS)}.")
    for place, name in enumerate(follows):
        if name not in POINTS:
            text = f"{name} is no point of the body."
            page.report((*path, "follows", place), text, nearest(name, POINTS))


def check_face(page: Page, path: Path, name: str) -> None:
    """Report a face that no kind of prop has."""
    known = {one for faces in FACES.values() for one in faces}
    if name not in known:
        page.report(path, f"No prop has a face {name}.", nearest(name, known))


def check_faces(
    page: Page, places: Mapping[str, Path], positions: Mapping[str, Position], props: Sequence[Prop]
) -> None:
    """Report touches against props that the motion does not have; an unknown prop may be it."""
    if any(prop.kind not in SOLIDS for prop in props):
        return
    there = {face for prop in props for face in FACES.get(prop.kind, ())}
    for name, path in places.items():
        touches = positions[name].touches.values()
        for face in sorted({one.against for one in touches if one.against and not one.or_floor}):
            kinds = [kind for kind, faces in FACES.items() if face in faces]
            if face in there or not kinds:
                continue
            text = f"{name} touches {face}, and no prop has it."
            page.report(path, text, f"Add to props: {{kind: {kinds[0]}}}.")


def check_closed(page: Page, get_in: Sequence[Phase], cycle: Sequence[Phase], last: Path) -> None:
    """Report a cycle that ends in another position than it begins in."""
    if not get_in or not cycle or get_in[-1].to == cycle[-1].to:
        return
    begin, end = get_in[-1].to, cycle[-1].to
    text = f"The cycle begins in {begin}, where get_in ends, and ends in {end}."
    page.report(last, text, f"End it with {{to: {begin}}}, or let get_in end in {end}.")


def check_stops(page: Page, parts: Mapping[str, Sequence[Phase]]) -> None:
    """Report a part of a motion that ends in a position which it only passes through."""
    for part, phases in parts.items():
        if phases and isinstance(phases[-1], Passing):
            text = f"Nothing comes after {phases[-1].to}, so it cannot be passed through."
            page.report((part,), text, "Leave out through in the last phase.")


def check_shown(page: Page, views: Sequence[str], targets: Sequence[str], shown: Shown) -> None:
    for field, named, known, what in (
        ("views", views, shown.views, "view"),
        ("target", targets, shown.targets, "target"),
    ):
        for place, one in enumerate(named):
            if known is not None and one not in known:
                page.report((field, place), f"{one} is no {what}.", nearest(one, known))


def check_claim(
    page: Page, path: Path, measure: str, of: Sequence[str],
    bounds: tuple[float | None, float | None],
) -> None:  # fmt: skip
    """Report what cannot be measured, places that are not there, and bounds that exclude all."""
    least, most = bounds
    if measure not in MEASURES:
        page.report((*path, "measure"), f"{measure} is not measured.", nearest(measure, MEASURES))
        return
    wanted, known = MEASURES[measure], ANGLES if measure == "joint" else PLACES
    if len(of) not in wanted:
        text = f"{measure} is measured of {wanted[-1]} places, and here are {len(of)}."
        page.report((*path, "of"), text, "Name them in of." if wanted[-1] else "Leave out of.")
    for place, name in enumerate(of):
        if name not in known:
            what = "angle" if measure == "joint" else "place of the body"
            page.report((*path, "of", place), f"There is no {what} {name}.", nearest(name, known))
    if least is None and most is None:
        page.report(path, "The claim has no bound.", "Add least or most.")
    elif least is not None and most is not None and least > most:
        page.report(path, "least is more than most: nothing can meet it.", "Swap them.")
