"""Make a film: speech and motions first, then the cut, then reels, pieces, sound and the file.

Every stage keeps what it makes by the name of what it is made from. Whatever is killed, the next
try goes on from there; a changed sentence makes only what follows from it again.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, cast

from av.video.reformatter import ColorRange, Colorspace

from recoup.film.edit.container import Sound, write
from recoup.film.edit.cutter import Cutter
from recoup.film.edit.describing import places, with_descriptions
from recoup.film.edit.drawing import Look
from recoup.film.edit.piece import name_of, still
from recoup.film.edit.reel import PICTURES, SPOTS, Lengths, Planes, as_frame, missing
from recoup.film.edit.shots import Explained, Shot
from recoup.film.edit.sound import words
from recoup.film.edit.stages import (
    Room,
    code_of,
    cut,
    mix,
    mix_name,
    render,
    said_name,
    samples_of,
    say,
    speaker,
    stage,
)
from recoup.film.edit.staging import Staging
from recoup.film.edit.sweeping import mark_used
from recoup.film.edit.texts import Words
from recoup.film.edit.timeline import Piece, Spoken, Timeline
from recoup.film.encode import FORMATS, DamagedError, Picture, jpeg
from recoup.film.exercise_film import RendererKilledError
from recoup.film.order import POSTER, digest
from recoup.film.speech.casting import ready
from recoup.film.store import UnwritableError, scratch, unwritable
from recoup.model.speech import Lexicon
from recoup.script.line import Line
from recoup.script.speaking import lines

T = TypeVar("T")

TRIES = 3
"""How often the work goes on after a renderer was killed."""

LINES, LENGTHS = 3, 6
"""Sentences and lengths of reels that one renderer is given at a time."""

SPEECH_S, STAGE_S, SHOT_S, CUT_S, MIX_S = 0.055, 5.0, 0.032, 0.016, 0.03
"""About how much work there is: a letter said, a motion solved, a frame rendered, a frame cut, a
second mixed. Only the time that is left is guessed from them."""

PLAIN, DESCRIBED = "Film", "Film with audio description"

Farm = Callable[[], AbstractContextManager[Executor]]

Job = tuple[Future[object], float, str]
"""What is being done, about how much work it is, and what it is called."""


@dataclass(frozen=True, slots=True)
class Done:
    """How far the work is: seconds of work done, of about how many, and how long it took."""

    work_s: float
    total_s: float
    took_s: float
    what: str

    @property
    def left_s(self) -> float:
        """Return about how long it will take from here."""
        return self.took_s * (self.total_s - self.work_s) / max(self.work_s, 1e-9)


Progress = Callable[[Done], None]


@dataclass(frozen=True)
class Wanted:
    """A film to make: what it shows, how its type looks, in which formats; ``described`` films
    stop to tell what is to be seen; others tell it on a second track, as far as there is time."""

    title: str
    shots: tuple[Shot, ...]
    lexicon: Lexicon
    look: Look = field(default_factory=Look)
    endings: tuple[str, ...] = ("mp4",)
    described: bool = False


@dataclass(frozen=True)
class Made:
    """A finished film: names in the store by ending, and its texts' sources."""

    timeline: Timeline
    files: dict[str, str]
    words: Words
    described_words: Words


def make(
    wanted: Wanted, room: Room, farm: Farm, progress: Progress = lambda done: None
) -> Made:
    """Make what is missing of a film.

    Raises VoiceError, ReachError, MissingDataError, StoreError, OverlapError, MissingFontError or
    RendererKilledError; then the store holds whole files or nothing, and what is done is kept.
    """
    ready(room.voice, room.voices)
    for _ in range(TRIES):
        try:
            with farm() as executor:
                return _Making(wanted, room, executor, progress).made()
        except BrokenProcessPool:
            continue
    raise RendererKilledError(
        f"{wanted.title}: renderers were killed {TRIES} times, perhaps for lack of memory. Start "
        "again: what is done is kept."
    )


class _Making:
    def __init__(
        self, wanted: Wanted, room: Room, executor: Executor, progress: Progress
    ) -> None:
        self._wanted, self._room, self._executor = wanted, room, executor
        self._progress, self._began = progress, time.monotonic()
        self._work_s = self._total_s = 0.0

    def made(self) -> Made:
        lengths, stagings = self._prepared()
        shots = self._explained(stagings, lengths) if self._wanted.described else self._shots
        timeline = self._described(self._cut(shots, lengths, stagings), stagings, lengths)
        sounds, mixing = self._sounds(timeline)
        self._reels(timeline)
        self._results([*mixing, *self._pieces(timeline)])
        files = {ending: self._file(timeline, sounds, ending) for ending in self._wanted.endings}
        files[POSTER] = self._poster(timeline)
        self._mark_used(timeline, sounds)
        told = [self._words(timeline.heard(described)) for described in (False, True)]
        return Made(timeline, files, *told)

    # Speech and motions.

    def _prepared(self) -> tuple[dict[Line, int], dict[str, Staging]]:
        """Have every sentence said and every motion solved; both at once."""
        shots, data = self._wanted.shots, self._room.workshop.built.sources
        said = list(dict.fromkeys(line for shot in shots for line in shot.lines))
        orders = {shot.order.key(data): shot.order for shot in shots}
        jobs: list[Job] = []
        jobs += [self._speech(some) for some in _batches(said, LINES)]
        for order in orders.values():
            jobs.append(self._submit(STAGE_S, "motions", stage, order, self._room.workshop.built))
        self._total_s += sum(work for _, work, _ in jobs) * 2  # the rest takes about as long
        found = self._results(jobs)
        self._total_s = self._work_s
        count = -(-len(said) // LINES)
        spoken = [one for some in found[:count] for one in some]  # type: ignore[attr-defined]
        return dict(zip(said, spoken, strict=True)), dict(zip(orders, found[count:], strict=True))  # type: ignore[arg-type]

    def _say(self, lines: Sequence[Line]) -> dict[Line, int]:
        """Have sentences said; return how many frames each takes."""
        jobs = [self._speech(some) for some in _batches(lines, LINES)]
        self._expect(jobs)
        spoken = [one for some in self._results(jobs) for one in some]  # type: ignore[attr-defined]
        return dict(zip(lines, spoken, strict=True))

    def _speech(self, some: Sequence[Line]) -> Job:
        letters = sum(len(line.spoken) for line in some)
        return self._submit(SPEECH_S * letters, "speech", say, some, self._room)

    def _key(self, shot: Shot) -> str:
        return shot.order.key(self._room.workshop.built.sources)

    def _cut(
        self, shots: Sequence[Shot], lengths: dict[Line, int], stagings: dict[str, Staging]
    ) -> Timeline:
        cutter = Cutter(lengths)
        for shot in shots:
            shot.cut(cutter, stagings[self._key(shot)])
        return cutter.film(self._wanted.title)

    # Audio description.

    @property
    def _shots(self) -> list[Shot]:
        return [shot for shot in self._wanted.shots if not isinstance(shot, Explained)]

    def _explained(
        self, stagings: dict[str, Staging], lengths: dict[Line, int]
    ) -> list[Shot]:
        """Return the shots, those with room for a description with the words for it."""
        shots: list[Shot] = []
        for shot in self._wanted.shots:
            if isinstance(shot, Explained):
                lines = stagings[self._key(shot)].description.lines(self._wanted.lexicon)
                shot = replace(shot, lines=tuple(dict.fromkeys(lines)))  # noqa: PLW2901
            shots.append(shot)
        new = [line for shot in shots for line in shot.lines if line not in lengths]
        lengths.update(self._say(list(dict.fromkeys(new))))
        return shots

    def _described(
        self, timeline: Timeline, stagings: dict[str, Staging], lengths: dict[Line, int]
    ) -> Timeline:
        """Return the film with descriptions in its silences."""
        chosen = [
            (one, lines(one.text, self._wanted.lexicon, f"motions/{one.motion}.yaml"))
            for one in places(timeline, stagings)
        ]
        new = [line for _, some in chosen for line in some if line not in lengths]
        lengths.update(self._say(list(dict.fromkeys(new))))
        return with_descriptions(timeline, chosen, lengths)

    # Pictures.

    def _reels(self, timeline: Timeline) -> None:
        reels = list(dict.fromkeys(reel for piece in timeline.pieces for reel in piece.reels))
        jobs = []
        for some in missing(reels, self._room.reels):
            for part in _batches(some, LENGTHS):
                work = Lengths(tuple(part))
                jobs.append(self._submit(SHOT_S * work.frames, "pictures", render, work,
                                         self._room))  # fmt: skip
        self._expect(jobs)
        self._total_s += sum(CUT_S * one.frames for one in self._uncut(timeline))
        self._results(jobs)

    def _pieces(self, timeline: Timeline) -> list[Job]:
        """Have every piece cut that is not there in each format yet."""
        store, look = self._room.workshop.parts, self._wanted.look
        jobs = []
        for piece in self._uncut(timeline):
            endings = [one for one in self._wanted.endings
                       if not store.has(name_of(piece, look, one))]  # fmt: skip
            jobs.append(self._submit(CUT_S * piece.frames, "cutting", cut, piece, look, endings,
                                     self._room))  # fmt: skip
        return jobs

    def _uncut(self, timeline: Timeline) -> list[Piece]:
        """Return every piece that is not encoded in each format yet, the same one once."""
        store, found = self._room.workshop.parts, {}
        for piece in timeline.pieces:
            names = [name_of(piece, self._wanted.look, one) for one in self._wanted.endings]
            if not all(store.has(name) for name in names):
                found[names[0]] = piece
        return list(found.values())

    # Sound.

    def _sounds(self, timeline: Timeline) -> tuple[list[str], list[Job]]:
        """Have both tracks mixed, beside the pictures; return the names under which they will be
        kept, and the work."""
        jobs: list[Job] = []
        names: list[str] = []
        for described in (False, True):
            heard = timeline.heard(described)
            name = mix_name(heard, timeline.frames, self._room.voice)
            if name not in names and not self._room.said.has(name):
                jobs.append(self._submit(MIX_S * timeline.seconds, "sound", mix, heard,
                                         timeline.frames, name, self._room))  # fmt: skip
            names.append(name)
        self._expect(jobs)
        return names, jobs

    def _words(self, heard: Sequence[Spoken]) -> Words:
        return words(heard, speaker(self._room))

    # The file.

    def _file(self, timeline: Timeline, sounds: Sequence[str], ending: str) -> str:
        look, parts = self._wanted.look, self._room.workshop.parts
        names = [name_of(piece, look, ending) for piece in timeline.pieces]
        chapters = repr(timeline.chapters)
        told = str(self._wanted.described)
        made_from = (timeline.title, *names, *sounds, chapters, told, code_of("container.py"))
        name = f"{digest('film', *made_from)}.{ending}"
        films = self._room.workshop.films
        if films.has(name):
            return name
        tracks = [Sound(PLAIN, samples_of(sounds[0], self._room.said))]
        if sounds[1] != sounds[0]:
            tracks.append(Sound(DESCRIBED, samples_of(sounds[1], self._room.said), described=True))
        if self._wanted.described:
            tracks.reverse()
        try:
            with scratch(parts) as folder:
                place = Path(folder) / name
                pieces = (
                    (parts.get(one), piece.frames)
                    for one, piece in zip(names, timeline.pieces, strict=True)
                )
                write(place, FORMATS[ending], timeline.title, pieces, tracks, timeline.chapters,
                      timeline.frames)  # fmt: skip
                with place.open("rb") as file:
                    films.put(name, file)
        except DamagedError:
            for one in names:
                parts.drop(one)
            raise UnwritableError(
                f"{parts.folder}: a part of the film was damaged; its parts are removed. Start "
                "again, and look after this disk."
            ) from None
        except OSError as error:
            raise unwritable(parts.folder, error) from error
        return name

    def _poster(self, timeline: Timeline) -> str:
        piece, k = timeline.picture(timeline.poster)
        name = f"{digest('poster', name_of(piece, self._wanted.look, 'mp4'), str(k))}.{POSTER}"
        films = self._room.workshop.films
        if not films.has(name):
            planes = still(piece, self._wanted.look, k, self._room.reels)
            films.put(name, io.BytesIO(jpeg(rgb(planes))))
        return name

    def _mark_used(self, timeline: Timeline, sounds: Sequence[str]) -> None:
        """Note what the film was cut from, so that it stays for the next one."""
        room, now = self._room, time.time()
        reels = {reel for piece in timeline.pieces for reel in piece.reels}
        lengths = [one.name(k, ending) for one in reels for k in range(one.lengths)
                   for ending in (SPOTS, PICTURES)]  # fmt: skip
        pieces = [name_of(piece, self._wanted.look, ending) for piece in timeline.pieces
                  for ending in self._wanted.endings]  # fmt: skip
        said = [said_name(one.line, room) for one in timeline.heard(described=True)]
        for store, names in (
            (room.reels, lengths), (room.workshop.parts, pieces), (room.said, [*said, *sounds]),
        ):  # fmt: skip
            mark_used(store, names, now)

    # Work.

    def _submit(
        self, work_s: float, what: str, job: Callable[..., object], *given: object
    ) -> Job:
        return self._executor.submit(job, *given), work_s, what

    def _expect(self, jobs: Iterable[Job]) -> None:
        self._total_s += sum(work for _, work, _ in jobs)

    def _results(self, jobs: Sequence[Job]) -> list[object]:
        """Return all results in order; the first failure stops the rest."""
        works = {future: (work, what) for future, work, what in jobs}
        try:
            for future in as_completed(works):
                future.result()
                work, what = works[future]
                self._work_s += work
                took = time.monotonic() - self._began
                self._progress(Done(self._work_s, self._total_s, took, what))
        finally:
            for future in works:
                future.cancel()
        return [future.result() for future, _, _ in jobs]


def rgb(planes: Planes) -> Picture:
    """Return a frame's planes as a picture again."""
    frame = as_frame(planes)
    frame.colorspace, frame.color_range = Colorspace.ITU709, ColorRange.MPEG
    return cast(Picture, frame.to_ndarray(format="rgb24"))


def _batches(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (values[k : k + size] for k in range(0, len(values), size))
