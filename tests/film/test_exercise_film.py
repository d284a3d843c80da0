"""The film of an exercise: facts of the real files."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from film.conftest import HEIGHT, workshop_at

from recoup.film import exercise_film
from recoup.film.encode import FPS, jpeg, png
from recoup.film.exercise_film import RendererKilledError, missing, render, split
from recoup.film.farm import renderers
from recoup.film.order import Order
from recoup.film.store import UnwritableError
from recoup.film.take import Built, Take

PLANNED = 80
"""Frames of the bridge: 8 s at three times the pace are 2.67 s."""
WIDTH = 144


class InPlace(Executor):
    """An executor that works at once and in this process; it counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def submit(self, fn, /, *args, **kwargs):
        self.asked.append(fn.__name__)
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def frames(place: Path) -> list[np.ndarray]:
    with av.open(str(place)) as film:
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in film.decode(video=0)]


@pytest.mark.parametrize(("ending", "codec", "profile"), [
    ("mp4", "h264", "High"), ("webm", "vp9", "Profile 0"),
])  # fmt: skip
def test_the_file_is_what_every_player_takes(
    made: dict[str, Path], ending: str, codec: str, profile: str
):
    with av.open(str(made[ending])) as film:
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.profile) == (codec, profile)
        assert stream.pix_fmt == "yuv420p"
        assert (stream.width, stream.height) == (WIDTH, HEIGHT)
        assert stream.average_rate == FPS
        assert stream.codec_context.color_range == ColorRange.MPEG
        assert stream.codec_context.colorspace == Colorspace.ITU709
        assert stream.codec_context.color_primaries == ColorPrimaries.BT709
        assert stream.codec_context.color_trc == ColorTrc.BT709
        assert len(film.streams) == 1


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_frames_are_as_many_as_planned_and_evenly_spaced(made: dict[str, Path], ending: str):
    with av.open(str(made[ending])) as film:
        times = [frame.time for frame in film.decode(video=0)]
        assert film.duration == pytest.approx(PLANNED / FPS * av.time_base, abs=2000)
    assert len(times) == PLANNED
    np.testing.assert_allclose(times, np.arange(PLANNED) / FPS, atol=0.0011)


def test_every_part_begins_with_a_key_frame(made: dict[str, Path]):
    with av.open(str(made["mp4"])) as film:
        keys = [k for k, frame in enumerate(film.decode(video=0)) if frame.key_frame]
    assert keys == [first for first, _ in split(PLANNED)]


def test_an_mp4_starts_before_it_is_loaded(made: dict[str, Path]):
    data = made["mp4"].read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_the_film_closes_on_itself_and_moves(made: dict[str, Path], ending: str):
    seen = frames(made[ending])
    seam = abs(seen[-1] - seen[0]).mean()
    assert seam < 2, "of 255: what the codecs themselves leave"
    assert abs(seen[0] - seen[PLANNED // 2]).mean() > 3 * seam


def test_the_pictures_close_on_themselves(built: Built, bridge: Order):
    seen = [picture.astype(int) for picture in Take(bridge, built).pictures(0, PLANNED)]
    steps = [abs(a - b).mean() for a, b in pairwise(seen)]
    assert abs(seen[-1] - seen[0]).mean() <= max(steps)


def test_both_formats_show_the_same_pictures_as_the_renderer(
    made: dict[str, Path], built: Built, bridge: Order
):
    drawn = Take(bridge, built).picture(30).astype(int)
    for ending in ("mp4", "webm"):
        assert abs(frames(made[ending])[30] - drawn).mean() < 4, ending


def test_the_poster_is_a_jpeg_of_the_size(made: dict[str, Path]):
    assert made["jpg"].read_bytes().startswith(b"\xff\xd8")
    (poster,) = frames(made["jpg"])
    assert poster.shape == (HEIGHT, WIDTH, 3)


def test_stills_lose_nothing_and_posters_little(tmp_path: Path):
    picture = np.random.default_rng(7).integers(90, 110, (64, 48, 3)).astype(np.uint8)
    picture[:32] = (200, 60, 40)
    (tmp_path / "a.png").write_bytes(png(picture))
    (tmp_path / "a.jpg").write_bytes(jpeg(picture))
    assert np.array_equal(frames(tmp_path / "a.png")[0], picture)
    assert abs(frames(tmp_path / "a.jpg")[0] - picture).mean() < 4


def test_stills_show_every_position(built: Built, bridge: Order):
    assert [name for name, _ in exercise_film.stills(bridge, built)] == ["bridge", "hook-lying"]


def test_the_same_order_gives_the_same_pictures(built: Built, bridge: Order):
    one = list(Take(bridge, built).pictures(10, 3))
    other = list(Take(bridge, built).pictures(8, 5))[2:]
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_the_same_order_gives_the_same_bytes(tmp_path: Path, built: Built, bridge: Order):
    films = []
    for name in ("one", "other"):
        workshop = workshop_at(tmp_path / name, built)
        made = render(bridge, ("mp4", "webm"), workshop, InPlace())
        films.append({end: (tmp_path / name / file).read_bytes() for end, file in made.items()})
    assert films[0] == films[1]


def test_the_camera_sees_the_whole_figure_in_every_frame(built: Built, motions):
    for name in ("single-knee-to-chest", "cat-camel"):
        for shape in ("4:5", "16:9"):
            order = Order(motions[name], shape=shape, height=HEIGHT)
            take = Take(order, built)
            for k in range(0, take.clock.frames, 29):
                take.picture(k)
                vertices = take.scene._painter.vertices
                seen = take.scene.camera.project(vertices, order.width, order.height)
                assert seen[:, :2].min() > 0, (name, shape, k)
                assert seen[:, 0].max() < order.width, (name, shape, k)
                assert seen[:, 1].max() < order.height, (name, shape, k)


def test_a_film_that_is_there_is_not_rendered_again(tmp_path: Path, built: Built, bridge: Order):
    workshop, executor = workshop_at(tmp_path, built), InPlace()
    render(bridge, ("mp4",), workshop, executor)
    assert missing(bridge, ("mp4",), workshop) == []
    executor.asked.clear()
    render(bridge, ("mp4",), workshop, executor)
    assert executor.asked == []


def test_progress_ends_with_every_frame(tmp_path: Path, built: Built, bridge: Order):
    told: list[tuple[int, int]] = []
    render(bridge, ("webm",), workshop_at(tmp_path, built), InPlace(),
           lambda done, total: told.append((done, total)))  # fmt: skip
    assert told == [(0, PLANNED), *((first + n, PLANNED) for first, n in split(PLANNED))]


def test_an_interrupted_rendering_goes_on_where_it_stopped(
    tmp_path: Path, built: Built, bridge: Order, made: dict[str, Path]
):
    workshop, executor = workshop_at(tmp_path, built), InPlace()

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(bridge, ("mp4",), workshop, executor, stop)
    workshop.parts.drop(sorted(one.name for one in workshop.parts.folder.iterdir())[0])
    executor.asked.clear()
    names = render(bridge, ("mp4",), workshop, executor)
    assert executor.asked.count("render_part") == 1
    resumed, straight = frames(tmp_path / names["mp4"]), frames(made["mp4"])
    assert max(abs(a - b).mean() for a, b in zip(resumed, straight, strict=True)) < 1


def test_a_full_disk_leaves_no_film_and_the_next_try_succeeds(
    tmp_path: Path, built: Built, bridge: Order, monkeypatch: pytest.MonkeyPatch
):
    workshop = workshop_at(tmp_path, built)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("recoup.film.store.os.fsync", full)
        with pytest.raises(UnwritableError, match="Make room"):
            render(bridge, ("mp4",), workshop, InPlace())
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
    render(bridge, ("mp4",), workshop, InPlace())
    assert missing(bridge, ("mp4",), workshop) == []


def test_a_killed_renderer_is_told_and_costs_only_its_part(
    tmp_path: Path, built: Built, bridge: Order
):
    workshop = workshop_at(tmp_path, built)
    executor = renderers()
    assert executor.submit(int).result() == 0
    with executor:
        for process in list(executor._processes.values()):
            os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(RendererKilledError, match="Start again"):
            render(bridge, ("mp4",), workshop, executor)
    assert list(tmp_path.glob("*.mp4")) == []
    render(bridge, ("mp4",), workshop, InPlace())
    assert missing(bridge, ("mp4",), workshop) == []


def test_a_killed_parent_takes_its_renderers_along():
    script = (
        "import time\n"
        "from recoup.film.farm import renderers\n"
        "from os import getpid\n"
        "if __name__ == '__main__':\n"
        "    pool = renderers()\n"
        "    print(pool.submit(getpid).result(), flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.1)
    pytest.fail("the renderer outlived its parent")


def _runs(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().split()[2]
    except FileNotFoundError:
        return False


def test_a_part_that_is_damaged_never_becomes_a_film(
    tmp_path: Path, built: Built, bridge: Order
):
    workshop = workshop_at(tmp_path, built)
    key = workshop.key(bridge)
    name = exercise_film.part_name(key, 0, exercise_film.FORMATS["mp4"])
    workshop.parts.put(name, io.BytesIO(b"not a film"))
    with pytest.raises(UnwritableError, match="damaged"):
        render(bridge, ("mp4",), workshop, InPlace())
    assert list(tmp_path.glob("*.mp4")) == []
    render(bridge, ("mp4",), workshop, InPlace())
    assert missing(bridge, ("mp4",), workshop) == []
