"""How marks look: type, panels and rings, blended into the planes of a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from recoup.film.edit.marks import Card, Count, Credit, Label, Mark, Points, Ring, Tag, Tone
from recoup.film.edit.reel import Planes, Spot
from recoup.film.encode import FPS
from recoup.script.pace import SECONDS_UP_TO

FONTS = Path(__file__).resolve().parents[2] / "web" / "static" / "dist" / "fonts"
FONT = FONTS / "atkinson-hyperlegible-next-latin-wght-normal.woff2"

Colour = tuple[int, int, int]
INK, PAPER, TEAL, SUNK = (27, 43, 58), (255, 255, 255), (15, 96, 101), (205, 218, 212)
RED, GREEN, ORANGE = (164, 38, 30), (26, 107, 60), (200, 90, 20)
TONES: dict[Tone, Colour] = {Tone.STEP: TEAL, Tone.WRONG: RED, Tone.RIGHT: GREEN, Tone.STOP: RED}
SIGNS = {Tone.WRONG: "cross", Tone.RIGHT: "tick", Tone.STOP: "stop"}

FINE = 3
"""Rings and signs are drawn so many times larger and then made smaller: smooth edges."""

MINUTE = 60 * FPS
STEPS_HZ = 10
"""A ring moves this many times a second: as smooth to the eye, and drawn a third as often."""


class MissingFontError(Exception):
    """The font has not been built."""


@dataclass(frozen=True, slots=True)
class Look:
    """``large`` type is a third larger; ``contrast`` is white on black with thick lines."""

    large: bool = False
    contrast: bool = False


@dataclass(frozen=True, eq=False)
class Patch:
    """A small picture with its upper left corner at even ``x`` and ``y``, ready to be blended:
    alpha and what is added, for the full plane and the two half-size ones."""

    x: int
    y: int
    alpha: NDArray[np.uint16]
    light: NDArray[np.uint16]
    half_alpha: NDArray[np.uint16]
    blue: NDArray[np.uint16]
    red: NDArray[np.uint16]


class Lettering:
    """Draws marks for pictures of one size and look. What was drawn is remembered."""

    def __init__(self, width: int, height: int, look: Look) -> None:
        self.width, self.height, self.look = width, height, look
        self.upright = width < height
        base = width * 1.15 if self.upright else height
        self._unit = base / 720 * (1.33 if look.large else 1.0)
        self._edge = round(28 * base / 720)
        self._still = lru_cache(maxsize=64)(self._drawn)

    def on(self, planes: Planes, marks: Sequence[Mark], k: int, spot: Spot | None) -> Planes:
        """Return the frame with the marks of the piece's frame ``k`` on it: the same object when
        there are none."""
        patches = [one for mark in marks if mark.shows(k) for one in self._patches(mark, k, spot)]
        if not patches:
            return planes
        marked = planes.copy()
        for patch in patches:
            _blend(marked, patch, self.width, self.height)
        return marked

    def _patches(self, mark: Mark, k: int, spot: Spot | None) -> Iterator[Patch]:
        if isinstance(mark, Ring):
            left = mark.left - (k - mark.first)
            every = FPS // STEPS_HZ
            yield self._still(Ring(-(-left // every) * every))
        elif isinstance(mark, Label):
            if spot is not None:
                yield self._label(mark, spot)
        else:
            yield self._still(mark)

    def _drawn(self, mark: Mark) -> Patch:
        draws: dict[type[Mark], Callable[..., Patch]] = {
            Tag: self._tag, Count: self._count, Ring: self._ring, Points: self._points,
            Card: self._card, Credit: self._credit,
        }  # fmt: skip
        return draws[type(mark)](mark)

    # Each kind of mark.

    def _tag(self, mark: Tag) -> Patch:
        big, small = self._font(34, 700), self._font(24, 500)
        sign = round(30 * self._unit) if mark.tone in SIGNS else 0
        room = self.width * (0.60 if self.upright else 0.75) - 3 * self._px(18) - sign
        rows = [(row, big) for row in wrapped(mark.text, big, room)]
        rows += [(row, small) for row in wrapped(mark.small, small, room)]
        panel, pen, left, top = self._panel(rows, sign + self._px(12) if sign else 0)
        colour = TONES[mark.tone]
        if not self.look.contrast:
            bar = (0, 0, self._px(9), panel.height)
            pen.rounded_rectangle(bar, self._px(4), fill=(*colour, 255))
        if sign:
            mark_it = _sign(SIGNS[mark.tone], sign, PAPER if self.look.contrast else colour)
            panel.alpha_composite(mark_it, (self._px(22), self._px(16)))
        self._write(pen, rows, left + (sign + self._px(12) if sign else 0), top)
        return patch(panel, self._edge, self._edge)

    def _count(self, mark: Count) -> Patch:
        number, of = self._font(96, 760), self._font(28, 600)
        rows = [(str(mark.number), number)]
        if mark.of:
            rows.append((f"of {mark.of}", of))
        needed = (round(font.getlength(text)) + self._px(52) for text, font in rows)
        width = max(self._px(150), *needed)
        high = sum(_high(font) for _, font in rows) + self._px(22)
        panel, pen = self._blank(width, high)
        top = self._px(8)
        for text, font in rows:
            pen.text((width / 2, top), text, font=font, fill=self._ink, anchor="ma")
            top += _high(font)
        return patch(panel, self.width - self._edge - width, self._edge)

    def _ring(self, mark: Ring) -> Patch:
        size, broad = self._px(168), self._px(15)
        fine = Image.new("RGBA", (size * FINE, size * FINE))
        pen = ImageDraw.Draw(fine)
        edge = size * FINE - 1
        pen.ellipse((0, 0, edge, edge), fill=(*self._paper, 235))
        inside = broad * FINE // 2
        box = (inside, inside, edge - inside, edge - inside)
        pen.arc(box, 0, 360, fill=(*(SUNK if not self.look.contrast else (70, 70, 70)), 255),
                width=broad * FINE)  # fmt: skip
        turn = (mark.left - 1) % MINUTE + 1
        pen.arc(box, -90, -90 + 360 * turn / MINUTE, fill=(*self._accent, 255), width=broad * FINE)
        panel = fine.resize((size, size), Image.Resampling.BOX)
        text = time_left(-(-mark.left // FPS))
        font = self._font({1: 66, 2: 66, 3: 52, 4: 48}.get(len(text), 42), 760)
        ImageDraw.Draw(panel).text((size / 2, size / 2), text, font=font, fill=self._ink,
                                   anchor="mm")  # fmt: skip
        return patch(panel, self.width - self._edge - size, self._edge)

    def _label(self, mark: Label, spot: Spot) -> Patch:
        """Draw the name above the target, with a thin line down to it."""
        font = self._font(28, 650)
        wide = round(font.getlength(mark.text)) + self._px(36)
        high = _high(font) + self._px(16)
        x, y = spot[0] * self.width, spot[1] * self.height
        line = min(self._px(150), max(self._px(24), round(y - high - self._edge - self._px(150))))
        left = round(min(max(x - wide / 2, self._edge), self.width - self._edge - wide))
        top = round(y - line - high)
        size = (wide, high + line + self._px(8))
        panel = Image.new("RGBA", size)
        pen = ImageDraw.Draw(panel)
        at = x - left
        pen.line((at, high, at, high + line), fill=(*self._ink, 255), width=max(2, self._px(3)))
        dot = self._px(6)
        pen.ellipse((at - dot, high + line - dot, at + dot, high + line + dot), fill=(*ORANGE, 255))
        pen.rounded_rectangle((0, 0, wide - 1, high), self._px(12), fill=(*self._paper, 235))
        pen.text((wide / 2, high / 2), mark.text, font=font, fill=self._ink, anchor="mm")
        return patch(panel, left, max(0, top))

    def _points(self, mark: Points) -> Patch:
        font = self._font(30, 560)
        room = self.width * (0.86 if self.upright else 0.34)
        rows: list[tuple[str, ImageFont.FreeTypeFont]] = []
        starts = []
        for line in mark.lines:
            starts.append(len(rows))
            rows += [(row, font) for row in wrapped(line, font, room - self._px(70))]
        width = round(room)
        gap = self._px(12)
        high = sum(_high(f) for _, f in rows) + gap * (len(mark.lines) - 1) + self._px(44)
        panel, pen = self._blank(width, high)
        top = self._px(22)
        for k, (text, f) in enumerate(rows):
            if k in starts:
                top += gap if k else 0
                middle, dot = top + _high(f) / 2, self._px(5)
                pen.ellipse((self._px(24) - dot, middle - dot, self._px(24) + dot, middle + dot),
                            fill=(*self._accent, 255))  # fmt: skip
            pen.text((self._px(46), top), text, font=f, fill=self._ink)
            top += _high(f)
        y = self.height - self._edge - high if self.upright else (self.height - high) // 2
        return patch(panel, self.width - self._edge - width, y)

    def _card(self, mark: Card) -> Patch:
        panel = Image.new("RGBA", (self.width, self.height), (*self._paper, 214))
        pen = ImageDraw.Draw(panel)
        big, small = self._font(62, 760), self._font(32, 500)
        room = self.width - 2 * self._px(70)
        rows = [(row, big) for row in wrapped(mark.text, big, room)]
        gap = self._px(20)
        below = [(row, small) for line in mark.lines for row in wrapped(line, small, room)]
        high = sum(_high(f) for _, f in rows + below) + (gap if below else 0)
        left, top = self._px(70), (self.height - high) / 2
        bar = (left - self._px(30), top, left - self._px(21), top + high)
        pen.rounded_rectangle(bar, self._px(4), fill=(*self._accent, 255))
        for k, (text, f) in enumerate(rows + below):
            top += gap if k == len(rows) else 0
            pen.text((left, top), text, font=f, fill=self._ink)
            top += _high(f)
        return patch(panel, 0, 0)

    def _credit(self, mark: Credit) -> Patch:
        font = self._font(18, 450)
        rows = wrapped(mark.text, font, self.width * 0.6)
        width = max(round(font.getlength(row)) for row in rows) + self._px(20)
        high = len(rows) * _high(font) + self._px(10)
        panel, pen = self._blank(width, high)
        for k, row in enumerate(rows):
            pen.text((self._px(10), self._px(5) + k * _high(font)), row, font=font, fill=self._ink)
        return patch(panel, self.width - self._px(12) - width, self.height - self._px(12) - high)

    # What they share.

    def _px(self, units: float) -> int:
        return round(units * self._unit)

    @property
    def _paper(self) -> Colour:
        return (0, 0, 0) if self.look.contrast else PAPER

    @property
    def _ink(self) -> Colour:
        return PAPER if self.look.contrast else INK

    @property
    def _accent(self) -> Colour:
        return PAPER if self.look.contrast else TEAL

    def _font(self, size: float, weight: int) -> ImageFont.FreeTypeFont:
        return font_of(max(9, self._px(size)), weight)

    def _blank(self, width: int, high: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        panel = Image.new("RGBA", (width, high))
        pen = ImageDraw.Draw(panel)
        solid = 255 if self.look.contrast else 235
        pen.rounded_rectangle((0, 0, width - 1, high - 1), self._px(14), fill=(*self._paper, solid))
        return panel, pen

    def _panel(
        self, rows: Sequence[tuple[str, ImageFont.FreeTypeFont]], beside: int
    ) -> tuple[Image.Image, ImageDraw.ImageDraw, int, int]:
        across, along = self._px(24), self._px(12)
        wide = max(round(font.getlength(text)) for text, font in rows) + 2 * across + beside
        high = sum(_high(font) for _, font in rows) + 2 * along
        return *self._blank(wide, high), across, along

    def _write(
        self, pen: ImageDraw.ImageDraw, rows: Sequence[tuple[str, ImageFont.FreeTypeFont]],
        left: int, top: int,
    ) -> None:  # fmt: skip
        for text, font in rows:
            pen.text((left, top), text, font=font, fill=self._ink)
            top += _high(font)


def time_left(seconds: int) -> str:
    """Return a time as the timer of the page shows it: below two minutes people count seconds.

    >>> time_left(75), time_left(600)
    ('75', '10:00')
    """
    if seconds < SECONDS_UP_TO:
        return str(seconds)
    return f"{seconds // 60}:{seconds % 60:02}"


@lru_cache(maxsize=64)
def font_of(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return the app's own font; raise MissingFontError where it is not built."""
    try:
        found = ImageFont.truetype(str(FONT), size)
    except OSError:
        raise MissingFontError(f"{FONT.name} is missing. Run make run: it builds it.") from None
    found.set_variation_by_axes([weight])
    return found


def wrapped(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    """Return the text in rows no wider than ``room``; a longer word has a row of its own."""
    rows: list[str] = []
    for word in text.split():
        if rows and font.getlength(f"{rows[-1]} {word}") <= room:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


def _high(font: ImageFont.FreeTypeFont) -> int:
    """Return the distance of two rows."""
    up, down = font.getmetrics()
    return up + down


def _sign(name: str, size: int, colour: Colour) -> Image.Image:
    """Draw a cross, a tick or a stop sign: no meaning hangs on colour alone."""
    big = size * FINE
    image = Image.new("RGBA", (big, big))
    pen = ImageDraw.Draw(image)
    broad = big // 7
    if name == "stop":
        a = big * 0.29
        pen.polygon([(a, 0), (big - a, 0), (big, a), (big, big - a), (big - a, big), (a, big),
                     (0, big - a), (0, a)], fill=(*colour, 255))  # fmt: skip
        pen.rectangle((big * 0.22, big * 0.43, big * 0.78, big * 0.57), fill=(255, 255, 255, 255))
    else:
        lines = (
            [(0.12, 0.55, 0.40, 0.84), (0.40, 0.84, 0.90, 0.18)] if name == "tick"
            else [(0.15, 0.15, 0.85, 0.85), (0.15, 0.85, 0.85, 0.15)]
        )  # fmt: skip
        for a, b, c, d in lines:
            pen.line((a * big, b * big, c * big, d * big), fill=(*colour, 255), width=broad)
            for x, y in ((a, b), (c, d)):
                r = broad / 2
                pen.ellipse((x * big - r, y * big - r, x * big + r, y * big + r),
                            fill=(*colour, 255))  # fmt: skip
    return image.resize((size, size), Image.Resampling.BOX)


# BT.709, limited range: as films are encoded.
_LIGHT = np.array([0.2126, 0.7152, 0.0722])


def patch(image: Image.Image, x: int, y: int) -> Patch:
    """Return an RGBA picture as a patch; its corner moves to even places."""
    x, y = x - x % 2, y - y % 2
    wide, high = image.width + image.width % 2, image.height + image.height % 2
    pixels = np.zeros((high, wide, 4))
    pixels[: image.height, : image.width] = np.asarray(image, float)
    share = pixels[..., 3] / 255
    rgb = pixels[..., :3] / 255
    light = rgb @ _LIGHT
    blue, red = (rgb[..., 2] - light) / 1.8556, (rgb[..., 0] - light) / 1.5748
    half = _halved(share)

    def chroma(plane: NDArray[np.float64]) -> NDArray[np.uint16]:
        return _whole(_halved((128 + 224 * plane) * share) * 255)

    return Patch(
        x, y, _whole(255 - share * 255), _whole((16 + 219 * light) * share * 255),
        _whole(255 - half * 255), chroma(blue), chroma(red),
    )  # fmt: skip


def _halved(plane: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = (
        plane[::2, ::2] + plane[1::2, ::2] + plane[::2, 1::2] + plane[1::2, 1::2]
    ) / 4
    return found


def _whole(plane: NDArray[np.float64]) -> NDArray[np.uint16]:
    return np.round(plane).astype(np.uint16)


def planes_of(frame: Planes, width: int, height: int) -> list[NDArray[np.uint8]]:
    """Return the three planes of a frame as views: light, blue, red."""
    flat, whole, quarter = frame.reshape(-1), width * height, width * height // 4
    shape = (height // 2, width // 2)
    return [
        flat[:whole].reshape(height, width),
        flat[whole : whole + quarter].reshape(shape),
        flat[whole + quarter :].reshape(shape),
    ]


def _blend(frame: Planes, one: Patch, width: int, height: int) -> None:
    """Blend a patch into a frame; what lies outside the picture is left out."""
    planes = planes_of(frame, width, height)
    for plane, alpha, added, part in zip(
        planes, (one.alpha, one.half_alpha, one.half_alpha), (one.light, one.blue, one.red),
        (1, 2, 2), strict=True,
    ):  # fmt: skip
        x, y = one.x // part, one.y // part
        high = min(alpha.shape[0], plane.shape[0] - y)
        wide = min(alpha.shape[1], plane.shape[1] - x)
        under = plane[y : y + high, x : x + wide]
        mixed = under * alpha[:high, :wide].astype(np.uint32) + added[:high, :wide]
        under[:] = (mixed + 127) // 255
