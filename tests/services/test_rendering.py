"""Which films should exist, and the worker that renders the rest."""

from __future__ import annotations

import io
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest
from django.test import Client

from recoup.film.order import sources
from recoup.film.store import FolderStore, UnwritableError
from recoup.services import films, live, rendering, shelf


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
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


def put(home: Path, name: str, *endings: str) -> None:
    key = films.order_of(exercise(name)).key(sources(home / "data"))
    for ending in endings:
        FolderStore(home / "films").put(f"{key}.{ending}", io.BytesIO(b"film"))


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch, home: Path) -> list[str]:
    """Replace the rendering by putting files; return what was rendered, in order."""
    done: list[str] = []

    def render(order, endings, workshop, executor, progress):
        name = next(one.id for one in films.wanted() if films.order_of(one) == order)
        done.append(name)
        progress(1, 2)
        assert films.state().making == name
        put(home, name, *endings, "jpg")

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
        if order.motion.id == "bridge":
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
        if len(waits) < 2:
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
