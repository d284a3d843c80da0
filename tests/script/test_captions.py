"""Captions: short rows, one sentence at a time, never two at once."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoup.library import load
from recoup.script.captions import LETTERS, ROWS, Caption, captions, webvtt
from recoup.script.timing import Word

some_words = st.lists(
    st.tuples(st.text("abcdefgh,.-", min_size=1, max_size=14), st.floats(0.05, 1), st.floats(0, 1)),
    min_size=1,
    max_size=40,
)


def spoken(text: str, start_s: float = 0.0, word_s: float = 0.3) -> tuple[Word, ...]:
    return tuple(
        Word(text, start_s + k * word_s, start_s + (k + 1) * word_s - 0.05)
        for k, text in enumerate(text.split())
    )


def timed(given: list[tuple[str, float, float]], start: float = 0.0) -> tuple[Word, ...]:
    words, at = [], start
    for text, length, pause in given:
        words.append(Word(text, at, at + length))
        at += length + pause
    return tuple(words)


def test_a_short_sentence_is_one_row():
    assert captions([spoken("Lie on your back.")]) == (
        Caption(0.0, pytest.approx(1.85), ("Lie on your back.",)),
    )


def test_a_long_sentence_breaks_after_a_clause():
    (one,) = captions([spoken("Push your hips back to your heels, and slide your hands ahead.")])
    assert one.rows == ("Push your hips back to your heels,", "and slide your hands ahead.")


def test_no_row_ends_with_a_word_that_leads_on():
    text = "Lift your hips until your knee, hip and shoulder make one straight line while you"
    found = captions([spoken(f"{text} press the other foot down into the mat.")])
    assert len(found) == 2
    for one in found:
        assert all(row.split()[-1] not in {"the", "your", "and", "until"} for row in one.rows)


@given(st.lists(some_words, min_size=1, max_size=4))
def test_captions_hold_every_word_once_in_order_and_never_overlap(sentences):
    said, at = [], 0.0
    for sentence in sentences:
        said.append(timed(sentence, at))
        at = said[-1][-1].end_s + 0.2
    found = captions(said)
    shown = " ".join(row for one in found for row in one.rows)
    assert shown.split() == [word.text for words in said for word in words]
    assert all(1 <= len(one.rows) <= ROWS for one in found)
    assert all(len(row) <= LETTERS for one in found for row in one.rows)
    assert all(a.end_s <= b.start_s for a, b in pairwise(found))
    assert all(one.start_s < one.end_s for one in found)


@given(some_words)
def test_a_caption_begins_with_its_first_word_and_outlasts_its_last(sentence):
    words = dict(enumerate(timed(sentence)))
    place = 0
    for one in captions([tuple(words.values())]):
        count = sum(len(row.split()) for row in one.rows)
        assert one.start_s == words[place].start_s
        place += count
        assert one.end_s >= words[place - 1].end_s


def test_no_caption_holds_two_sentences():
    found = captions([spoken("One."), spoken("Two.", 0.5)])
    assert [one.rows for one in found] == [("One.",), ("Two.",)]
    assert found[0].end_s == 0.5


def test_two_sentences_spoken_at_once_are_an_error():
    with pytest.raises(ValueError, match=r"'Two\.' is spoken over 'One day\.'"):
        captions([spoken("One day."), spoken("Two.", 0.1)])


def test_a_word_longer_than_a_row_is_an_error():
    with pytest.raises(ValueError, match="longer than 42 letters"):
        captions([spoken("x" * 43)])


def test_the_whole_librarys_words_fit():
    at = 0.0
    for exercise in load().exercises.values():
        for text in exercise.words.values():
            found = captions([spoken(text, at)])
            assert all(len(row) <= LETTERS for one in found for row in one.rows)


def test_webvtt_is_written_as_players_read_it():
    shown = [Caption(0, 1.5, ("Rest & breathe <out>",)), Caption(3661.25, 3662, ("One", "two"))]
    assert webvtt(shown) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nRest &amp; breathe &lt;out&gt;\n\n"
        "01:01:01.250 --> 01:01:02.000\nOne\ntwo\n"
    )
