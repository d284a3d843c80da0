"""When words are heard: PocketSphinx lays given words along the sound.

Runs in `.venv-hear` alone. The acoustic model and the dictionary are in the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from pocketsphinx import Decoder

from hear.pronunciation import sounds

FRAME_S = 0.01
WIDE = {"beam": 1e-120, "pbeam": 1e-120, "wbeam": 1e-100}
"""How unlikely a path may look and still be followed, at the second try."""


class Aligner:
    def __init__(self) -> None:
        self._decoders = [
            Decoder(lm=None, bestpath=False, loglevel="FATAL", **options) for options in ({}, WIDE)
        ]

    def sounds(self, word: str) -> str:
        return sounds(word, self._decoders[0].lookup_word)

    def starts(self, samples: Any, words: Sequence[str]) -> list[float] | None:
        """Return when each word begins, in seconds; None when they do not fit the sound."""
        sound = (np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes()
        for decoder in self._decoders:
            found = self._laid(decoder, sound, words)
            if found is not None:
                return found
        return None

    def _laid(self, decoder: Any, sound: bytes, words: Sequence[str]) -> list[float] | None:
        for word in words:
            if decoder.lookup_word(word) is None:
                decoder.add_word(word, self.sounds(word))
        decoder.set_align_text(" ".join(words))
        decoder.start_utt()
        decoder.process_raw(sound, full_utt=True)
        decoder.end_utt()
        laid = [one for one in decoder.seg() or () if not one.word.startswith(("<", "["))]
        found = [one.word.partition("(")[0] for one in laid]
        return [one.start_frame * FRAME_S for one in laid] if found == list(words) else None
