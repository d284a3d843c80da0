"""The places of the body in groups, head to toe, for the question where it hurts: a list, and a
picture of the body whose parts lead to the same list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recoup.model.answers import Vocabulary

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Head and jaw": ("head",),
    "Neck": ("neck",),
    "Shoulder and upper arm": ("shoulder",),
    "Elbow and forearm": ("elbow",),
    "Wrist and hand": ("wrist-hand",),
    "Chest, belly and upper back": ("thoracic",),
    "Low back, pelvis and buttocks": ("lumbar", "pelvis"),
    "Hip, groin and thigh": ("hip",),
    "Knee": ("knee",),
    "Lower leg, ankle and foot": ("ankle-foot",),
}


def headings(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the group of each site, head to toe; what belongs to no group is left out."""
    sites = vocabulary.lists["sites"].values()
    return {
        site.key: name
        for name, regions in GROUPS.items()
        for site in sites
        if not site.regions.isdisjoint(regions)
    }


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture, in its own units of 200 by 450."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the picture that is tapped: where it is, and what it opens."""

    name: str
    anchor: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class View:
    """The body from one side. ``name`` is said, ``id`` marks up."""

    id: str
    name: str
    parts: tuple[Part, ...]


WIDTH, HEIGHT = 200, 450
LEAST = 52
"""The least side of a box: 44 pixels and more where the picture is half a phone wide."""


def anchor(heading: str) -> str:
    """Return the id of a group in the list."""
    return "place-" + heading.split(maxsplit=1)[0].strip(",").lower()


def _both(x: int, y: int, width: int, height: int) -> tuple[Box, ...]:
    """Return a box and its mirror image: the side is asked apart."""
    return Box(x, y, width, height), Box(WIDTH - x - width, y, width, height)


_HEAD = (Box(72, 2, 56, 54),)
_NECK = (Box(74, 56, 52, 52),)
_SHOULDER = _both(18, 74, 56, 60)
_ELBOW = _both(4, 134, 54, 60)
_HAND = _both(0, 194, 54, 70)
_CHEST = (Box(74, 108, 52, 68),)
_LOW_FRONT = (Box(66, 176, 68, 52),)
_UPPER_BACK = (Box(74, 108, 52, 52),)
_LOW_BACK = (Box(60, 160, 80, 68),)
_HIP = (Box(54, 228, 92, 66),)
_KNEE = (Box(54, 294, 92, 54),)
_FOOT = (Box(48, 348, 104, 100),)


def _view(id_: str, name: str, chest: tuple[Box, ...], low: tuple[Box, ...]) -> View:
    boxes = (_HEAD, _NECK, _SHOULDER, _ELBOW, _HAND, chest, low, _HIP, _KNEE, _FOOT)
    parts = tuple(Part(h, anchor(h), where) for h, where in zip(GROUPS, boxes, strict=True))
    return View(id_, name, parts)


VIEWS = (
    _view("front", "Front", _CHEST, _LOW_FRONT),
    _view("back", "Back", _UPPER_BACK, _LOW_BACK),
)
