"""Who does the rendering: any ``concurrent.futures.Executor``; two processes by default.

Two processes of one thread each draw more frames than one process of two threads, and one that is
killed takes only its own part of a film with it. A Dask scheduler does as well: its workers see
the same folders, and it gives the work of one that is lost to another.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import connection, get_context, parent_process

PROCESSES = 2
ONE_THREAD = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


PATIENCE_S = 20
"""How long a scheduler may take to answer."""

RETRIES = 3


class FarmError(Exception):
    """The scheduler that FARM names cannot be used; the message says what to do."""


def farm(address: str | None) -> AbstractContextManager[Executor]:
    """Return who renders: the Dask scheduler at ``address`` (tcp://host:8786), or processes here.

    Raises FarmError when it is entered.
    """
    return renderers() if address is None else _cluster(address)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - an extra
    except ImportError:
        raise FarmError(
            "FARM is set, but Dask is not installed. Run: "
            "uv pip install --require-hashes -r requirements/farm.txt"
        ) from None
    try:
        client = Client(address, timeout=PATIENCE_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise FarmError(
            f"FARM: no Dask scheduler answers at {address} ({error}). Start one with dask "
            "scheduler, or leave FARM out."
        ) from None
    try:
        with client, client.get_executor(retries=RETRIES) as executor:  # type: ignore[no-untyped-call]
            yield executor
    except KilledWorker as error:
        raise BrokenProcessPool(str(error)) from None


def renderers(processes: int = PROCESSES, nice: int = 0) -> Executor:
    """Return a pool of renderers. ``nice`` lets everything else on the machine go first.

    They are spawned, not forked: numba's threads do not survive a fork.
    """
    return ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(nice,)
    )


def _begin(nice: int) -> None:
    """Prepare a renderer: one thread, low priority, and an end when its parent ends."""
    for name in ONE_THREAD:
        os.environ[name] = "1"
    if "numba" in sys.modules:  # what is started as a program is imported before this is called,
        sys.modules["numba"].config.reload_config()  # and numba refuses to change its mind later
    if nice and hasattr(os, "nice"):
        os.nice(nice)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent cannot say goodbye: its renderers would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
