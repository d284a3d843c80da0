"""Numbers as they are said."""

from __future__ import annotations

import re
from collections.abc import Callable

ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen")  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MOST, MOST_PARTS = 999_999, 4

WHOLE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)")
DECIMAL = re.compile(rf"{WHOLE.pattern}\.(\d+)")
CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
RANGE = re.compile(r"(\d+(?:\.\d+)?)[-–](\d+(?:\.\d+)?)")  # noqa: RUF001 - the dash of ranges
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
PAIR = re.compile(r"(\d+)/(\d+)")
ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
            "nine": "ninth", "twelve": "twelfth"}  # fmt: skip
FRACTIONS = {("1", "2"): "a half", ("1", "3"): "a third", ("2", "3"): "two thirds",
             ("1", "4"): "a quarter", ("3", "4"): "three quarters"}  # fmt: skip


def number_words(value: int) -> str:
    """Return a whole number in words, up to 999,999.

    >>> number_words(342)
    'three hundred and forty-two'
    """
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        joint = " " if rest >= 100 else " and "
        return f"{number_words(thousands)} thousand" + (joint + number_words(rest) if rest else "")
    if value >= 100:
        hundreds, rest = divmod(value, 100)
        return f"{ONES[hundreds]} hundred" + (f" and {number_words(rest)}" if rest else "")
    if value >= 20:
        tens, ones = divmod(value, 10)
        return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
    return ONES[value]


def spoken_number(text: str) -> str | None:
    """Return how a number is said, or None when the text is none.

    >>> [spoken_number(text) for text in ("8-10", "2.5", "4:30", "3/4", "90/90", "21st", "x")]
    ['eight to ten', 'two point five', 'four thirty', 'three quarters', 'ninety ninety',
     'twenty-first', None]
    """
    parts = re.findall(r"\d+", text)
    if len(parts) > MOST_PARTS or any(int(part) > MOST for part in parts):
        return None
    for form, said in FORMS:
        if found := form.fullmatch(text):
            return said(*found.groups())
    return None


def _whole(text: str) -> str:
    return number_words(int(text.replace(",", "")))


def _ordinal(words: str) -> str:
    start, dash, last = words.rpartition("-") if "-" in words else words.rpartition(" ")
    if last in ORDINALS:
        last = ORDINALS[last]
    else:
        last = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"
    return f"{start}{dash}{last}"


def _range(least: str, most: str) -> str:
    return f"{spoken_number(least)} to {spoken_number(most)}"


def _decimal(whole: str, digits: str) -> str:
    return f"{_whole(whole)} point {' '.join(ONES[int(digit)] for digit in digits)}"


def _clock(hours: str, minutes: str) -> str:
    said = number_words(int(minutes)) if int(minutes) else "o'clock"
    return f"{_whole(hours)} {said}"


def _pair(one: str, other: str) -> str:
    return FRACTIONS.get((one, other)) or f"{_whole(one)} {_whole(other)}"


FORMS: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (RANGE, _range),
    (DECIMAL, _decimal),
    (CLOCK, _clock),
    (PAIR, _pair),
    (ORDINAL, lambda value: _ordinal(_whole(value))),
    (WHOLE, _whole),
)
