from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from happenings import database_url, morning

from recoup.records.log import append, read
from recoup.records.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def writer(person: Person, how: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes to the same database; killed at the end, without a warning."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("writer.py")), str(person.pk), how],
        env=os.environ | {"DATABASE_URL": database_url()},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_a_writer_killed_inside_a_transaction_leaves_nothing_behind(guest, vocabulary):
    before, after = morning(0), morning(1)
    append(guest, [before])
    with writer(guest, "half") as process:
        assert process.stdout.readline() == "written\n"
        assert read(guest, vocabulary) == [before], "an open transaction is not seen"
    assert read(guest, vocabulary) == [before]
    append(guest, [after])
    assert read(guest, vocabulary) == [before, after]


def test_a_writer_killed_at_any_moment_keeps_everything_it_reported(guest, vocabulary):
    with writer(guest, "whole") as process:
        for _ in range(25):
            reported = int(process.stdout.readline())
        process.kill()
        reported = max([reported, *map(int, process.stdout.read().split())])
    kept = [event.seq for event in read(guest, vocabulary)]
    assert kept == list(range(len(kept)))
    assert len(kept) in (reported + 1, reported + 2), "at most one was stored but not yet reported"
    append(guest, [morning(999)])
    assert read(guest, vocabulary)[-1].seq == 999
