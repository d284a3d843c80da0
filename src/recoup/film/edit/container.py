"""The finished file: pictures joined, two sound tracks, chapters, title and language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import av
import numpy as np
from av import AudioStream, Packet
from av.container import OutputContainer
from av.stream import Disposition

from recoup.film.edit.timeline import Chapter
from recoup.film.encode import FPS, MUX, DamagedError, Format, joined
from recoup.film.speech.value import RATE, Samples

if TYPE_CHECKING:
    from av.container.core import Chapter as AvChapter

SOUND_HZ = 48_000
"""What every player takes, old televisions too."""

CODECS = {"mp4": ("aac", 96_000), "webm": ("libopus", 64_000)}
QUICK = {"aac": {"aac_coder": "fast"}}
"""FFmpeg's usual coder peaks up to 3 dB above the sound now and then; its quick one does not, and
is the more exact of the two at this rate."""

LANGUAGE = "eng"


@dataclass(frozen=True, eq=False)
class Sound:
    """A sound track; ``described`` tells in words what is to be seen."""

    name: str
    samples: Samples
    described: bool = False


def write(
    place: Path,
    form: Format,
    title: str,
    parts: Iterable[tuple[BinaryIO, int]],
    sounds: Sequence[Sound],
    chapters: Sequence[Chapter],
    frames: int,
) -> None:
    """Write a film; the first sound is the one that plays. Raises DamagedError or OSError."""
    try:
        with av.open(str(place), "w", format=form.container, options=MUX[form.ending]) as out:
            out.metadata["title"] = title
            pictures = joined(parts, out)
            first = next(pictures)  # their stream is added first
            streams = [_stream(out, form, sound, k == 0) for k, sound in enumerate(sounds)]
            out.set_chapters(_chapters(chapters, frames))
            with ThreadPoolExecutor(len(sounds)) as threads:  # encoders run side by side
                tracks = list(threads.map(_encoded, streams, [one.samples for one in sounds]))
            _interleave(out, chain([first], pictures), tracks)
    except av.error.InvalidDataError as error:
        raise DamagedError(str(error)) from error


def _stream(out: OutputContainer, form: Format, sound: Sound, default: bool) -> AudioStream:
    codec, bits = CODECS[form.ending]
    added = out.add_stream(codec, rate=SOUND_HZ, layout="mono", options=QUICK.get(codec))
    stream = cast(AudioStream, added)
    stream.bit_rate = bits
    stream.metadata.update({"language": LANGUAGE, "title": sound.name})
    stream.disposition = Disposition.default if default else Disposition(0)
    if sound.described:
        stream.disposition |= Disposition.visual_impaired
    return stream


def _chapters(chapters: Sequence[Chapter], frames: int) -> list[AvChapter]:
    ends = [*(one.first for one in chapters[1:]), frames]
    return [
        {"id": k, "start": one.first, "end": end, "time_base": Fraction(1, FPS),
         "metadata": {"title": one.title}}
        for k, (one, end) in enumerate(zip(chapters, ends, strict=True))
    ]  # fmt: skip


def _encoded(stream: AudioStream, samples: Samples) -> list[Packet[Any]]:
    """Return the packets of a track: a few megabytes for half an hour."""
    return list(_packets(stream, samples))


def _packets(stream: AudioStream, samples: Samples) -> Iterable[Packet[Any]]:
    resampler = av.AudioResampler(stream.format, "mono", SOUND_HZ, stream.frame_size or None)
    for start in range(0, len(samples), RATE):
        sound = np.ascontiguousarray(samples[start : start + RATE], np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(sound, format="flt", layout="mono")
        frame.sample_rate, frame.pts = RATE, start
        frame.time_base = Fraction(1, RATE)
        for piece in resampler.resample(frame):
            yield from stream.encode(piece)
    for piece in resampler.resample(None):
        yield from stream.encode(piece)
    yield from stream.encode(None)


def _interleave(
    out: OutputContainer, pictures: Iterable[Packet[Any]], tracks: Sequence[Iterable[Packet[Any]]]
) -> None:
    """Mux in order of time: a player reads pictures and sound side by side."""
    sounds = [iter(track) for track in tracks]
    ahead: list[Packet[Any] | None] = [next(sound, None) for sound in sounds]

    def until(seconds: float) -> None:
        for k, sound in enumerate(sounds):
            while (packet := ahead[k]) is not None and _at(packet) <= seconds:
                out.mux(packet)
                ahead[k] = next(sound, None)

    for packet in pictures:
        until(_at(packet))
        out.mux(packet)
    until(float("inf"))


def _at(packet: Packet[Any]) -> float:
    return float((packet.dts or 0) * packet.time_base)
