"""A motion while it is written: its text is watched, solved, drawn and measured again and again."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from recoup.body import Body
from recoup.film.draw import VIEWS
from recoup.film.draw.glow import FIELDS
from recoup.film.scene import Picture, Scene
from recoup.library.motion_checks import Shown
from recoup.library.motions import FOLDER, MOVES, POSITIONS, file_of, read_motions
from recoup.library.problem import LibraryError
from recoup.model.motion import Claim, Motion
from recoup.motion import Findings, ReachError, Track, check_motion, claimed, load_track

HEIGHT = 240
LOOK_EVERY_S = 0.25
LOOP_HZ, LOOP_MOST = 8, 20
"""Pictures a second of the moving picture, and how many at most: it must not take long."""

READING, DRAWING, MEASURING, MOVING, DONE = (
    "Solving the motion", "Drawing the positions", "Measuring", "Drawing the moving picture", "",
)  # fmt: skip


@dataclass(frozen=True)
class Still:
    """A position as it was solved: when it is reached, and its picture (JPEG)."""

    position: str
    view: str
    t: float
    picture: bytes


@dataclass(frozen=True)
class Held:
    """A claim held against the motion: the least and the most that was measured."""

    claim: Claim
    low: float
    high: float

    @property
    def good(self) -> bool:
        least, most = self.claim.least, self.claim.most
        return (least is None or self.low >= least - 1e-6) and (
            most is None or self.high <= most + 1e-6
        )


@dataclass(frozen=True)
class State:
    """What there is to see. ``version`` grows with every change; ``problems`` are those of the
    text as it stands, while pictures and numbers may be of the last text that could be solved."""

    version: int = 0
    doing: str = READING
    problems: tuple[str, ...] = ()
    stills: tuple[Still, ...] = ()
    moving: bytes | None = None
    findings: Findings | None = None
    claims: tuple[Held, ...] = ()


class _Overtaken(Exception):
    """The text has changed again: what was begun is of no use any more."""


class Preview:
    """Watches one motion of a library folder on one body. ``run`` works until ``stop``."""

    def __init__(self, id_: str, body: Body, library: Path, tracks: Path) -> None:
        self.id, self.body = id_, body
        self._library, self._tracks = library, tracks
        self._files = (file_of(id_), POSITIONS, MOVES)
        self._state = State()
        self._stop = threading.Event()
        self._seen: object = None

    @property
    def state(self) -> State:
        return self._state

    def run(self) -> None:
        """Look at the files until stopped; whenever one has changed, show what it says now."""
        while not self._stop.is_set():
            if self._stamp() == self._seen:
                self._stop.wait(LOOK_EVERY_S)
                continue
            self._seen = self._stamp()
            try:
                self._show()
            except _Overtaken:
                continue

    def stop(self) -> None:
        self._stop.set()

    def _stamp(self) -> object:
        found = []
        for name in self._files:
            try:
                stat = (self._library / name).stat()
                found.append((stat.st_mtime_ns, stat.st_size, stat.st_ino))
            except OSError:
                found.append((0, 0, 0))
        return tuple(found)

    def _change(self, new: State) -> None:
        if self._overtaken():
            raise _Overtaken
        self._state = replace(new, version=self._state.version + 1)

    def _fail(self, problems: Iterable[object]) -> None:
        """Show what is wrong, over what was last right."""
        self._change(replace(self._state, doing=DONE, problems=tuple(map(str, problems))))

    def _overtaken(self) -> bool:
        return self._stop.is_set() or self._stamp() != self._seen

    def _show(self) -> None:
        self._change(replace(self._state, doing=READING))
        try:
            motion = self._read()
            track = load_track(motion, self.body, self._tracks)
        except LibraryError as error:
            self._fail(error.problems)
        except ReachError as error:
            self._fail(error.misses)
        except (OSError, UnicodeDecodeError) as error:
            self._fail([f"{error}. Save the file as readable UTF-8 text."])
        else:
            self._draw(motion, track)

    def _read(self) -> Motion:
        return read_motions(self._texts(), [self.id], Shown(VIEWS, FIELDS))[self.id]

    def _texts(self) -> Mapping[str, str]:
        return {
            f"{FOLDER}{path.name}": path.read_text(encoding="utf-8")
            for path in sorted((self._library / FOLDER).glob("*.yaml"))
            if f"{FOLDER}{path.name}" in self._files
        }

    def _draw(self, motion: Motion, track: Track) -> None:
        """Show the positions one by one, then the numbers, then the moving picture."""
        state = State(doing=DRAWING)
        scenes = [
            Scene(motion, track, self.body, HEIGHT, "16:9", view, samples=2)
            for view in motion.views
        ]
        reached = sorted(track.reached.items(), key=lambda pair: pair[1])
        for view, scene in zip(motion.views, scenes, strict=True):
            for name, t in reached:
                still = Still(name, view, t, _jpeg(scene.picture(t)))
                state = replace(state, stills=(*state.stills, still))
                self._change(state)
        state = replace(state, doing=MEASURING)
        self._change(state)
        claims = tuple(_held(claim, track) for claim in motion.claims)
        state = replace(state, findings=check_motion(motion, track), claims=claims, doing=MOVING)
        self._change(state)
        self._change(replace(state, moving=self._moving(scenes[0], track), doing=DONE))

    def _moving(self, scene: Scene, track: Track) -> bytes:
        """Return the cycle as a moving picture (WebP) that begins again without end."""
        start, seconds = track.cycle.start_s, track.cycle.end_s - track.cycle.start_s
        count = min(max(2, round(seconds * LOOP_HZ)), LOOP_MOST)
        pictures = []
        for k in range(count):
            if self._overtaken():
                raise _Overtaken
            pictures.append(Image.fromarray(scene.picture(start + seconds * k / count)))
        out = io.BytesIO()
        pictures[0].save(
            out, "WEBP", save_all=True, append_images=pictures[1:], loop=0, quality=80, method=0,
            duration=round(1000 * seconds / count),
        )  # fmt: skip
        return out.getvalue()


def _held(claim: Claim, track: Track) -> Held:
    _, values = claimed(claim, track)
    return Held(claim, float(values.min()), float(values.max()))


def _jpeg(picture: Picture) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=88)
    return out.getvalue()
