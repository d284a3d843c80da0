"""What renderers do for a film: its stages. Arguments and results travel between processes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from recoup.film.edit.drawing import Look
from recoup.film.edit.piece import compose
from recoup.film.edit.reel import Lengths, shoot
from recoup.film.edit.sound import length, mixed
from recoup.film.edit.staging import Staging, staged
from recoup.film.edit.timeline import Piece, Spoken
from recoup.film.exercise_film import Workshop, take_of
from recoup.film.order import Order, digest
from recoup.film.speech.casting import mark_of, voice_of
from recoup.film.speech.kept import Kept
from recoup.film.speech.value import Samples, Speech
from recoup.film.store import FolderStore
from recoup.film.take import Built
from recoup.script.line import Line

SOUND = "pcm"
LOUDEST = 32767


@dataclass(frozen=True)
class Room:
    """Where films are made, and who speaks in them."""

    workshop: Workshop
    voice: str
    voices: Path

    @property
    def said(self) -> FolderStore:
        return FolderStore(self.workshop.parts.folder.parent / "said")

    @property
    def reels(self) -> FolderStore:
        return FolderStore(self.workshop.parts.folder.parent / "reels")

    @property
    def stores(self) -> tuple[FolderStore, ...]:
        """Return where everything is that films are cut from."""
        return self.reels, self.workshop.parts, self.said


def say(lines: Sequence[Line], room: Room) -> list[int]:
    """Say sentences and keep them; return how many frames each takes."""
    speak = speaker(room)
    return [length(speak(line)) for line in lines]


def stage(order: Order, built: Built) -> Staging:
    return staged(order, built, take_of(order, built))


def render(work: Lengths, room: Room) -> None:
    built = room.workshop.built
    order = work.reels[0][0].order
    shoot(work, take_of(order, built), room.reels)


def cut(piece: Piece, look: Look, endings: Sequence[str], room: Room) -> None:
    compose(piece, look, endings, room.reels, room.workshop.parts)


def mix(heard: Sequence[Spoken], frames: int, name: str, room: Room) -> None:
    """Mix a sound track and keep it in 16 bits."""
    sound = mixed(heard, frames, speaker(room))
    packed = np.round(np.clip(sound, -1, 1) * LOUDEST).astype("<i2").tobytes()
    room.said.put(name, io.BytesIO(packed))


def mix_name(heard: Sequence[Spoken], frames: int, voice: str) -> str:
    said = repr([(one.line.words, one.part, one.first) for one in heard])
    code = code_of("sound.py", "../speech/loudness.py")
    return f"{digest('mix', said, str(frames), mark_of(voice), code)}.{SOUND}"


def said_name(line: Line, room: Room) -> str:
    """Return the name under which a line is kept once it was said."""
    return _voice(room).name(line)


def speaker(room: Room) -> Callable[[Line], Speech]:
    """Return who says a line, or gives back what was said before."""
    return _voice(room).speak


@lru_cache(maxsize=2)
def _voice(room: Room) -> Kept:
    return voice_of(room.voice, room.voices, room.said)


def samples_of(name: str, store: FolderStore) -> Samples:
    """Return a sound track that was mixed."""
    with store.get(name) as file:
        return np.frombuffer(file.read(), "<i2").astype(np.float32) / np.float32(LOUDEST)


@cache
def code_of(*names: str) -> str:
    """Return the hash of code that a stage's bytes depend on."""
    return digest(*((Path(__file__).parent / name).read_text("utf-8") for name in names))
