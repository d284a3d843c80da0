"""Which films should exist, and the worker that renders the rest."""

from __future__ import annotations

import io
import os
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest
from django.test import Client

from recoup.body.figure import FIGURES
from recoup.film.order import sources
from recoup.film.store import FolderStore, UnwritableError
from recoup.services import figures, films, live, rendering, shelf
from recoup.services.figures import USUAL


@pytest.fixture
def home(tmp_path: Path, settings, db) -> Path:
    settings.RECOUP_HOME = tmp_path
    return tmp_path


class Farm(Executor):
    """Works at once and in this process."""

    def submit(self, work, /, *given, **named):
        done = Future()
        done.set_result(work(*given, **named))
        return done


@pytest.fixture(autouse=True)
def figured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the making of live figures by putting files; return the motions, in order."""
    made: list[str] = []

    def make_live(order, home, into):
        made.append(order.motion.id)
        for name in (order.body_name(home / "data"), order.motion_name(home / "data")):
            FolderStore(into).put(name, io.BytesIO(b"figure"))

    monkeypatch.setattr(rendering, "make_live", make_live)
    return made


def exercise(name: str):
    return shelf.current().exercises[name]


def pictured(home: Path, order) -> None:
    name = f"{order.key(sources(home / 'data'))}.jpg"
    FolderStore(home / "films").put(name, io.BytesIO(b"picture"))


def put(home: Path, name: str, *endings: str, figure: str = USUAL) -> None:
    key = films.order_of(exercise(name), figure).key(sources(home / "data"))
    for ending in endings:
        FolderStore(home / "films").put(f"{key}.{ending}", io.BytesIO(b"film"))


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch, home: Path) -> list[str]:
    """Replace the rendering by putting files; return what was rendered, in order."""
    done: list[str] = []

    def render(order, endings, workshop, executor, progress=lambda done, total: None):
        if not endings:
            pictured(home, order)
            return
        name, figure = next((one.id, one.figure) for one in films.parts(FIGURES)
                            if films.order_of(one.exercise, one.figure) == order)  # fmt: skip
        done.append(name if figure == USUAL else f"{name} {figure}")
        progress(1, 2)
        assert films.state().making == name
        put(home, name, *endings, "jpg", figure=figure)

    monkeypatch.setattr(rendering, "render", render)
    return done


def test_films_are_wanted_for_the_flagship_program_first_session_first():
    wanted = [one.id for one in films.wanted()]
    assert wanted.index("single-knee-to-chest") < wanted.index("bridge")
    assert all(shelf.motion_of(exercise(name)) for name in wanted)
    assert "graded-walking" in wanted or "graded-walking" not in shelf.motions()


def test_a_film_is_there_when_it_can_be_played(home: Path):
    bridge = exercise("bridge")
    assert films.film_of(bridge) is None
    put(home, "bridge", "webm")
    assert films.film_of(bridge) is None, "without a poster the page would jump"
    put(home, "bridge", "jpg")
    assert [ending for ending, _ in films.film_of(bridge).formats] == ["webm"]
    assert films.state().ready == 0
    put(home, "bridge", "mp4")
    assert [ending for ending, _ in films.film_of(bridge).formats] == ["webm", "mp4"]
    assert films.state().ready == 1


def test_the_worker_renders_what_is_missing_once_and_in_order(
    home: Path, rendered: list[str], figured: list[str]
):
    put(home, "bridge", "webm", "mp4", "jpg")
    told: list[str] = []
    rendering.render_missing(Farm, told.append)
    assert rendered == [one.id for one in films.wanted() if one.id != "bridge"]
    assert figured == [shelf.motion_of(one).id for one in films.wanted()]
    assert live.live_of(exercise("bridge"))
    assert films.state().complete
    assert told[-1].endswith(f"{len(films.wanted())} of {len(films.wanted())} films are ready.")
    rendering.render_missing(Farm, told.append)
    assert len(rendered) == len(films.wanted()) - 1


def test_one_bad_motion_does_not_cost_the_others(home: Path, monkeypatch, rendered: list[str]):
    good = rendering.render

    def render(order, *rest):
        if order.motion.id == "bridge" and rest[0]:
            raise ValueError("motions/bridge.yaml: out of reach")
        good(order, *rest)

    monkeypatch.setattr(rendering, "render", render)
    rendering.render_missing(Farm, lambda text: None)
    state = films.state()
    assert state.failed == {"bridge": "motions/bridge.yaml: out of reach"}
    assert state.ready == state.wanted - 1
    about = Client().get("/about/").content.decode()
    assert f"{state.ready} of {state.wanted} films are ready." in about
    assert "motions/bridge.yaml: out of reach" in about


def test_a_full_disk_is_waited_for(home: Path, monkeypatch, rendered: list[str]):
    good, waits = rendering.render, []

    def render(*given):
        if len(waits) < 2 and given[1]:
            raise UnwritableError("full")
        good(*given)

    monkeypatch.setattr(rendering, "render", render)
    rendering.render_missing(Farm, lambda text: None, pause=waits.append)
    assert waits == [rendering.AGAIN_S] * 2
    assert films.state().complete
    assert films.state().failed == {}


def test_two_workers_never_render_into_one_folder(home: Path, monkeypatch):
    def render(*given):
        with pytest.raises(rendering.AlreadyRendering):
            rendering.render_missing(Farm, lambda text: None)
        raise KeyboardInterrupt

    monkeypatch.setattr(rendering, "render", render)
    with pytest.raises(KeyboardInterrupt):
        rendering.render_missing(Farm, lambda text: None)


def test_news_that_cannot_be_read_is_no_news(home: Path):
    (home / "films").mkdir()
    (home / "films" / "state.json").write_text("{half")
    assert films.state().making is None


def test_everybody_has_a_picture_to_be_picked_by(home: Path, rendered: list[str]):
    assert all(films.portrait_of(figure) is None for figure in FIGURES)
    rendering.render_missing(Farm, lambda text: None)
    assert len({films.portrait_of(figure) for figure in FIGURES}) == len(FIGURES)


def test_a_picture_that_cannot_be_made_costs_no_film(home: Path, monkeypatch, rendered: list[str]):
    good, told = rendering.render, []

    def render(order, endings, *rest):
        if not endings:
            raise UnwritableError("full")
        good(order, endings, *rest)

    monkeypatch.setattr(rendering, "render", render)
    rendering.render_missing(Farm, told.append)
    assert films.state().complete
    assert "No picture of man: full" in told


def test_films_of_a_figure_are_made_when_somebody_picks_it(home: Path, guest, rendered: list[str]):
    rendering.render_missing(Farm, lambda text: None)
    first = list(rendered)
    assert first == [one.id for one in films.wanted()]
    figures.pick(guest, "pregnant")
    rendering.render_missing(Farm, lambda text: None)
    mine = [part for part in films.parts(["pregnant"]) if part.figure == "pregnant"]
    assert rendered[len(first):] == [f"{one.id} pregnant" for one in mine]
    assert films.state(["pregnant"]).complete
    assert films.state().seen == ("pregnant",)


def test_a_choice_made_while_films_are_made_counts_at_once(home: Path, monkeypatch, guest,
                                                           rendered: list[str]):  # fmt: skip
    good = rendering.render

    def render(order, endings, *rest):
        good(order, endings, *rest)
        if endings:
            figures.pick(guest, "man")

    monkeypatch.setattr(rendering, "render", render)
    rendering.render_missing(Farm, lambda text: None)
    assert rendered[0] == films.wanted()[0].id
    assert all(one.endswith(" man") for one in rendered[1:]), "nobody sees the woman any more"


class Enough(Exception):
    pass


def test_a_worker_that_stays_makes_what_is_picked_later(home: Path, guest, rendered: list[str]):
    waits: list[float] = []

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            figures.pick(guest, "older")
        if len(waits) == 4:
            raise Enough

    with pytest.raises(Enough):
        rendering.keep_rendering(Farm, lambda text: None, pause)
    assert waits == [rendering.LOOK_S] * 4
    assert sum(one.endswith(" older") for one in rendered) == len(films.wanted())


def test_what_no_film_of_the_last_days_was_cut_from_is_swept(home: Path, rendered, settings):
    settings.RECOUP_FILM_STORE_GB = 0
    reels = FolderStore(home / "films" / "reels")
    for letter in "ab":
        reels.put(f"{letter * 32}.mkv", io.BytesIO(b"reel"))
    os.utime(reels.folder / f"{'a' * 32}.mkv", (0, 0))
    rendering.render_missing(Farm, lambda text: None)
    assert [place.name[0] for place in reels.folder.iterdir()] == ["b"]
