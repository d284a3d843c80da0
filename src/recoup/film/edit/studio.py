"""Who is filmed, how large, and in which words: what all shots of a film share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recoup.body import FIGURES, may_move
from recoup.film.order import Order
from recoup.film.room import Room
from recoup.library.problem import Path
from recoup.library.yaml_text import line_of
from recoup.model.content import Library
from recoup.model.exercise import Dose, Exercise
from recoup.model.film import FilmWords
from recoup.model.motion import Motion
from recoup.model.speech import Manner
from recoup.script.line import Line
from recoup.script.narration import cue_lines
from recoup.script.speaking import lines

WORDS = "films/words.yaml"


class NoMotionError(Exception):
    """A film needs a motion that has not been written, or that its figure does not show.
    ``problems`` lists each with what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Studio:
    motions: Mapping[str, Motion] = field(repr=False)
    exercises: Mapping[str, Exercise] = field(repr=False)
    words: FilmWords = field(repr=False)
    manner: Manner = field(repr=False)
    equipment: Mapping[str, str] = field(repr=False)
    """Names of things, as they stand in a sentence."""
    texts: Mapping[str, str] = field(repr=False)
    """The library's files: what cannot be said is told with its line."""
    figure: str = "woman"
    shape: str = "16:9"
    height: int = 720
    stand_in: str = ""
    """Who is filmed in what the figure may not show; without one, such a film is refused."""

    @classmethod
    def of(
        cls, library: Library, texts: Mapping[str, str], motions: Mapping[str, Motion],
        words: FilmWords, manner: Manner, **how: Any,  # noqa: ANN401 - figure, shape and so on
    ) -> Studio:  # fmt: skip
        """Return the studio of a library; ``how`` names the fields from ``figure`` on."""
        things = {one.id: one.name[:1].lower() + one.name[1:] for one in library.equipment.values()}
        return cls(motions, library.exercises, words, manner, things, texts, **how)

    def order(
        self, motion: str, view: int | str = 0, side: str = "left", glowing: bool = True
    ) -> Order:
        """Return the order of a motion from its first or its second view, or one by name."""
        found = self.motions[motion]
        name = view if isinstance(view, str) else found.views[min(view, len(found.views) - 1)]
        figure = self.figure if self._may_move(motion) else self.stand_in or self.figure
        return Order(found, figure, self.shape, self.height, side, name, Room.TYPE, glowing)

    def may_show(self, motion: str) -> bool:
        """Return whether there is such a motion and the figure may be seen in it."""
        exercises = self.exercises.values()
        return motion in self.motions and may_move(FIGURES[self.figure], motion, exercises)

    def refuse(self, motions: Iterable[str], place: str) -> None:
        """Raise NoMotionError when the figure may not be seen in one of these motions, and nobody
        stands in for it."""
        wrong = [one for one in dict.fromkeys(motions) if not self._may_move(one)]
        if wrong and not self.stand_in:
            raise NoMotionError([
                f"{place}: {self.figure} does not show {one}: late pregnancy leaves it out. "
                "Choose another --body." for one in wrong
            ])  # fmt: skip

    def _may_move(self, motion: str) -> bool:
        return may_move(FIGURES[self.figure], motion, self.exercises.values())

    def motion_of(self, exercise: str) -> str | None:
        """Return the motion of an exercise, if it has been written."""
        one = self.exercises[exercise]
        name = one.motion or one.id
        return name if name in self.motions else None

    def lines(self, text: str, file: str, path: Path = ()) -> tuple[Line, ...]:
        """Return a text of a file as sentences, each with file and line; raise
        UnspeakableError."""
        number = line_of(self.texts.get(file, ""), path)
        return tuple(lines(text, self.manner.lexicon, file, number))

    def block(self, exercise: Exercise, name: str) -> tuple[Line, ...]:
        """Return a block of an exercise's words as sentences; none when it has no such block."""
        text = exercise.words.get(name)
        if text is None:
            return ()
        return self.lines(text, f"exercises/{exercise.id}.yaml", ("words", name))

    def variant(self, exercise: Exercise, dose: Dose) -> tuple[Line, ...]:
        """Return the way of doing it that the dose names, if it names one."""
        name = dose.variant or ""
        text = exercise.variants.get(name)
        if text is None:
            return ()
        return self.lines(f"{text}.", f"exercises/{exercise.id}.yaml", ("variants", name))

    def said(self, text: str, /, **values: object) -> tuple[Line, ...]:
        return self.lines(self.words.said[text].format(**values), WORDS, ("said", text))

    def shown(self, text: str, /, **values: object) -> str:
        return self.words.shown[text].format(**values)

    def cues(self) -> dict[str, Line]:
        return cue_lines(self.manner)

    def target(self, motion: str) -> str | None:
        """Return in words what a motion is for: its first target."""
        targets = self.motions[motion].target
        return self.words.targets.get(targets[0]) if targets else None
