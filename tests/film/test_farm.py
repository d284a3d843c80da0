"""Films on a Dask cluster of this machine: the same bytes, though a worker is lost."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time

import pytest
from distributed import LocalCluster
from film.cutting import room_at, wanted

from recoup.film.edit.make import make
from recoup.film.farm import ONE_THREAD, FarmError, farm


def digests(made, folder) -> dict[str, str]:
    return {ending: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for ending, name in made.files.items()}  # fmt: skip


def test_a_cluster_that_loses_a_worker_makes_the_same_bytes_as_this_machine(tmp_path, built):
    here, there = tmp_path / "here", tmp_path / "there"
    local = make(wanted(), room_at(here, built), lambda: farm(None))
    lost: list[int] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None,
                      env=dict.fromkeys(ONE_THREAD, "1")) as cluster:  # fmt: skip

        def lose_one() -> None:
            """Kill a worker as soon as the first frames are there: it is at work then."""
            end = time.monotonic() + 600
            while time.monotonic() < end and not list((there / "reels").glob("*.mkv")):
                time.sleep(0.05)
            process = next(iter(cluster.workers.values())).process.process
            lost.append(process.pid)
            os.kill(process.pid, signal.SIGKILL)

        killer = threading.Thread(target=lose_one)
        killer.start()
        address = cluster.scheduler_address
        made = make(wanted(), room_at(there, built), lambda: farm(address))
        killer.join()
    assert lost
    assert digests(made, there) == digests(local, here)


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setattr("recoup.film.farm.PATIENCE_S", 1)
    with pytest.raises(FarmError, match="FARM: no Dask scheduler answers at tcp"), farm(
        "tcp://127.0.0.1:9"
    ):
        pass
