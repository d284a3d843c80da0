"""Hear a finished film out, and say how much of what it says is heard, and when.

    python -m hear FILM.mp4            the figures, their limits, and the ten worst misses
    python -m hear FILM.mp4 --json     the same as JSON

What the film says stands beside it in FILM.words.json. Exit 0: all limits are met; 1: not; 2: the
film cannot be heard.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

from hear import listing, sound
from hear.ears import ears
from hear.hearing import hear
from hear.problem import HearError
from hear.score import LEAST_HEARD, LEAST_NEAR, MOST_OFF_S, NEAR_S, Score
from recoup.library import read_texts
from recoup.library.speech import read_manner
from recoup.library.texts import default_folder

EARS = 2


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("hear", description="Hear a finished film out.")
    parser.add_argument("film", type=Path)
    parser.add_argument("--words", type=Path, help="what it says, when it is not beside the film")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(arguments)
    try:
        said = listing.read(given.words or listing.beside(given.film))
        lexicon = read_manner(read_texts(default_folder())).lexicon
        with ears(EARS) as listeners:
            stretches = sound.stretches(sound.blocks(given.film))
            result = hear(stretches, said, lexicon, listeners)
    except HearError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(as_json(result), indent=2) if given.json else as_text(result))
    return 0 if result.passed else 1


def as_text(result: Score) -> str:
    rows = [
        ("words said", f"{result.said}", ""),
        ("heard", f"{result.share:.1%}", f"at least {LEAST_HEARD:.0%}"),
        ("median offset", _ms(result.median_off_s), f"at most {_ms(MOST_OFF_S)}"),
        (f"within {_ms(NEAR_S)}", f"{result.near:.1%}", f"at least {LEAST_NEAR:.0%}"),
        ("heard, not said", f"{result.added}", ""),
    ]
    text = [f"{what:16}{value:>9}  {limit}".rstrip() for what, value, limit in rows]
    return "\n".join([*text, *(str(miss) for miss in result.misses),
                      "All limits are met." if result.passed else "NOT met."])  # fmt: skip


def as_json(result: Score) -> dict[str, Any]:
    return {
        "said": result.said, "heard": result.heard, "share": result.share, "added": result.added,
        "median_off_s": _finite(result.median_off_s), "near": result.near,
        "passed": result.passed,
        "misses": [
            {"start_s": miss.start_s, "words": miss.words, "heard": miss.off_s is not None,
             "off_s": _finite(miss.off_s)}
            for miss in result.misses
        ],
    }  # fmt: skip


def _ms(seconds: float) -> str:
    return "none" if math.isinf(seconds) else f"{seconds * 1000:.0f} ms"


def _finite(seconds: float | None) -> float | None:
    return None if seconds is None or math.isinf(seconds) else round(seconds, 3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
