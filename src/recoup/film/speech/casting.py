"""Voices by name, wherever they come from."""

from __future__ import annotations

from pathlib import Path

from recoup.film.speech.fallback import PROGRAMS, Program, Silence
from recoup.film.speech.kept import Kept
from recoup.film.speech.kokoro import load
from recoup.film.speech.order import VOICES, is_built, mark
from recoup.film.speech.problem import NoVoiceError
from recoup.film.speech.value import Voice
from recoup.film.store import FolderStore

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


def voice_of(name: str, folder: Path, said: FolderStore) -> Kept:
    """Return a voice that keeps what it says; raise NoVoiceError."""
    voice: Voice
    if name in VOICES:
        voice = load(folder, name)
    elif name == SILENCE:
        voice = Silence()
    else:
        voice = Program(name)
    return Kept(voice, said)
