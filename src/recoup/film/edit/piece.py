"""A piece becomes film: frames of its reels, with its marks on them, encoded and kept by name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from recoup.film.edit.drawing import Lettering, Look
from recoup.film.edit.reel import Planes, Shelf, Spot, as_frame
from recoup.film.edit.timeline import Piece
from recoup.film.encode import FORMATS, FPS, Encoder
from recoup.film.order import digest
from recoup.film.store import FolderStore, scratch, unwritable

DISSOLVE = FPS // 3
"""Frames in which one picture becomes another."""

_HERE = Path(__file__).parent
_CODE = ("drawing.py", "marks.py", "piece.py", "../encode.py")


def name_of(piece: Piece, look: Look, ending: str) -> str:
    """Return the name of an encoded piece: everything that its bytes depend on."""
    shown = [(run.reel.key, run.first, run.count, run.step) for run in piece.runs]
    after = None if piece.after is None else (piece.after[0].key, piece.after[1])
    made_from = (repr(shown), repr(piece.marks), repr(after), repr(look), _code())
    return f"{digest('piece', *made_from)}.{ending}"


@cache
def _code() -> str:
    total = hashlib.sha256()
    for name in _CODE:
        total.update((_HERE / name).read_bytes())
    return total.hexdigest()


def compose(
    piece: Piece, look: Look, endings: Sequence[str], reels: FolderStore, store: FolderStore
) -> None:
    """Encode a piece in each format and keep it when it is whole.

    Raises UnwritableError, DamagedError or MissingError (a reel is not there).
    """
    order = piece.runs[0].reel.order
    lettering = Lettering(order.width, order.height, look)
    try:
        with scratch(store) as folder:
            places = [Path(folder) / name_of(piece, look, ending) for ending in endings]
            encoders = [
                Encoder(place, FORMATS[ending], order.width, order.height)
                for ending, place in zip(endings, places, strict=True)
            ]
            before, frame = None, None
            for planes in _frames(piece, lettering, Shelf(reels)):
                if frame is None or planes is not before:
                    frame, before = as_frame(planes), planes
                for encoder in encoders:
                    encoder.write(frame)
            for encoder in encoders:
                encoder.close()
            for place in places:
                with place.open("rb") as file:
                    store.put(place.name, file)
    except OSError as error:
        raise unwritable(store.folder, error) from error


def still(piece: Piece, look: Look, k: int, reels: FolderStore) -> Planes:
    """Return frame ``k`` of a piece as its planes, marks and all."""
    order = piece.runs[0].reel.order
    lettering = Lettering(order.width, order.height, look)
    frames = _frames(piece, lettering, Shelf(reels))
    return next(planes for place, planes in enumerate(frames) if place == k)


def _frames(piece: Piece, lettering: Lettering, shelf: Shelf) -> Iterator[Planes]:
    start = None if piece.after is None else shelf.frame(*piece.after)
    for k, (reel, number) in enumerate(piece.pictures()):
        planes = shelf.frame(reel, number)
        if start is not None and k < DISSOLVE:
            planes = _between(start, planes, (k + 1) / (DISSOLVE + 1))
        spot: Spot | None = shelf.spot(reel, number)
        yield lettering.on(planes, piece.marks, k, spot)


def _between(a: Planes, b: Planes, share: float) -> Planes:
    part = round(share * 256)
    mixed = a.astype(np.uint16) * (256 - part) + b.astype(np.uint16) * part
    return (mixed >> 8).astype(np.uint8)
