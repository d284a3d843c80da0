from __future__ import annotations

import threading

import pytest
from django.db import connections

from recoup.library import version_of
from recoup.records.models import LibraryText, LibraryVersion
from recoup.records.versions import keep, texts_of

pytestmark = pytest.mark.django_db

TEXTS = {
    "rules/order.yaml": "when: dur<2 \r\n# Zoë \U0001f9d8 \t\n\n",
    "exercises/bridge.yaml": "name: Bridge\n",
    "exercises/empty.yaml": "",
    "wording/copy.yaml": "name: Bridge\n",
}


def test_the_texts_of_a_version_come_back_byte_for_byte():
    version = keep(TEXTS)
    back = texts_of(version)
    assert {path: text.encode() for path, text in back.items()} == {
        path: text.encode() for path, text in TEXTS.items()
    }
    assert version == version_of(back)


def test_keeping_a_version_again_costs_one_query(django_assert_num_queries):
    version = keep(TEXTS)
    with django_assert_num_queries(1):
        assert keep(dict(reversed(TEXTS.items()))) == version
    with django_assert_num_queries(2):
        texts_of(version)


def test_equal_texts_are_stored_once():
    first = keep(TEXTS)
    second = keep(TEXTS | {"exercises/bridge.yaml": "name: Bridges\n"})
    assert first != second
    assert LibraryText.objects.count() == 4
    assert texts_of(first)["exercises/bridge.yaml"] == "name: Bridge\n"
    assert texts_of(second)["exercises/bridge.yaml"] == "name: Bridges\n"


def test_a_version_that_was_never_kept_is_said_so():
    with pytest.raises(LibraryVersion.DoesNotExist):
        texts_of("0" * 64)


@pytest.mark.django_db(transaction=True)
def test_two_processes_may_keep_the_same_version_at_once():
    start = threading.Barrier(2)
    kept: list[str] = []

    def run() -> None:
        try:
            start.wait()
            kept.append(keep(TEXTS))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept == [version_of(TEXTS)] * 2
    assert texts_of(kept[0]) == TEXTS
