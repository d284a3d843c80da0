"""Films with chapters, voice and captions: facts of the real files."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from film.cutting import (
    HEIGHT,
    SCRIPT,
    humming,
    in_place,
    room_at,
    said_otherwise,
    studio,
    wanted,
)

from recoup.film.edit import make as making
from recoup.film.edit import stages
from recoup.film.edit.make import make
from recoup.film.edit.piece import DISSOLVE
from recoup.film.edit.program import storyboard
from recoup.film.edit.studio import NoMotionError
from recoup.film.edit.texts import caption_file, chapter_file, transcript, word_file
from recoup.film.edit.timeline import OverlapError, Part
from recoup.film.encode import FPS
from recoup.film.speech.loudness import loudness_lufs, true_peak
from recoup.film.speech.problem import NoVoiceError
from recoup.film.speech.value import RATE
from recoup.film.store import UnwritableError
from recoup.library import read_texts
from recoup.library.films import SAID, SHOWN
from recoup.library.motions import read_motions
from recoup.library.texts import default_folder
from recoup.script.speaking import UnspeakableError


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("long")


@pytest.fixture(scope="module")
def film(folder, built):
    """The short film in both formats, hummed, made once in this process."""
    with pytest.MonkeyPatch.context() as patch:
        humming(patch)
        made = make(wanted(endings=("mp4", "webm")), room_at(folder, built), in_place)
    stages._voice.cache_clear()
    return made


def place(film, folder: Path, ending: str) -> Path:
    return folder / film.files[ending]


def sound(path: Path, track: int) -> np.ndarray:
    """Return a track of a file as one channel at our rate."""
    with av.open(str(path)) as file:
        resampler = av.AudioResampler("flt", "mono", RATE)
        frames = [piece.to_ndarray()[0] for frame in file.decode(audio=track)
                  for piece in resampler.resample(frame)]  # fmt: skip
    return np.concatenate(frames)


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_frames_are_as_many_as_planned(film, folder, ending):
    with av.open(str(place(film, folder, ending))) as file:
        times = [frame.time for frame in file.decode(video=0)]
        assert (file.streams.video[0].width, file.streams.video[0].height) == (160, HEIGHT)
    assert len(times) == film.timeline.frames == sum(p.frames for p in film.timeline.pieces)
    steps = [b - a for a, b in pairwise(times)]
    assert max(steps) - min(steps) < 0.002


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_sound_is_as_long_as_the_pictures(film, folder, ending):
    with av.open(str(place(film, folder, ending))) as file:
        names = [one.metadata.get("title") or one.metadata.get("name")
                 for one in file.streams.audio]  # fmt: skip
        assert names == [making.PLAIN, making.DESCRIBED]
    for track in (0, 1):
        seconds = len(sound(place(film, folder, ending), track)) / RATE
        assert seconds == pytest.approx(film.timeline.seconds, abs=1 / FPS)


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_chapters_stand_in_the_file_in_order_at_their_frames(film, folder, ending):
    with av.open(str(place(film, folder, ending))) as file:
        found = [(float(one["start"] * one["time_base"]), one["metadata"]["title"])
                 for one in file.chapters()]  # fmt: skip
    planned = [(one.first / FPS, one.title) for one in film.timeline.chapters]
    assert [title for _, title in found] == ["The first", "The second"]
    for (at, title), (plan, name) in zip(found, planned, strict=True):
        assert (at, title) == (pytest.approx(plan, abs=0.001), name)
    starts = [0]
    for piece in film.timeline.pieces:
        starts.append(starts[-1] + piece.frames)
    assert all(one.first in starts for one in film.timeline.chapters), "they begin with a keyframe"


def test_captions_are_the_spoken_words_at_their_times(film):
    told = json.loads(word_file(film.timeline.heard(False), film.words))
    heard = [word for one in told for word in one["words"]]
    shown = " ".join(row for row in caption_file(film.words).split("\n")
                     if row and "-->" not in row and row != "WEBVTT")  # fmt: skip
    assert shown.split() == [text for text, _, _ in heard]
    for one, spoken in zip(film.timeline.heard(False), film.words, strict=True):
        assert spoken[0].start_s == pytest.approx(one.first / FPS, abs=1 / FPS)
        assert spoken[-1].end_s <= one.end / FPS + 1e-6


def test_sound_is_heard_when_the_words_say(film, folder):
    """The hum sounds within a frame of the first word of each sentence, and not before it."""
    level = np.abs(sound(place(film, folder, "mp4"), 0))
    for one in film.timeline.heard(False):
        at = round(one.first / FPS * RATE)
        frame = RATE // FPS
        assert level[at : at + 2 * frame].max() > 0.05
        assert level[max(0, at - 6 * frame) : max(1, at - frame)].max() < 0.02


@pytest.mark.parametrize("ending", ["mp4", "webm"])
def test_the_film_is_as_loud_as_others_and_never_clips(film, folder, ending):
    heard = sound(place(film, folder, ending), 0)
    assert loudness_lufs(heard) == pytest.approx(-16, abs=1)
    assert 20 * np.log10(true_peak(heard)) < -1


def test_no_two_sentences_are_heard_at_once(film):
    rows = sorted(film.timeline.spoken, key=lambda one: one.first)
    assert all(a.end <= b.first for a, b in pairwise(rows))
    twice = (*rows, replace(rows[0], first=rows[0].first + 1))
    with pytest.raises(OverlapError, match="is spoken over"):
        replace(film.timeline, spoken=twice)


def test_chapters_and_transcript_stand_beside_the_film(film):
    assert chapter_file(film.timeline).count("-->") == 2
    told = transcript(film.timeline)
    assert "The second (0:" in told
    assert "Lift. Lower." in told


def test_what_is_to_be_seen_is_told_on_the_second_track_alone(film, folder):
    told = [one for one in film.timeline.spoken if one.part is Part.DESCRIPTION]
    assert told, "silences of this film are long enough"
    plain, described = (np.abs(sound(place(film, folder, "mp4"), k)) for k in (0, 1))
    for one in told:
        middle = round((one.first + one.end) / 2 / FPS * RATE)
        around = slice(middle - RATE // 10, middle + RATE // 10)
        assert plain[around].max() < 0.02
        assert described[around].max() > 0.05


def test_making_it_again_makes_nothing(film, folder, built, monkeypatch):
    humming(monkeypatch)
    asked: list[str] = []
    for name in ("render", "cut", "mix"):
        monkeypatch.setattr(making, name, lambda *_, name=name: asked.append(name))
    again = make(wanted(endings=("mp4", "webm")), room_at(folder, built), in_place)
    assert (again.files, asked) == (film.files, [])


def test_a_film_notes_what_it_was_cut_from(film, folder, built, monkeypatch):
    """Else the worker would sweep it before the next one, and make it again."""
    humming(monkeypatch)
    room = room_at(folder, built)
    files = [one for store in (room.reels, room.workshop.parts) for one in store.folder.iterdir()]
    for one in files:
        os.utime(one, (0, 0))
    make(wanted(endings=("mp4", "webm")), room, in_place)
    assert files
    assert [one.name for one in files if not one.stat().st_mtime] == []


LONGER = " ".join(["It feels warm at the back of both legs as you lift, and you can talk."] * 3)


@pytest.mark.parametrize(("text", "cuts"), [("It feels warm.", 0), (LONGER, 2)])
def test_another_sentence_makes_only_what_follows_from_it(
    film, folder, built, monkeypatch, text, cuts
):
    """A sentence as short as before changes the sound alone; a longer one its own pictures."""
    humming(monkeypatch)
    done: list[str] = []
    real = making.cut
    monkeypatch.setattr(making, "cut", lambda *given: (done.append("cut"), real(*given)))
    other = make(wanted(said_otherwise(text)), room_at(folder, built), in_place)
    assert other.files["mp4"] != film.files["mp4"]
    assert len(done) == cuts < len(film.timeline.pieces)


def test_an_interrupted_film_goes_on_where_it_stopped(tmp_path, built, monkeypatch):
    humming(monkeypatch)
    room = room_at(tmp_path, built)
    real, cuts = making.cut, []

    def killed(*given):
        if len(cuts) == 2:
            raise KeyboardInterrupt
        cuts.append(given)
        real(*given)

    monkeypatch.setattr(making, "cut", killed)
    with pytest.raises(KeyboardInterrupt):
        make(wanted(), room, in_place)
    assert not list(tmp_path.glob("*.mp4")), "nothing half-written in place"
    monkeypatch.setattr(making, "cut", lambda *given: (cuts.append(given), real(*given)))
    made = make(wanted(), room, in_place)
    assert (tmp_path / made.files["mp4"]).is_file()
    pieces = {making.name_of(one, made_look(), "mp4") for one in made.timeline.pieces}
    assert len(cuts) == len(pieces), "no piece was cut twice"


def made_look():
    return wanted().look


def test_a_full_disk_leaves_whole_files_or_none(tmp_path, built, monkeypatch):
    humming(monkeypatch)
    room = room_at(tmp_path, built)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making, "write", full)
    with pytest.raises(UnwritableError, match=r"No space left.*what is done is kept"):
        make(wanted(), room, in_place)
    assert not list(tmp_path.glob("*.mp4"))
    assert not list(room.workshop.parts.folder.glob(".unfinished-*"))


def test_a_missing_voice_says_what_to_do(tmp_path, built):
    with pytest.raises(NoVoiceError, match="Run make voices"):
        make(wanted(), room_at(tmp_path, built, "heart"), in_place)


def test_a_missing_motion_is_named_with_its_file(built):
    chapters = (replace(SCRIPT.chapters[0], scenes=(replace(SCRIPT.chapters[0].scenes[0],
                                                            motion="handstand"),)),)  # fmt: skip
    with pytest.raises(NoMotionError, match=r"films/short.yaml: handstand has no motion yet"):
        storyboard(replace(SCRIPT, chapters=chapters), studio())


def test_a_text_that_cannot_be_said_is_named_with_file_and_line():
    where = studio()
    text = where.exercises["bridge"].words["move"]
    bridge = replace(where.exercises["bridge"], words={"move": f"{text} Go @ once."})
    with pytest.raises(UnspeakableError, match=r"exercises/bridge.yaml:\d+.*'@' cannot be said"):
        where.block(bridge, "move")


def test_two_sentences_at_once_are_named_with_file_and_line(film):
    where = studio()
    line = where.block(where.exercises["bridge"], "breathe")[0]
    first = film.timeline.spoken[0]
    with pytest.raises(OverlapError, match=r"^exercises/bridge.yaml:\d+: "):
        replace(film.timeline, spoken=(first, replace(first, line=line)))


def test_a_figure_is_not_filmed_in_what_it_may_not_show():
    scene = replace(SCRIPT.chapters[0].scenes[0], motion="marching-bridge")
    script = replace(SCRIPT, chapters=(replace(SCRIPT.chapters[0], scenes=(scene,)),))
    motions = read_motions(read_texts(default_folder()), ["marching-bridge"])
    where = replace(studio(), motions=motions)
    assert storyboard(script, where)
    with pytest.raises(NoMotionError, match=r"films/short.yaml: pregnant does not show marching"):
        storyboard(script, replace(where, figure="pregnant"))


def test_a_cut_to_another_view_is_slow(film):
    cuts = [(a, b) for a, b in pairwise(film.timeline.pieces)
            if a.last[0].order_key != b.runs[0].reel.order_key]  # fmt: skip
    assert cuts
    assert all(b.after == a.last for a, b in cuts)
    assert DISSOLVE >= FPS // 4


def test_films_say_and_show_only_what_their_words_hold():
    words = studio().words
    assert set(words.shown) == set(SHOWN)
    assert set(words.said) == set(SAID)


