"""A finished film is heard out: what is missing or off its time is found and named."""

from __future__ import annotations

import json
import math
import re
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from hear import listing, sound
from hear.__main__ import as_json, as_text
from hear.ears import ears
from hear.hearing import hear
from hear.matching import REACH_S, matched
from hear.problem import EarError, FilmError
from hear.pronunciation import sounds
from hear.score import Score
from hear.sound import MOST, PIECE, QUIET, RATE, Samples, Stretch, stretches
from hear.spelling import plain, spelled_out
from hear.word import Said, Token

from recoup.library import read_texts
from recoup.library.speech import read_manner
from recoup.library.texts import default_folder
from recoup.model.speech import Lexicon

LEXICON = Lexicon({"cm": "centimetres", "%": "per cent", "MRI": "M R I"})
SOUNDS = {"kneel": "N IY L", "neal": "N IY L", "table": "T EY B AH L", "top": "T AA P",
          "tabletop": "T EY B AH L T AA P", "percent": "P ER S EH N T", "per": "P ER",
          "cent": "S EH N T", "metres": "M IY T ER Z", "meters": "M IY T ER Z"}  # fmt: skip

SENTENCES = (
    "Lie on your back with your knees bent.",
    "Pull one knee to your chest and hold for 8-10 seconds.",
    "You should feel a mild stretch in your low back.",
    "Breathe out as you lift, and breathe in as you lower.",
    "Stop when it hurts more than a little.",
)


def film(*sentences: str, pace_s: float = 0.4) -> list[Said]:
    """Return the words of a film that says the sentences at an even pace."""
    words = [word for sentence in sentences for word in sentence.split()]
    return [Said(word, n * pace_s, n * pace_s + 0.3) for n, word in enumerate(words)]


@dataclass
class Ear:
    """Hears exactly what it is told to; ``samples`` hold the number of a stretch."""

    by_stretch: Sequence[Sequence[tuple[str, float]]]
    fits: bool = True
    last: Sequence[tuple[str, float]] = field(default=())

    def words(self, samples: Samples) -> list[str]:
        self.last = self.by_stretch[round(float(samples[0]))]
        return [word for word, _ in self.last]

    def starts(self, words: Sequence[str]) -> list[float] | None:
        times = [time for word, time in self.last for _ in plain(word, LEXICON)]
        assert len(times) == len(words)
        return times if self.fits else None

    def sounds(self, words: Sequence[str]) -> list[str]:
        return [sounds(word, SOUNDS.get) for word in words]


def scored(said: Sequence[Said], *heard: tuple[str, float], fits: bool = True) -> Score:
    """Return the score when these words are heard, each at its second in the film."""
    stretch = Stretch(0.0, np.zeros(RATE * 30, np.float32))
    return hear([stretch], said, LEXICON, [Ear([heard], fits)])


def exactly(said: Sequence[Said], late_s: float = 0) -> list[tuple[str, float]]:
    return [(word.shown, word.start_s + late_s) for word in said]


def test_a_film_that_is_heard_as_it_says_passes() -> None:
    said = film(*SENTENCES)
    result = scored(said, *exactly(said, 0.03))
    assert (result.said, result.heard, result.added) == (len(said), len(said), 0)
    assert result.median_off_s == pytest.approx(0.03)
    assert result.near == 1
    assert result.misses == ()
    assert result.passed


def test_a_sentence_cut_out_is_the_worst_miss_and_fails_the_film() -> None:
    said = film(*SENTENCES)
    gone = range(19, 29)
    result = scored(said, *[one for n, one in enumerate(exactly(said)) if n not in gone])
    assert result.heard == len(said) - len(gone)
    assert not result.passed
    worst = result.misses[0]
    assert " ".join(worst.words) == SENTENCES[2]
    assert worst.start_s == said[19].start_s
    assert str(worst) == f"  0:07.6  {SENTENCES[2]!r}: not heard"


def test_words_at_the_limit_pass_and_one_less_does_not() -> None:
    said = film(*["lift"] * 100, pace_s=11)  # further apart than a word is looked for
    assert scored(said, *exactly(said)[3:]).share == pytest.approx(0.97)
    assert scored(said, *exactly(said)[3:]).passed
    assert not scored(said, *exactly(said)[4:]).passed


@pytest.mark.parametrize("late_s", [0.3, -0.3])
def test_sound_off_by_300_ms_fails_and_says_which_way(late_s: float) -> None:
    said = film(*SENTENCES)
    result = scored(said, *exactly(said, late_s))
    assert result.share == 1
    assert result.median_off_s == pytest.approx(0.3)
    assert result.near == 0
    assert not result.passed
    assert len(result.misses) == 10
    assert all(miss.off_s == pytest.approx(late_s) for miss in result.misses)
    assert str(result.misses[0]).endswith("300 ms late" if late_s > 0 else "300 ms early")


def test_every_ninth_word_far_off_fails_though_the_median_is_good() -> None:
    said = film(*SENTENCES)
    heard = [(w, s + 0.25 * (n % 9 == 0)) for n, (w, s) in enumerate(exactly(said))]
    result = scored(said, *heard)
    assert result.median_off_s == pytest.approx(0, abs=1e-9)
    assert not result.passed


def test_words_that_were_not_said_are_counted() -> None:
    said = film(*SENTENCES)
    heard = sorted([*exactly(said), ("thank", 3.1), ("you", 3.2)], key=lambda one: one[1])
    result = scored(said, *heard)
    assert (result.heard, result.added) == (len(said), 2)


def test_words_whose_time_is_not_found_are_heard_but_not_in_time() -> None:
    said = film(*SENTENCES, pace_s=30 / 49)  # as even as the times that stand in
    result = scored(said, *exactly(said), fits=False)
    assert result.share == 1
    assert result.near == 0
    assert math.isinf(result.median_off_s)
    assert not result.passed
    assert str(result.misses[0]).endswith("its time was not found")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("8-10", "eight to ten"),
        ("eight to ten", "8-10"),
        ("5 cm", "five centimetres"),
        ("five per cent", "5 percent"),
        ("One, two, three.", "1, 2, 3"),
        ("One two three", "1-2-3."),
        ("twenty-five", "25"),
        ("You are", "you're"),
        ("Do not", "Don’t"),  # noqa: RUF001 - as transcribers write it
        ("kneel", "neal"),
        ("table top", "tabletop"),
        ("tabletop", "table top"),
        ("An MRI", "an M R I"),
        ("metres", "meters"),
        ("T-shirt", "t shirt"),
        ("flattens", "flatens"),
    ],
)
def test_spelling_does_not_matter(said: str, heard: str) -> None:
    words = heard.split()
    result = scored(film(said, pace_s=0.2), *[(word, n * 0.2) for n, word in enumerate(words)])
    assert result.share == 1


@pytest.mark.parametrize(("said", "heard"), [
    ("8", "9"), ("lift", "left"), ("and", "in"), ("two", "too much"), ("can", "can't"),
    ("can't", "can"), ("do not", "do"), ("it", "it's"), ("8-10", "8 to 12"), ("tabletop", "table"),
])  # fmt: skip
def test_another_word_is_not_heard_as_this_one(said: str, heard: str) -> None:
    words = heard.split()
    result = scored(film(said), *[(word, n * 0.4) for n, word in enumerate(words)])
    assert result.heard < result.said or result.added > 0


def test_a_film_of_which_nothing_is_heard_fails() -> None:
    assert not scored(film(*SENTENCES)).passed
    assert not scored(film("–", "?")).passed  # noqa: RUF001 - the dash between words


def test_a_number_has_one_time_though_it_is_two_words() -> None:
    result = scored([Said("25", 1.0, 2.0)], ("twenty", 1.05), ("five", 1.6))
    assert [round(off, 3) for off in result.offsets_s] == [0.05]


def test_a_repeated_word_pairs_with_the_one_at_its_time() -> None:
    said = film("Two.", "Two.", "Two.", pace_s=2)
    result = scored(said, ("two", 2.1))
    assert (result.heard, [round(off, 3) for off in result.offsets_s]) == (1, [0.1])
    assert [miss.start_s for miss in result.misses] == [0, 4]


def test_a_word_out_of_reach_is_not_heard_in_its_place() -> None:
    said = [Said("hold", 10.0, 10.3)]
    assert scored(said, ("hold", 10 + REACH_S - 0.1)).heard == 1
    assert scored(said, ("hold", 10 + REACH_S + 0.1)).heard == 0


def test_the_longest_chain_wins_over_the_nearest_pairs() -> None:
    said = [Token(text, text, n, float(n), True) for n, text in enumerate("abc")]
    heard = [Token(text, text, n, n + 0.4, True) for n, text in enumerate("cabc")]
    assert [(pair.said, pair.heard) for pair in matched(said, heard)] == [(0, 1), (1, 2), (2, 3)]


def test_the_chain_never_goes_back() -> None:
    rng = np.random.default_rng(7)
    said = [Token(t, t, n, n * 0.5, True) for n, t in enumerate(rng.choice(list("abcd"), 60))]
    heard = [Token(t, t, n, n * 0.5, True) for n, t in enumerate(rng.choice(list("abcd"), 60))]
    pairs = matched(said, heard)
    assert pairs
    for one, other in pairwise(pairs):
        assert one.places_said.stop <= other.said
        assert one.places_heard.stop <= other.heard


def test_two_listeners_share_the_stretches_and_nothing_is_lost() -> None:
    said = film(*SENTENCES)
    each = [[(word.shown, 0.0)] for word in said]
    both = threading.Barrier(2, timeout=20)

    class Slow(Ear):
        def words(self, samples: Samples) -> list[str]:
            if samples[0] < 2:
                both.wait()
            return super().words(samples)

    sounds_of = [Stretch(word.start_s, np.full(100, n, np.float32)) for n, word in enumerate(said)]
    result = hear(sounds_of, said, LEXICON, [Slow(each), Slow(each)])
    assert (result.share, result.near) == (1, 1)


def test_few_stretches_of_a_long_film_wait_in_memory() -> None:
    said = film(*SENTENCES)
    taken, done = [], []

    def sound_of() -> Iterator[Stretch]:
        for n, word in enumerate(said):
            taken.append(n)
            assert len(taken) - len(done) <= 4
            yield Stretch(word.start_s, np.full(100, n, np.float32))

    class Counting(Ear):
        def words(self, samples: Samples) -> list[str]:
            done.append(1)
            return super().words(samples)

    hear(sound_of(), said, LEXICON, [Counting([[(word.shown, 0.0)] for word in said])])
    assert len(done) == len(said)


def test_every_word_of_the_library_is_spelled_out() -> None:
    texts = read_texts(default_folder())
    lexicon = read_manner(texts).lexicon
    words = {word for file, text in texts.items() if file.startswith("exercises/")
             for word in re.findall(r"[A-Za-z][\w'-]+", text)}  # fmt: skip
    assert len(words) > 500
    assert [word for word in words if not plain(word.rstrip("-_"), lexicon)] == []


def test_short_forms_are_spelled_out_and_owners_are_not() -> None:
    assert spelled_out("won't") == ("will", "not")
    assert spelled_out("it's") == ("it", "is")
    assert spelled_out("finger's") == ("finger's",)
    assert spelled_out("fingers'") == ("fingers",)


# Sound


def spoken(seconds: float) -> Samples:
    return (0.2 * np.sin(np.arange(round(seconds * RATE)) * 0.2)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def test_stretches_begin_before_their_speech_and_leave_silence_out() -> None:
    pieces = [silence(3), spoken(2), silence(10), spoken(1), silence(0.5), spoken(1), silence(5)]
    found = list(stretches(pieces))
    assert [round(one.start_s, 2) for one in found] == [2.8, 14.8]
    assert [round(len(one.samples) / RATE, 2) for one in found] == [2.4, 2.9]


def test_the_blocks_of_a_sound_do_not_matter() -> None:
    whole = np.concatenate([silence(1), spoken(2), silence(4), spoken(3), silence(1)])
    parts = np.split(whole, np.sort(np.random.default_rng(3).integers(0, len(whole), 50)))
    one, other = list(stretches([whole])), list(stretches(parts))
    assert [stretch.start_s for stretch in one] == [stretch.start_s for stretch in other]
    assert all(np.array_equal(a.samples, b.samples) for a, b in zip(one, other, strict=True))


def test_speech_without_pauses_is_cut_where_it_is_quietest_and_nothing_is_lost() -> None:
    quiet = spoken(0.5) * 0.1
    whole = np.concatenate([spoken(20), quiet, spoken(20), quiet, spoken(8)])
    found = list(stretches([whole]))
    assert all(len(one.samples) <= MOST * PIECE for one in found)
    assert found[1].start_s == pytest.approx(20.25, abs=0.2)
    assert np.array_equal(np.concatenate([one.samples for one in found]), whole)
    ends = [one.start_s + len(one.samples) / RATE for one in found]
    assert ends[:-1] == pytest.approx([one.start_s for one in found[1:]])


def test_a_silent_film_has_no_stretches() -> None:
    assert list(stretches([silence(60) + QUIET / 2])) == []


def written(place: Path, samples: Samples, first_s: float = 0) -> Path:
    """Write a film of sound alone, which begins ``first_s`` after the film."""
    with av.open(str(place), "w") as out:
        stream = out.add_stream("aac", rate=24_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = RATE
        frame.pts = 0
        for piece in av.AudioResampler("fltp", "mono", 24_000, 1024).resample(frame):
            piece.pts += round(first_s * 24_000)
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return place


@pytest.mark.parametrize("first_s", [0, 1.5])
def test_sound_is_read_at_the_films_own_time(tmp_path: Path, first_s: float) -> None:
    place = written(tmp_path / "film.mkv", np.concatenate([silence(1), spoken(2)]), first_s)
    whole = np.concatenate(list(sound.blocks(place)))
    begins_s = float(np.flatnonzero(np.abs(whole) > 0.05)[0]) / RATE
    assert begins_s == pytest.approx(1 + first_s, abs=0.02)


def test_a_film_that_cannot_be_heard_says_why(tmp_path: Path) -> None:
    with pytest.raises(FilmError, match=r"none\.mp4: No such file"):
        list(sound.blocks(tmp_path / "none.mp4"))
    (tmp_path / "no.mp4").write_text("no film")
    with pytest.raises(FilmError, match="Name a film that can be played"):
        list(sound.blocks(tmp_path / "no.mp4"))


# The list of words


def test_the_list_of_words_is_read_in_order_of_time(tmp_path: Path) -> None:
    place = listing.beside(tmp_path / "facet.mp4")
    place.write_text(json.dumps([
        {"text": "Rest.", "words": [["Rest.", 3.0, 3.4]]},
        {"text": "Lie down.", "words": [["Lie", 0.1, 0.22], ["down.", 0.22, 0.6]]},
    ]))  # fmt: skip
    assert [word.shown for word in listing.read(place)] == ["Lie", "down.", "Rest."]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[", "Make the film again"),
        ("{}", "should be a list"),
        ("[]", "holds no words"),
        ('[{"text": "Lie."}]', "line 1: 'words'"),
        ('[{"words": [["Lie", 2.0, 1.0]]}]', "'Lie' cannot be said from 2.0 s to 1.0 s"),
        ('[{"words": [["Lie", 2.0]]}]', "line 1"),
        ('[{"words": [["Lie", "1", 2]]}]', "line 1"),
    ],
)
def test_a_wrong_list_says_what_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    place = tmp_path / "film.words.json"
    place.write_text(text)
    with pytest.raises(FilmError, match=problem):
        listing.read(place)


# Processes and print


def test_a_listener_answers_over_its_pipe() -> None:
    echo = ("import json, sys\n"
            "for line in iter(sys.stdin.buffer.readline, b''):\n"
            "    asked = json.loads(line)\n"
            "    n = asked.get('hear')\n"
            "    heard = len(sys.stdin.buffer.read(4 * n)) if n else asked\n"
            "    print(json.dumps([str(heard)]), flush=True)\n")  # fmt: skip
    with ears(2, [sys.executable, "-c", echo]) as (one, other):
        assert one.words(silence(2)) == [str(4 * 2 * RATE)]
        assert other.sounds(["kneel"]) == ["{'sound': ['kneel']}"]


def test_a_listener_that_stops_or_is_missing_is_an_error_with_advice() -> None:
    with ears(1, [sys.executable, "-c", ""]) as (ear,), pytest.raises(EarError, match="stopped"):
        ear.words(silence(20))
    with pytest.raises(EarError, match="make hear"), ears(1, ["no-such-program-is-here"]):
        pass


def test_text_and_json_say_the_same() -> None:
    said = film(*SENTENCES)
    result = scored(said, *exactly(said, 0.3)[2:])
    text, data = as_text(result), as_json(result)
    assert json.loads(json.dumps(data, allow_nan=False))["passed"] is False
    assert f"{data['share']:.1%}" in text
    assert "NOT met." in text
    assert data["misses"][0] == {"start_s": 0.0, "words": ("Lie", "on"), "heard": False,
                                 "off_s": None}  # fmt: skip
    assert "'Lie on': not heard" in text
