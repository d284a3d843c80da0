"""What a film is made from decides its name."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from film.conftest import other

from recoup.film.exercise_film import split
from recoup.film.order import Order, OrderError
from recoup.model.motion import Motion


def test_the_same_order_has_the_same_name_in_another_process(bridge: Order):
    script = (
        "from recoup.film.order import Order; from recoup.library import read_texts;"
        "from recoup.library.motions import read_motions;"
        "from recoup.library.texts import default_folder;"
        "m = read_motions(read_texts(default_folder()));"
        "print(Order(m['bridge'].changed(tempo=3), height=180).key('a.whl'))"
    )
    said = subprocess.check_output([sys.executable, "-c", script], text=True)
    assert said.strip() == bridge.key("a.whl")


def test_anything_that_changes_the_picture_changes_the_name(bridge: Order):
    slower = replace(bridge.motion, cycle=tuple(
        replace(phase, seconds=phase.seconds + 0.1) for phase in bridge.motion.cycle
    ))  # fmt: skip
    orders = [
        bridge, other(bridge, figure="man"), other(bridge, shape="16:9"),
        other(bridge, height=360), other(bridge, motion=slower),
    ]  # fmt: skip
    keys = {order.key("a.whl") for order in orders} | {bridge.key("b.whl")}
    assert len(keys) == len(orders) + 1


def test_sides_are_two_films_only_where_there_are_sides(motions: dict[str, Motion]):
    for name, films in (("single-knee-to-chest", 2), ("marching-bridge", 1), ("bridge", 1)):
        keys = {Order(motions[name], side=side).key("") for side in ("left", "right")}
        assert len(keys) == films, name


@pytest.mark.parametrize(("shape", "size"), [("4:5", (576, 720)), ("16:9", (1280, 720))])
def test_shapes_have_even_sizes(bridge: Order, shape: str, size: tuple[int, int]):
    order = other(bridge, shape=shape, height=720)
    assert (order.width, order.height) == size
    assert other(bridge, shape=shape, height=182).width % 2 == 0


def test_every_problem_of_an_order_is_told_at_once(bridge: Order):
    with pytest.raises(OrderError) as raised:
        Order(bridge.motion, "dog", "3:2", 33, "up")
    assert [text.partition(":")[0] for text in raised.value.problems] == [
        "--body", "--shape", "--side", "--height",
    ]  # fmt: skip


@pytest.mark.parametrize("frames", [1, 2, 3, 59, 60, 61, 252, 402, 9000])
def test_parts_cover_every_frame_once(frames: int):
    parts = split(frames)
    assert [sum(n for _, n in parts[:k]) for k in range(len(parts))] == [a for a, _ in parts]
    assert sum(count for _, count in parts) == frames
    assert all(count > 0 for _, count in parts)


def test_films_need_neither_django_nor_a_database():
    script = (
        "import sys\n"
        "for name in ('django', 'csp', 'psycopg', 'gunicorn'): sys.modules[name] = None\n"
        "import recoup.film.exercise_film, recoup.film.farm\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_page_needs_no_renderer():
    script = (
        "import sys\n"
        "for name in ('numba', 'av', 'mujoco', 'mink'): sys.modules[name] = None\n"
        "import recoup.film.order, recoup.film.store\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
