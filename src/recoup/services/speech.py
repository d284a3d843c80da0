"""What is said aloud in a session: the timer's cues, and the exercises' words read out.

Like films, recordings follow from the library alone: what is missing, the worker makes, when the
voice is there. Without it every page works, in silence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, lru_cache, partial
from pathlib import Path

from django.conf import settings

from recoup.film.speech.order import INDEX, Recording, is_built, mark
from recoup.film.speech.problem import CannotSayError, NoVoiceError
from recoup.film.store import FolderStore, StoreError
from recoup.model.exercise import Exercise
from recoup.script.narration import READ, cue_lines, narration
from recoup.script.speaking import UnspeakableError
from recoup.services import films, shelf

VOICE = "heart"
CUE_PAUSE_S, SENTENCE_PAUSE_S = 0.25, 0.45


def cues() -> str | None:
    """Return the name of the cues' index in the store, or None while there are none."""
    order = cue_order()
    return None if order is None else _there(order)


def reading(exercise: Exercise) -> str | None:
    """Return the name of the index of an exercise read out, or None while there is none."""
    order = reading_order(exercise)
    return None if order is None else _there(order)


@cache
def cue_order() -> Recording | None:
    """Return the recording of the timer's cues; None when their text cannot be read."""
    manner = shelf.manner()
    if manner is None:
        return None
    try:
        return Recording(tuple(cue_lines(manner).items()), CUE_PAUSE_S)
    except UnspeakableError as error:
        logging.getLogger(__name__).error("No cues: %s", error)
        return None


def reading_order(exercise: Exercise) -> Recording | None:
    """Return the recording of an exercise's words; None when there is nothing that can be said."""
    return _reading(exercise.id, tuple((n, exercise.words[n]) for n in READ if n in exercise.words))


@lru_cache(maxsize=512)
def _reading(exercise: str, words: tuple[tuple[str, str], ...]) -> Recording | None:
    manner = shelf.manner()
    if manner is None:
        return None
    try:
        blocks = narration(exercise, dict(words), manner.lexicon)
    except UnspeakableError as error:
        logging.getLogger(__name__).error("%s is not read out: %s", exercise, error)
        return None
    lines = tuple((block.name, line) for block in blocks for line in block.lines)
    return Recording(lines, SENTENCE_PAUSE_S) if lines else None


def wanted() -> Iterator[Recording]:
    """Yield the recordings that should exist: the cues, then the exercises of the programs that
    somebody here follows and of the flagship program, the first session's first."""
    library = shelf.current()
    orders = [cue_order()]
    programs = (one for one in (*films.followed(), films.FLAGSHIP) if one in library.programs)
    names = (name for one in programs for name in films.in_order(library.programs[one]))
    for name in dict.fromkeys(names):
        orders.append(reading_order(library.exercises[name]))
    yield from (order for order in orders if order is not None)


def make_missing(farm: Callable[[], Executor], tell: Callable[[str], None]) -> None:
    """Make every recording that should exist and does not; nothing without a voice. What cannot
    be said or kept is told, and tried again at the next start."""
    if not is_built(_voice()):
        return
    missing = [order for order in wanted() if _there(order) is None]
    for number, order in enumerate(missing, 1):
        from recoup.film.speech.recording import record, say  # noqa: PLC0415 - only the worker

        speak = partial(say, folder=_voice(), voice=VOICE, said=_said())
        try:
            record(order, mark(VOICE), speak, FolderStore(films.folder()), farm())
        except CannotSayError as error:
            tell(f"Not said: {error}")
        except (NoVoiceError, StoreError, BrokenProcessPool) as error:
            tell(f"No more is said: {error}")
            return
        else:
            tell(f"Said: {number} of {len(missing)} recordings.")


def _there(order: Recording) -> str | None:
    name = f"{order.key(mark(VOICE))}.{INDEX}"
    return name if FolderStore(films.folder()).has(name) else None


def _voice() -> Path:
    return Path(settings.RECOUP_HOME) / "voice"


def _said() -> FolderStore:
    return FolderStore(films.folder() / "said")
