"""Voices by name, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from recoup.film.speech.fallback import PROGRAMS, Program, Silence
from recoup.film.speech.kept import Kept
from recoup.film.speech.kokoro import load
from recoup.film.speech.order import VOICES, is_built, mark
from recoup.film.speech.problem import NoVoiceError
from recoup.film.speech.value import Speech, Voice
from recoup.film.store import FolderStore
from recoup.script.line import Line

SILENCE = "silence"
NAMES = (*VOICES, *PROGRAMS, SILENCE)


def mark_of(name: str) -> str:
    """Return what the sound of a voice depends on besides the words, without loading it."""
    if name in VOICES:
        return mark(name)
    return Silence().mark if name == SILENCE else Program(name).mark


def ready(name: str, folder: Path) -> None:
    """Raise NoVoiceError when a voice that has to be built has not been."""
    if name in VOICES and not is_built(folder):
        raise NoVoiceError(
            f"The voice {name} is not here. Run make voices, or choose --voice silence."
        )


@dataclass(frozen=True)
class _Built:
    """A voice that was built: loaded, which takes a second, when it has something new to say."""

    name: str
    folder: Path

    @property
    def mark(self) -> str:
        return mark(self.name)

    def speak(self, line: Line) -> Speech:
        return load(self.folder, self.name).speak(line)


def voice_of(name: str, folder: Path, said: FolderStore) -> Kept:
    """Return a voice that keeps what it says. Speaking raises NoVoiceError and CannotSayError."""
    voice: Voice
    if name in VOICES:
        voice = _Built(name, folder)
    elif name == SILENCE:
        voice = Silence()
    else:
        voice = Program(name)
    return Kept(voice, said)
