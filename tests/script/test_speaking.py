"""Text becomes what is said: sentences, numbers, units, and an error for what cannot be said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoup.library import LibraryError, load, read, read_texts
from recoup.library.speech import CUES, LEXICON, read_manner
from recoup.library.texts import default_folder
from recoup.script.narration import cue_lines, narration, unsayable
from recoup.script.numbers import number_words, spoken_number
from recoup.script.speaking import UnspeakableError, lines

TEXTS = read_texts(default_folder())
MANNER = read_manner(TEXTS)
LEXICON_ = MANNER.lexicon


def spoken(text: str) -> list[str]:
    return [line.spoken for line in lines(text, LEXICON_)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("7", "seven"), ("10", "ten"), ("42", "forty-two"), ("112", "one hundred and twelve"),
        ("1,250", "one thousand two hundred and fifty"), ("2.5", "two point five"),
        ("8-10", "eight to ten"), ("3/4", "three quarters"), ("90/90", "ninety ninety"),
        ("4:30", "four thirty"), ("5:00", "five o'clock"), ("21st", "twenty-first"),
        ("30th", "thirtieth"), ("12th", "twelfth"), ("ten", None), ("99999999", None),
    ],
)  # fmt: skip
def test_numbers_are_said_as_people_say_them(text: str, said: str | None):
    assert spoken_number(text) == said


@given(st.integers(0, 999_999))
def test_every_whole_number_has_words_of_its_own(value: int):
    words = number_words(value)
    assert words
    assert words != number_words(value + 1 if value < 999_999 else 0)


def test_units_signs_and_short_forms_are_said_in_full():
    assert spoken("Hold for 5-8 sec.") == ["Hold for five to eight seconds."]
    assert spoken("Bend to 45° with a 3kg weight.") == [
        "Bend to forty-five degrees with a three kilograms weight."
    ]
    assert spoken("A ring (or a towel) helps.") == ["A ring , or a towel, helps."]


def test_a_short_forms_stop_ends_no_sentence():
    assert spoken("Take a prop, e.g. A towel. Then sit.") == [
        "Take a prop, for example A towel.", "Then sit.",
    ]  # fmt: skip


def test_the_words_of_the_lines_are_the_words_of_the_text():
    for exercise in load().exercises.values():
        for text in exercise.words.values():
            shown = [word.shown for line in lines(text, LEXICON_) for word in line.words]
            assert shown == text.split()


def test_a_pronunciation_of_the_lexicon_goes_with_its_word():
    (line,) = lines("The Facet joints.", LEXICON_)
    assert [word.phonemes for word in line.words] == [None, LEXICON_.phonemes["facet"], None]


@pytest.mark.parametrize("text", ["Press → here.", "An NSAID helps.", "Hold for 5 ♥.", "5xyz"])
def test_what_cannot_be_said_is_an_error_with_file_and_line(text: str):
    with pytest.raises(UnspeakableError, match=r"^exercises/bridge\.yaml:7: .* cannot be said"):
        lines(text, LEXICON_, "exercises/bridge.yaml", 7)


def test_a_sentence_that_nobody_could_say_in_one_breath_is_an_error():
    with pytest.raises(UnspeakableError, match="too long to say"):
        lines("and " * 90, LEXICON_, "exercises/bridge.yaml")


def test_everything_that_is_said_aloud_can_be_said():
    assert unsayable(load(), MANNER, TEXTS) == []


def test_the_check_finds_the_line_of_what_cannot_be_said():
    file = "exercises/bridge.yaml"
    texts = {**TEXTS, file: TEXTS[file].replace("Breathe out", "Breathe via NSAID out", 1)}
    (problem,) = unsayable(read(texts), MANNER, texts)
    line = texts[file].splitlines().index("  breathe: >-") + 1
    assert str(problem).startswith(f"{file}:{line}: 'NSAID' cannot be said aloud.")


def test_an_exercise_is_read_block_by_block():
    words = load().exercises["marching-bridge"].words
    blocks = narration("marching-bridge", words, LEXICON_)
    assert [block.name for block in blocks] == ["setup", "move", "breathe", "feel"]
    assert blocks[0].lines[0].shown == "Lie on your back on a bed or mat."
    assert blocks[0].lines[0].place == "exercises/marching-bridge.yaml"


def test_there_are_cues_for_every_count_to_thirty():
    found = cue_lines(MANNER)
    assert found["count-21"].shown == "Twenty-one."
    assert {f"count-{value}" for value in range(1, 31)} < set(found)
    assert set(MANNER.cues) < set(found)


def problems_with(**changed: str) -> list[str]:
    texts = {LEXICON: TEXTS[LEXICON], CUES: TEXTS[CUES], **changed}
    with pytest.raises(LibraryError) as caught:
        read_manner(texts)
    return [str(problem) for problem in caught.value.problems]


def test_a_cue_that_the_timer_needs_cannot_be_left_out():
    text = TEXTS[CUES].replace("  halfway: Halfway.\n", "")
    assert problems_with(**{CUES: text}) == [
        "speech/cues.yaml:4: cues: halfway is missing. Add it."
    ]


def test_a_pronunciation_in_unknown_signs_is_an_error_with_its_line():
    text = TEXTS[LEXICON] + "  knee: n9i\n"
    (problem,) = problems_with(**{LEXICON: text})
    line = len(text.splitlines())
    assert problem.startswith(f"speech/lexicon.yaml:{line}: phonemes.knee: 9 is no sound")
