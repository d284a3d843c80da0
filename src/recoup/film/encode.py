"""Pictures become film: H.264 in mp4, VP9 in webm, JPEG and PNG for single pictures.

A film is encoded in parts. Every part is one or more closed groups of pictures made with the same
options, so parts are joined by copying: nothing is decoded again, and the frame clock is one row
of whole numbers from the first frame to the last.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, cast

import av
import numpy as np
from av import Packet, VideoStream
from av.container import OutputContainer
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]

FPS = 30


class DamagedError(Exception):
    """A part of a film cannot be read."""


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of film is encoded."""

    ending: str
    container: str
    codec: str
    options: MappingProxyType[str, str]


MP4 = Format(
    "mp4", "mp4", "libx264",
    MappingProxyType({
        "preset": "veryfast", "tune": "animation", "crf": "20", "profile": "high",
        # One closed group of pictures a part; colours are tagged in the stream itself.
        "x264-params": "keyint=infinite:scenecut=0:open-gop=0:threads=1:"
                       "colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv",
    }),
)  # fmt: skip
WEBM = Format(
    "webm", "webm", "libvpx-vp9",
    MappingProxyType({
        "deadline": "realtime", "cpu-used": "8", "crf": "32", "b": "0", "g": "9999",
        "row-mt": "0",
    }),
)  # fmt: skip
FORMATS = {one.ending: one for one in (MP4, WEBM)}

# No random numbers and no dates in the files: the same pictures give the same bytes.
_EXACT = {"fflags": "+bitexact"}
MUX = {"mp4": {"movflags": "+faststart", **_EXACT}, "webm": {"cues_to_front": "1", **_EXACT}}


class Encoder:
    """Encodes pictures of one size, in order, into a part of a film.

    Guarantees: frame ``k`` of the part is shown at ``k / FPS`` seconds; after ``close`` the file
    is complete.
    """

    def __init__(self, place: Path, form: Format, width: int, height: int) -> None:
        self._out = av.open(str(place), "w", format=form.container, options=_EXACT)
        added = self._out.add_stream(form.codec, rate=FPS, options=dict(form.options))
        stream = cast(VideoStream, added)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.time_base = Fraction(1, FPS)
        stream.thread_count = 1
        stream.color_range = ColorRange.MPEG
        stream.color_primaries = ColorPrimaries.BT709
        stream.color_trc = ColorTrc.BT709
        stream.colorspace = Colorspace.ITU709
        self._stream, self._next = stream, 0

    def write(self, frame: VideoFrame) -> None:
        frame.pts, frame.time_base = self._next, Fraction(1, FPS)
        frame.pict_type = PictureType.I if self._next == 0 else PictureType.NONE
        self._next += 1
        self._out.mux(self._stream.encode(frame))

    def close(self) -> None:
        self._out.mux(self._stream.encode(None))
        self._out.close()


class Converter:
    """Turns pictures from RGB to the limited-range BT.709 planes that both codecs take."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def planes(self, picture: Picture) -> VideoFrame:
        frame = VideoFrame.from_ndarray(picture, format="rgb24")
        return self._reformatter.reformat(
            frame,
            format="yuv420p",
            src_color_range=ColorRange.JPEG,
            dst_color_range=ColorRange.MPEG,
            dst_colorspace=Colorspace.ITU709,
        )


def encode_part(
    pictures: Iterable[Picture], places: Sequence[tuple[Format, Path]], width: int, height: int
) -> int:
    """Encode the same pictures into every place; return how many there were.

    A picture that is the same object as the one before is not converted again.
    """
    encoders = [Encoder(place, form, width, height) for form, place in places]
    convert, before, count = Converter(), None, 0
    frame: VideoFrame | None = None
    for picture in pictures:
        if frame is None or picture is not before:
            frame, before = convert.planes(picture), picture
        for encoder in encoders:
            encoder.write(frame)
        count += 1
    for encoder in encoders:
        encoder.close()
    return count


def join(parts: Iterable[tuple[BinaryIO, int]], place: Path, form: Format) -> None:
    """Join parts, each with its number of frames, into one film that can start while it loads.

    The parts are closed. Raises DamagedError when one is no film.
    """
    try:
        _join(parts, place, form)
    except av.error.InvalidDataError as error:
        raise DamagedError(str(error)) from error


def _join(parts: Iterable[tuple[BinaryIO, int]], place: Path, form: Format) -> None:
    with av.open(str(place), "w", format=form.container, options=MUX[form.ending]) as out:
        for packet in joined(parts, out):
            out.mux(packet)


def joined(parts: Iterable[tuple[BinaryIO, int]], out: OutputContainer) -> Iterator[Packet[Any]]:
    """Add a stream for the parts and yield their packets, on one row of frames. With the first
    packet the stream is there."""
    stream = None
    start = 0
    for file, count in parts:
        with file, av.open(file, "r") as part:
            source = part.streams.video[0]
            if stream is None:
                stream = out.add_stream_from_template(source)
                stream.time_base = Fraction(1, FPS)
            shift = round(start / FPS / cast(Fraction, source.time_base))
            for packet in part.demux(source):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.pts += shift
                packet.dts += shift
                packet.stream = stream
                yield packet
        start += count


def jpeg(picture: Picture) -> bytes:
    """Return the picture as JPEG: a poster."""
    return _file(picture, "JPEG", quality=88, subsampling=0, progressive=True)


def png(picture: Picture) -> bytes:
    """Return the picture as PNG: a still for paper."""
    return _file(picture, "PNG", optimize=True)


def _file(picture: Picture, kind: str, **options: int) -> bytes:
    with io.BytesIO() as file:
        Image.fromarray(picture).save(file, kind, **options)
        return file.getvalue()
