"""The ear, a process of its own: `.venv-hear/bin/python -m hear.ear`.

It answers each request, a line of JSON, with a line of JSON:

    {"hear": 16000}, then as many 32-bit samples   ["Lie", "on", "your", "back."]
    {"lay": ["lie", "on", "your", "back"]}         [0.1, 0.22, ...] or null: in the last sound
    {"sound": ["kneel", "neal"]}                   ["N IY L", "N IY L"]
"""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

import numpy as np

from hear.aligner import Aligner
from hear.transcriber import Transcriber


def main(asked: BinaryIO, answered: BinaryIO) -> None:
    transcriber, aligner = Transcriber(), Aligner()
    samples: Any = None
    for line in iter(asked.readline, b""):
        request = json.loads(line)
        answer: Any
        if "hear" in request:
            samples = np.frombuffer(asked.read(4 * request["hear"]), np.float32)
            answer = transcriber.words(samples)
        elif "lay" in request:
            answer = aligner.starts(samples, request["lay"])
        else:
            answer = [aligner.sounds(word) for word in request["sound"]]
        answered.write(json.dumps(answer).encode() + b"\n")
        answered.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
