"""The film of a program: its script's chapters, and each exercise in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from recoup.body.suits import MISTAKE
from recoup.film.edit.marks import Card, Credit, Label, Mark, Points, Tag, Tone
from recoup.film.edit.shots import Explained, Shot, Told, Watched
from recoup.film.edit.studio import NoMotionError, Studio
from recoup.film.order import Order
from recoup.film.room import Room
from recoup.model.exercise import Exercise
from recoup.model.film import FilmChapter, FilmScript, Scene
from recoup.model.motion import Breath
from recoup.script.line import Line

XRAY = "x-ray"
"""The look that shows bones."""

BREATHS = {Breath.IN: "breathe-in", Breath.OUT: "breathe-out"}


def storyboard(film: FilmScript, studio: Studio) -> tuple[Shot, ...]:
    """Return the shots of a program's film.

    Raises NoMotionError with every motion that is missing, and UnspeakableError.
    """
    lacking = sorted(_lacking(film, studio))
    if lacking:
        raise NoMotionError([
            f"films/{film.id}.yaml: {name} has no motion yet. Write library/motions/{name}.yaml."
            for name in lacking
        ])  # fmt: skip
    shots = tuple(_shots(film, studio))
    studio.refuse((shot.order.motion.id for shot in shots), f"films/{film.id}.yaml")
    return shots


def _lacking(film: FilmScript, studio: Studio) -> Iterator[str]:
    for chapter in film.chapters:
        yield from (one.motion for one in chapter.scenes if one.motion not in studio.motions)
        if chapter.exercise is not None and studio.motion_of(chapter.exercise) is None:
            yield chapter.exercise


def _shots(film: FilmScript, studio: Studio) -> Iterator[Shot]:
    place = f"films/{film.id}.yaml"
    for number, chapter in enumerate(film.chapters):
        if number == 0:
            yield Told(
                order=_first_order(chapter, studio), over="start",
                lines=studio.lines(film.title, place, ("title",)),
                marks=(Card(text=film.title, lines=film.under),),
                chapter=chapter.title, poster=True,
            )  # fmt: skip
        if chapter.exercise is not None:
            named = studio.lines(chapter.title, place, ("chapters", number, "title"))
            yield from exercise_shots(chapter.exercise, chapter.title, named, studio)
            continue
        for k, scene in enumerate(chapter.scenes):
            if k == 0 and number:
                yield Told(
                    order=_scene_order(scene, studio), over="start", chapter=chapter.title,
                    lines=studio.lines(chapter.title, place, ("chapters", number, "title")),
                    marks=(Card(text=chapter.title),),
                )  # fmt: skip
            said = studio.lines(scene.say, place, ("chapters", number, "scenes", k, "say"))
            yield _scene(scene, chapter, studio, said)


def _first_order(chapter: FilmChapter, studio: Studio) -> Order:
    if chapter.scenes:
        return _scene_order(chapter.scenes[0], studio)
    return studio.order(studio.motion_of(chapter.exercise or "") or "")


def _scene_order(scene: Scene, studio: Studio) -> Order:
    order = studio.order(scene.motion, scene.view or 0)
    room = Room.PANEL if scene.points else order.room
    return replace(order, look=scene.look, closeup=scene.closeup, room=room)


def _scene(
    scene: Scene, chapter: FilmChapter, studio: Studio, said: tuple[Line, ...]
) -> Told:
    marks: list[Mark] = [Tag(text=chapter.title)]
    if scene.label:
        marks.append(Label(text=scene.label))
    if scene.points:
        marks.append(Points(lines=scene.points))
    if scene.look == XRAY:
        marks.append(Credit(text=studio.shown("credit")))
    return Told(
        order=_scene_order(scene, studio), lines=said, stretch=scene.stretch, marks=tuple(marks)
    )


def exercise_shots(
    name: str, title: str, named: tuple[Line, ...], studio: Studio
) -> Iterator[Shot]:
    """Yield the chapter of an exercise: its setting up, its movement from two sides, breathing,
    feeling, the commonest mistake and how it is put right, easier, harder, and when to stop."""
    exercise, motion = studio.exercises[name], studio.motion_of(name) or ""
    near, far = studio.order(motion), studio.order(motion, 1)

    def told(block: str, order: Order, over: str = "cycle", *marks: Mark) -> Told:
        return Told(
            order=order, lines=studio.block(exercise, block), over=over,
            marks=(Tag(text=exercise.name, small=studio.shown(block)), *marks),
        )  # fmt: skip

    yield Told(
        order=near, lines=named, over="start", marks=(Card(text=title),), chapter=title
    )
    yield told("setup", near, "way-in")
    yield Explained(order=near, marks=(Tag(text=exercise.name, small=studio.shown("move")),))
    yield told("move", near)
    yield Watched(
        order=near, times=1, breaths={},
        marks=(Tag(text=exercise.name, small=studio.shown("watch")),),
    )  # fmt: skip
    yield told("breathe", far)
    yield Watched(
        order=far, times=1, breaths=_breaths(studio),
        marks=(Tag(text=exercise.name, small=studio.shown("watch")),),
    )  # fmt: skip
    target = studio.target(motion)
    yield told("feel", near, "best", *(() if target is None else (Label(text=target),)))
    yield from _mistake(exercise, motion, studio)
    yield from (_other(exercise, block, near, studio) for block in ("easier", "harder"))
    yield Told(
        order=near, lines=studio.block(exercise, "stop_if"), over="start",
        marks=(Tag(text=studio.shown("stop_if"), small=exercise.name, tone=Tone.STOP),),
    )  # fmt: skip


def _breaths(studio: Studio) -> dict[Breath, Line]:
    cues = studio.cues()
    return {breath: cues[name] for breath, name in BREATHS.items()}


def _mistake(exercise: Exercise, motion: str, studio: Studio) -> Iterator[Shot]:
    """Yield the mistake, shown where somebody has written its motion, and the right way."""
    wrong = f"{motion}{MISTAKE}"
    is_shown = wrong in studio.motions
    yield Told(
        order=studio.order(wrong if is_shown else motion, glowing=False),
        lines=studio.block(exercise, "mistake"), over="cycle" if is_shown else "start",
        marks=(Tag(text=studio.shown("mistake"), small=exercise.name, tone=Tone.WRONG),),
    )  # fmt: skip
    yield Told(
        order=studio.order(motion), lines=studio.block(exercise, "correct"), over="best",
        marks=(Tag(text=studio.shown("correct"), small=exercise.name, tone=Tone.RIGHT),),
    )  # fmt: skip


def _other(exercise: Exercise, block: str, near: Order, studio: Studio) -> Told:
    """Return how it becomes easier or harder: shown by that exercise where it has a motion."""
    name = exercise.easier if block == "easier" else exercise.harder
    motion = None if name is None else studio.motion_of(name)
    order = near if motion is None else studio.order(motion)
    return Told(
        order=order, lines=studio.block(exercise, block),
        over="start" if motion is None else "best",
        marks=(Tag(text=studio.shown(block), small=exercise.name),),
    )  # fmt: skip
