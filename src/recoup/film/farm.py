"""Who does the rendering: any ``concurrent.futures.Executor``; two processes by default.

Two processes of one thread each draw more frames than one process of two threads, and one that is
killed takes only its own part of a film with it.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import connection, get_context, parent_process

PROCESSES = 2
ONE_THREAD = ("NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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
    if nice and hasattr(os, "nice"):
        os.nice(nice)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent cannot say goodbye: its renderers would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
