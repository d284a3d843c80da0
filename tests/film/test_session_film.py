"""The film of a session: every set is counted, held and rested as planned."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

import pytest
from film.cutting import Hum, studio

from recoup.film.edit.cutter import Cutter
from recoup.film.edit.drawing import Look
from recoup.film.edit.marks import Card, Count, Ring, Tag
from recoup.film.edit.piece import name_of
from recoup.film.edit.session import storyboard
from recoup.film.edit.shots import Changed, Shot
from recoup.film.edit.sound import length
from recoup.film.edit.staging import staged
from recoup.film.edit.studio import NoMotionError
from recoup.film.edit.timeline import Part, Timeline
from recoup.film.encode import FPS
from recoup.film.exercise_film import take_of
from recoup.library import InputError, load, read_texts
from recoup.library.motions import read_motions
from recoup.library.plans import read_plan
from recoup.library.texts import default_folder

PLAN = {
    "date": "2026-11-02", "cap": 4, "minutes": 6, "refused": None,
    "slots": [
        {"exercise": "single-knee-to-chest", "order": ["right", "left"],
         "dose": {"sets": 2, "reps": 1, "hold_s": 20, "rest_s": 10}},
        {"exercise": "CO06", "order": [],
         "dose": {"sets": 2, "reps": 4, "hold_s": 3, "rest_s": 30}},
        {"exercise": "cat-camel-sitting", "order": [],
         "dose": {"sets": 1, "reps": 3, "hold_s": 1, "rest_s": 0}},
        {"exercise": "graded-walking", "order": [], "dose": {"sets": 1, "time_s": 60}},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def cut(built) -> Callable[[dict], Timeline]:
    """Cut the film of a plan, up to where pictures are needed."""
    texts = read_texts(default_folder())
    where = studio()
    object.__setattr__(where, "motions", read_motions(texts))
    stagings = {}

    def made(plan: dict) -> Timeline:
        shots = storyboard(read_plan(plan, load()), where)
        hum = Hum()
        cutter = Cutter({line: length(hum.speak(line)) for shot in shots for line in shot.lines})
        for shot in shots:
            key = shot.order.key(built.sources)
            if key not in stagings:
                stagings[key] = staged(shot.order, built, take_of(shot.order, built))
            shot.cut(cutter, stagings[key])
        return cutter.film("Your session")

    return made


@pytest.fixture(scope="module")
def film(cut) -> Timeline:
    return cut(PLAN)


def stepped(place: int, **dose: int) -> dict:
    """Return the plan with the dose of one exercise changed."""
    plan = deepcopy(PLAN)
    plan["slots"][place]["dose"].update(dose)
    return plan


def starts(film: Timeline) -> dict[str, tuple[int, int]]:
    """Return from which frame to which each chapter goes."""
    ends = [*(one.first for one in film.chapters[1:]), film.frames]
    return {one.title: (one.first, end) for one, end in zip(film.chapters, ends, strict=True)}


def said(film: Timeline, chapter: str) -> list[str]:
    first, end = starts(film)[chapter]
    return [one.line.shown for one in film.heard(False) if first <= one.first < end]


def marks(film: Timeline, chapter: str, kind: type) -> list:
    first, end = starts(film)[chapter]
    at, found = 0, []
    for piece in film.pieces:
        if first <= at < end:
            found += [mark for mark in piece.marks if isinstance(mark, kind)]
        at += piece.frames
    return found


def test_exercises_come_in_the_planned_order_between_welcome_and_goodbye(film):
    assert [one.title for one in film.chapters] == [
        "Your session", "Single knee to chest", "Bridge", "Cat-cow sitting", "Graded walking",
        "Well done",
    ]  # fmt: skip


def test_every_hold_lasts_as_planned_with_a_ring_that_empties(film):
    rings = marks(film, "Single knee to chest", Ring)
    begun = [ring.left / FPS for ring in rings]
    assert begun.count(20) == 4, "two sets on each side"
    assert begun.count(10) == 4 + 2, "half of every hold, and a rest on each side"


def test_sides_are_changed_where_the_plan_says_so(film):
    heard = said(film, "Single knee to chest")
    assert heard.count("Change sides.") == 1
    assert heard.index("Right side.") < heard.index("Change sides.") < heard.index("Left side.")


def test_repetitions_are_counted_aloud_and_in_the_picture(film):
    counts = [(one.number, one.of) for one in marks(film, "Bridge", Count)]
    assert list(dict.fromkeys(counts)) == [(1, 4), (2, 0), (3, 0), (4, 4)]
    heard = said(film, "Bridge")
    first = heard[heard.index("Begin.") : heard.index("Last one.") + 1]
    assert [one for one in first if one != "And hold." and one != "And back."] == [
        "Begin.", "Two.", "Three.", "Last one.",
    ]  # fmt: skip
    assert heard.count("Begin.") == heard.count("Last one.") == 2, "two sets"


def test_going_on_lasts_as_long_as_planned(film):
    left = [one.left / FPS for one in marks(film, "Graded walking", Ring)]
    assert left[-6:] == [60, 50, 40, 30, 20, 10]


def test_how_much_there_is_in_all_is_told_before_it_begins(film):
    assert said(film, "Bridge")[1:3] == ["2 sets of 4.", "Hold each for 3 seconds."]
    (card,) = marks(film, "Bridge", Card)
    assert card.lines == ("Exercise 2 of 4", "2 sets of 4. Hold each for 3 seconds")
    tags = [one.small for one in marks(film, "Bridge", Tag)]
    ready, rest = tags.index("Get ready · 1 of 2"), tags.index("Rest · Then set 2 of 2")
    assert ready < tags.index("Move · Set 1") < rest < tags.index("Move · Set 2")


STANDING = PLAN["slots"][3]
KNEELING = {"exercise": "cat-camel", "order": [],
            "dose": {"sets": 1, "reps": 3, "hold_s": 1, "rest_s": 0}}  # fmt: skip


def shown_by(figure: str, slots: list[dict]) -> tuple[Shot, ...]:
    """Return the shots of a session of these exercises, from all motions there are."""
    motions = read_motions(read_texts(default_folder()))
    where = replace(studio(), motions=motions, figure=figure, stand_in="woman")
    return storyboard(read_plan({**PLAN, "slots": slots}, load()), where)


def ways(shots: tuple[Shot, ...]) -> list[tuple[str, str, str]]:
    """Return the ways between positions that shots show."""
    return [(shot.order.motion.id, *shot.way) for shot in shots if isinstance(shot, Changed)]


def test_how_to_get_from_the_back_to_hands_and_knees_and_back_is_shown():
    lying = PLAN["slots"][0]
    assert ways(shown_by("woman", [lying, KNEELING, lying])) == [
        ("between-lying-and-kneeling", "lying-below", "all-fours"),
        ("between-lying-and-kneeling", "all-fours", "lying-below"),
    ]


def test_how_to_get_onto_the_front_is_shown_from_hands_and_knees():
    prone = {"exercise": "prone-prop-on-elbows", "order": [],
             "dose": {"sets": 1, "hold_s": 30, "rest_s": 0}}  # fmt: skip
    shots = shown_by("man", [KNEELING, prone])
    assert ways(shots) == [("between-kneeling-and-prone", "all-fours", "on-the-front")]
    assert "Lie down on your front." in [line.shown for shot in shots for line in shot.lines]


def test_the_pregnant_body_is_told_and_not_shown_how_to_get_up_from_the_mat():
    assert ways(shown_by("pregnant", [PLAN["slots"][0], KNEELING])) == []


def test_a_way_of_doing_it_that_the_dose_names_is_said(cut):
    slot = {"exercise": "marching-bridge", "order": ["left", "right"],
            "dose": {"sets": 1, "reps": 4, "hold_s": 1, "rest_s": 0, "variant": "heel-lift"}}
    heard = said(cut({**PLAN, "slots": [slot]}), "Marching bridge")
    assert heard[1:4] == [
        "4 times each side, one side after the other.", "Lift only the heel.",
        "Keep the toes down.",
    ]  # fmt: skip


@pytest.fixture
def new(cut, film) -> Callable[..., list]:
    """Return the marks that stand on what has to be cut anew when one dose is changed."""
    there = {name_of(piece, Look(), "mp4") for piece in film.pieces}

    def marks(place: int, kind: type, **dose: int) -> list:
        pieces = [one for one in cut(stepped(place, **dose)).pieces
                  if name_of(one, Look(), "mp4") not in there]  # fmt: skip
        return [mark for one in pieces for mark in one.marks if isinstance(mark, kind)]

    return marks


def test_a_repetition_more_leaves_those_between_the_first_and_the_last_as_they_are(new):
    assert {one.number for one in new(1, Count, reps=5)} == {1, 4, 5}


def test_a_set_more_leaves_the_others_as_they_are(new):
    tags = {one.small for one in new(1, Tag, sets=3)}
    assert tags == {"Get ready · 1 of 3", "Rest · Then set 2 of 3", "Rest · Then set 3 of 3",
                    "Move · Set 3"}  # fmt: skip


def test_longer_holds_and_longer_times_add_only_what_comes_before(new):
    assert {one.left / FPS for one in new(0, Ring, hold_s=25)} == {25}
    walked = {one.left / FPS for one in new(3, Ring, time_s=75)}
    assert walked == {75, 70, 60}, "the first time round is slower, and was at 60"


def test_a_repetition_held_longer_moves_as_it_did(cut, film):
    pieces = cut(stepped(1, hold_s=5)).pieces
    moving = [one for one in film.pieces if one.runs[0].reel.breath is None]
    assert set(moving) - set(pieces) == set()


def test_a_motion_kept_up_ends_with_the_time(cut):
    piece = cut(stepped(3, time_s=50)).pieces
    last = [one for one in piece if any(isinstance(mark, Ring) for mark in one.marks)][-1]
    reel, k = last.last
    assert k == reel.frames - 1


def test_the_voice_leads_somebody_who_does_not_look(film):
    assert said(film, "Single knee to chest")[0] == "The first exercise is: Single knee to chest."
    assert "Come up to sit on a chair." in said(film, "Cat-cow sitting")
    assert "That was half of your session." in said(film, "Cat-cow sitting")
    assert any("last exercise" in one for one in said(film, "Graded walking"))
    gaps = [b.first - a.end for a, b in zip(film.heard(False), film.heard(False)[1:], strict=False)]
    assert min(gaps) >= 0


def test_cues_are_marked_as_cues(film):
    cues = [one for one in film.spoken if one.line.shown == "And hold."]
    assert cues
    assert all(one.part is Part.CUE for one in cues)


@pytest.mark.parametrize(("change", "complaint"), [
    ({"refused": {"flags": []}}, "refused: This plan was refused"),
    ({"slots": []}, "slots: There is nothing to do"),
    ({"cap": 12}, "cap: 12 does not fit"),
    ({"slots": [{"exercise": "brigde", "order": [], "dose": {"sets": 0}}]},
     r"slots\[0\].exercise: 'brigde' does not fit"),
])  # fmt: skip
def test_a_plan_that_does_not_fit_is_told_with_its_path(change, complaint):
    with pytest.raises(InputError, match=complaint):
        read_plan({**PLAN, **change}, load())


def test_an_exercise_without_a_motion_is_named():
    with pytest.raises(NoMotionError, match="single-knee-to-chest has no motion yet"):
        storyboard(read_plan(PLAN, load()), studio())


def test_how_to_get_down_to_the_floor_and_up_again_is_shown_with_a_chair():
    shots = shown_by("woman", [STANDING, KNEELING, STANDING])
    assert ways(shots) == [
        ("between-standing-and-kneeling", "standing", "all-fours-at-chair"),
        ("between-standing-and-kneeling", "all-fours-at-chair", "standing"),
    ]
    down, up = (shot for shot in shots if isinstance(shot, Changed))
    assert "Come onto your hands and knees." in [line.shown for line in down.lines]
    assert "Stand up slowly." in [line.shown for line in up.lines]


def test_the_pregnant_body_is_told_and_not_shown_how_to_get_down_and_up():
    shots = shown_by("pregnant", [STANDING, KNEELING, STANDING])
    assert ways(shots) == []
    assert "Stand up slowly." in [line.shown for shot in shots for line in shot.lines]


def test_a_chair_is_to_be_at_hand_where_a_change_of_position_needs_one():
    def before(figure: str) -> list[str]:
        return [line.shown for line in shown_by(figure, [STANDING, KNEELING])[0].lines]

    assert "Have ready: walking shoes, exercise mat, chair." in before("woman")
    assert "Have ready: walking shoes, exercise mat." in before("pregnant"), "no chair is shown"
