"""The film of a session: for the one who asked, of today's plan, with whom they picked."""

from __future__ import annotations

import io
import json
import os
import time
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from services.answering import CLASSIC, answer_intake
from web.visiting import seen_by

from recoup.film.edit.ways import PLACES
from recoup.film.speech.problem import NoVoiceError
from recoup.film.store import FolderStore, MissingError
from recoup.model.event import ExerciseDone, Symptom
from recoup.services import (
    figures,
    films,
    intake,
    long_films,
    people,
    program,
    session_films,
    shelf,
)

FILM = "0123456789abcdef0123456789abcdef"
INDEX = {
    "title": "Your session", "minutes": 24, "poster": f"{FILM}.jpg",
    "plain": {"formats": [["mp4", f"{FILM}.mp4"]], "captions": f"{FILM}.vtt",
              "chapters": f"{FILM}.vtt"},
    "described": None, "places": [["Single knee to chest", 31, 31]],
    "transcript": "Lift your knee.", "stood_in": False,
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, settings, monkeypatch) -> Path:
    settings.RECOUP_HOME = tmp_path
    monkeypatch.setattr(long_films, "can_speak", lambda: True)
    return tmp_path


@pytest.fixture
def checked(home: Path, guest):
    """Somebody who may start today's session."""
    now = timezone.now()
    answer_intake(guest, CLASSIC, now)
    program.enrol(guest, intake.outcome(guest, now).program, now)
    program.check_in(guest, Symptom(now.date(), pain_now=3, slept_well=True), now)
    return guest


@pytest.fixture
def made(monkeypatch) -> list[tuple[str, tuple]]:
    """Replace the making by keeping an index and a file; return name and shots of each film."""
    done: list[tuple[str, tuple]] = []

    def make(key, title, shots, studio, store, farm, *, told, **how):
        told(0.25, 90)
        done.append((key, tuple(shots)))
        store.put(f"{FILM}.mp4", io.BytesIO(b"film"))
        store.put(f"{FILM}.vtt", io.BytesIO(b"WEBVTT"))
        store.put(f"{key}.json", io.BytesIO(json.dumps(INDEX).encode()))

    monkeypatch.setattr(long_films, "make", make)
    return done


def session(person):
    return program.today(person, people.now_for(person)).session


def state(person):
    return session_films.film_of(people.Person.objects.get(pk=person.pk), session(person))


def work(told: list[str] | None = None) -> None:
    session_films.make_asked(None, [].append if told is None else told.append)


def test_nothing_is_made_that_nobody_asked_for(checked, made: list):
    work()
    assert made == []
    assert state(checked) == session_films.SessionFilm()


def test_it_is_made_once_when_it_is_asked_for(checked, made: list):
    session_films.ask(checked, session(checked))
    assert state(checked).asked
    assert state(checked).film is None
    told: list[str] = []
    work(told)
    work(told)
    assert told == ["Film of a session: ready."]
    assert [key for key, _ in made] == [session_films.key_of(checked, session(checked))]
    assert state(checked).film.minutes == 24


def test_it_shows_whom_they_picked_and_every_exercise_of_their_plan(checked, made: list):
    figures.pick(checked, "man")
    session_films.ask(checked, session(checked))
    work()
    shots = made[0][1]
    assert {shot.order.figure for shot in shots} == {"man"}
    exercises = [shelf.current().exercises[slot.exercise] for slot in session(checked).slots]
    wanted = [shelf.motion_of(one).id for one in exercises]
    filmed = dict.fromkeys(shot.order.motion.id for shot in shots)
    assert [one for one in filmed if one not in PLACES] == wanted  # without the ways between them


def test_the_usual_one_stands_in_for_what_the_picked_one_leaves_out(checked, made, monkeypatch):
    figures.pick(checked, "pregnant")
    left_out = shelf.motion_of(shelf.current().exercises[session(checked).slots[1].exercise]).id
    monkeypatch.setattr(
        "recoup.film.edit.studio.may_move", lambda figure, motion, _: motion != left_out
    )
    session_films.ask(checked, session(checked))
    work()
    shown = {shot.order.motion.id: shot.order.figure for shot in made[0][1]}
    assert shown.pop(left_out) == "woman"
    assert set(shown.values()) == {"pregnant"}


def test_another_plan_or_figure_is_another_film(checked, made: list):
    session_films.ask(checked, session(checked))
    work()
    first = session(checked).slots[0]
    done = ExerciseDone(session(checked).day, first.slot, first.exercise, "easier")
    before = session_films.key_of(checked, session(checked))
    figures.pick(checked, "older")
    assert session_films.key_of(checked, session(checked)) != before
    figures.pick(checked, "woman")
    program.finish_exercise(checked, done, timezone.now())
    assert session_films.key_of(checked, session(checked)) != before
    assert state(checked) == session_films.SessionFilm(), "nobody asked for this one"


def test_a_plan_that_is_out_of_date_is_not_filmed(checked, made: list):
    session_films.ask(checked, session(checked))
    figures.pick(checked, "older")
    work()
    assert made == []
    assert people.Person.objects.get(pk=checked.pk).film_asked == ""


def test_a_film_that_fails_says_why_and_can_be_asked_for_again(checked, monkeypatch):
    def make(*given, **how):
        raise NoVoiceError("exercises/bridge.yaml:12: cannot be said")

    monkeypatch.setattr(long_films, "make", make)
    session_films.ask(checked, session(checked))
    told: list[str] = []
    work(told)
    assert told == ["No film of a session: exercises/bridge.yaml:12: cannot be said"]
    assert state(checked).failed == "exercises/bridge.yaml:12: cannot be said"
    assert not state(checked).asked


def test_its_files_are_for_nobody_else(checked, made: list, ana_herself):
    session_films.ask(checked, session(checked))
    work()
    with session_films.open_file(checked, f"{FILM}.mp4") as file:
        assert file.read() == b"film"
    with pytest.raises(MissingError):
        session_films.open_file(ana_herself, f"{FILM}.mp4")
    with pytest.raises(MissingError):
        session_films.open_file(checked, f"{session_films.key_of(checked, session(checked))}.json")
    assert Client().get(f"/media/{FILM}.mp4").status_code == 404
    stranger = Client().get(f"/p/{checked.pk}/session-film/{FILM}.mp4")
    assert stranger.status_code == 404


def test_who_erases_everything_erases_the_film(home: Path, checked, made: list):
    session_films.ask(checked, session(checked))
    work()
    people.erase(checked)
    assert list((home / "films" / "sessions").iterdir()) == []


def test_films_are_kept_for_a_while(home: Path, checked, made: list):
    session_films.ask(checked, session(checked))
    work()
    store = home / "films" / "sessions"
    old = time.time() - session_films.KEPT_S - 60
    for place in store.iterdir():
        os.utime(place, (old, old))
    FolderStore(store).put(f"{FILM[::-1]}.mp4", io.BytesIO(b"new"))
    session_films._sweep()
    assert [place.name for place in store.iterdir()] == [f"{FILM[::-1]}.mp4"]


def test_the_page_goes_from_asking_to_watching(checked, made: list, client: Client):
    mine = seen_by(client, checked)
    address = f"/p/{checked.pk}/session-film/"
    assert "Make today" in mine.get(address).content.decode()
    assert mine.post(address)["Location"] == address
    assert "Your film comes next" in mine.get(address).content.decode()
    key = session_films.key_of(checked, session(checked))
    films.tell_pages(making=session_films._news(key), share=0.41, left_s=190)
    assert "41 percent, about 3 minutes left" in mine.get(address).content.decode()
    work()
    page = mine.get(address).content.decode()
    assert f'src="{address}{FILM}.mp4"' in page
    assert f'download="recoup-{session(checked).day}.mp4"' in page
    assert "Single knee to chest" in page
    film = mine.get(f"{address}{FILM}.mp4", headers={"range": "bytes=1-2"})
    assert (film.status_code, b"".join(film.streaming_content)) == (206, b"il")
    assert film["Cache-Control"] == "private, no-store", "the next user of the device (H45)"


def test_an_exercise_that_nothing_shows_is_named(checked, monkeypatch, client: Client):
    lacking = session(checked).slots[0].exercise
    motions = {name: one for name, one in shelf.motions().items() if name != lacking}
    monkeypatch.setattr(shelf, "motions", lambda: motions)
    page = seen_by(client, checked).get(f"/p/{checked.pk}/session-film/").content.decode()
    assert "Nobody can show this yet: " + shelf.current().exercises[lacking].name in page
    assert "Make today" not in page


def test_without_a_voice_it_is_not_offered(checked, monkeypatch, client: Client):
    mine = seen_by(client, checked)
    today = f"/p/{checked.pk}/today/"
    assert "Today as a film" in mine.get(today).content.decode()
    monkeypatch.setattr(long_films, "can_speak", lambda: False)
    assert "Today as a film" not in mine.get(today).content.decode()
    assert mine.get(f"/p/{checked.pk}/session-film/")["Location"] == today


def test_the_daily_question_comes_first(home: Path, guest, client: Client):
    now = timezone.now()
    answer_intake(guest, CLASSIC, now)
    program.enrol(guest, intake.outcome(guest, now).program, now)
    answer = seen_by(client, guest).get(f"/p/{guest.pk}/session-film/")
    assert answer["Location"] == f"/p/{guest.pk}/check/"
