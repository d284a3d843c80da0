"""Films and posters at addresses that never change their content, with HTTP ranges (RFC 9110)."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from recoup.film.store import StoreError
from recoup.services import films

GLB = "glb"
KINDS = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "jpg": "image/jpeg",
    GLB: "model/gltf-binary",
    "weba": "audio/webm",
    "m4a": "audio/mp4",
    "json": "application/json",
    "vtt": "text/vtt; charset=utf-8",
}
FOREVER = "public, max-age=31536000, immutable"
PIECE = 1 << 16

RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send what everybody may see: a film or another artefact of the library."""
    return send(request, name, films.open_media)


def send(request: HttpRequest, name: str, open_: Callable[[str], BinaryIO]) -> HttpResponseBase:
    """Send an artefact, or the part of it that a player asks for when someone seeks."""
    kind = KINDS.get(name.rpartition(".")[2])
    if kind is None:
        raise Http404
    try:
        file = open_(name)
    except StoreError:
        raise Http404 from None
    size = os.fstat(file.fileno()).st_size
    packed = name.endswith(GLB) and "gzip" in request.headers.get("Accept-Encoding", "")
    tag = f'"{name}-gzip"' if packed else f'"{name}"'
    if _matches(request.headers.get("If-None-Match", ""), tag):
        file.close()
        return _described(HttpResponse(status=304), tag)
    if packed:
        with file:
            return _described(_packed(name, kind, file), tag)
    wanted = _wanted(request, tag, size)
    if wanted is None:
        file.close()
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{size}"
        return _described(refused, tag)
    first, count, status = wanted
    response: HttpResponseBase
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(status=status, content_type=kind)
    else:
        pieces = _Pieces(file, first, count)
        response = StreamingHttpResponse(pieces, status=status, content_type=kind)
    response["Content-Length"] = str(count)
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{first + count - 1}/{size}"
    return _described(response, tag)


def _packed(name: str, kind: str, file: BinaryIO) -> HttpResponse:
    """Return a live figure's file packed to about a third; films are packed already."""
    content = _pack(name, file)
    response = HttpResponse(content, content_type=kind)
    response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    return response


def _pack(name: str, file: BinaryIO) -> bytes:
    if name not in _kept:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[name] = gzip.compress(file.read(), 6, mtime=0)
    return _kept[name]


_kept: dict[str, bytes] = {}
KEPT = 32
"""How many packed files a web process keeps: a name is the same content for ever."""


def _described(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = FOREVER
    return response


def _wanted(request: HttpRequest, tag: str, size: int) -> tuple[int, int, int] | None:
    """Return first byte, number of bytes and status; None when the range cannot be satisfied.

    Several ranges at once, a range that is not understood, and a range of something else
    (If-Range) are answered with the whole, as the standard allows.

    >>> # size 1000: "bytes=200-" gives (200, 800, 206), "bytes=-100" gives (900, 100, 206)
    """
    whole = (0, size, 200)
    asked = request.headers.get("Range", "").strip()
    if request.method != "GET" or not asked or request.headers.get("If-Range", tag) != tag:
        return whole
    found = RANGE.fullmatch(asked)
    if found is None or found[0] == "bytes=-":
        return whole
    first, last = found.groups()
    if not first:
        count = min(int(last), size)
        return (size - count, count, 206) if count else None
    start = int(first)
    if last and int(last) < start:
        return whole
    if start >= size:
        return None
    end = min(int(last), size - 1) if last else size - 1
    return start, end - start + 1, 206


def _matches(given: str, tag: str) -> bool:
    tags = [one.strip().removeprefix("W/") for one in given.split(",")]
    return tag in tags or tags == ["*"]


class _Pieces:
    """Part of a file, read as it is sent; closed with the response, sent or not."""

    def __init__(self, file: BinaryIO, first: int, count: int) -> None:
        self._file, self._left = file, count
        file.seek(first)

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (piece := self._file.read(min(PIECE, self._left))):
            self._left -= len(piece)
            yield piece

    def close(self) -> None:
        self._file.close()
