"""Which recordings should exist, and what the worker makes of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from recoup.film.speech import recording
from recoup.film.speech.fallback import Silence
from recoup.film.speech.order import MODEL
from recoup.film.speech.problem import CannotSayError, NoVoiceError
from recoup.film.speech.value import Speech
from recoup.film.store import FolderStore, UnwritableError
from recoup.script.line import Line
from recoup.services import shelf, speech


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    settings.RECOUP_HOME = tmp_path
    return tmp_path


@pytest.fixture
def voiced(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A home with a voice that is silent; return what it has said."""
    (home / "voice").mkdir()
    (home / "voice" / MODEL).write_bytes(b"model")
    heard: list[str] = []

    def say(line: Line, folder: Path, voice: str, said: FolderStore) -> Speech:
        heard.append(line.shown)
        return Silence(words_per_s=50).speak(line)

    monkeypatch.setattr(recording, "say", say)
    return heard


def make(told: list[str] | None = None) -> list[str]:
    told = [] if told is None else told
    with ThreadPoolExecutor(1) as executor:
        speech.make_missing(lambda: executor, told.append)
    return told


def test_without_a_voice_nothing_is_made_and_nothing_is_said(home: Path):
    assert make() == []
    assert speech.cues() is None
    assert speech.reading(shelf.current().exercises["bridge"]) is None


def test_the_cues_come_first_then_the_first_sessions_exercises(home: Path):
    first, *rest = speech.wanted()
    assert first == speech.cue_order()
    library = shelf.current()
    bridge = speech.reading_order(library.exercises["bridge"])
    knee = speech.reading_order(library.exercises["single-knee-to-chest"])
    assert rest.index(knee) < rest.index(bridge)


def test_what_is_missing_is_said_once(home: Path, voiced: list[str]):
    told = make()
    total = len(list(speech.wanted()))
    assert told[-1] == f"Said: {total} of {total} recordings."
    assert speech.cues() is not None
    assert speech.reading(shelf.current().exercises["bridge"]) is not None
    count = len(voiced)
    assert make() == []
    assert len(voiced) == count


def test_changed_words_are_another_recording(home: Path, voiced: list[str]):
    make()
    bridge = shelf.current().exercises["bridge"]
    changed = replace(bridge, words={**bridge.words, "move": "Lift your hips a little."})
    assert speech.reading(changed) is None
    assert speech.reading(replace(bridge, words={**bridge.words, "harder": "Less."})) is not None


def test_words_that_cannot_be_said_cost_their_recording_and_no_page(home: Path):
    bridge = shelf.current().exercises["bridge"]
    strange = replace(bridge, words={"move": "Lift → up."})
    assert speech.reading_order(strange) is None
    assert speech.reading(strange) is None


def test_a_line_the_voice_cannot_say_does_not_cost_the_others(home: Path, monkeypatch, voiced):
    good = recording.say

    def say(line, folder, voice, said):
        if line.shown == "Halfway.":
            raise CannotSayError("speech/cues.yaml: no sound for 'Halfway.'")
        return good(line, folder=folder, voice=voice, said=said)

    monkeypatch.setattr(recording, "say", say)
    told = make()
    assert told[0] == "Not said: speech/cues.yaml: no sound for 'Halfway.'"
    assert speech.cues() is None
    assert speech.reading(shelf.current().exercises["bridge"]) is not None


def test_a_full_disk_is_told_and_left_for_the_next_start(home: Path, monkeypatch, voiced):
    def put(self, name, content):
        raise UnwritableError("the disk is full")

    monkeypatch.setattr(FolderStore, "put", put)
    assert make() == ["No more is said: the disk is full"]


def test_a_voice_that_cannot_run_is_told_once(home: Path, monkeypatch, voiced):
    def say(line, folder, voice, said):
        raise NoVoiceError("onnxruntime is not installed. Run make voices.")

    monkeypatch.setattr(recording, "say", say)
    assert make() == ["No more is said: onnxruntime is not installed. Run make voices."]
