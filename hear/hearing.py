"""A film heard out: its sound and the list of its words go in, a score comes out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Protocol

from hear.matching import matched
from hear.score import Score, score
from hear.sound import RATE, Samples, Stretch
from hear.spelling import plain, spelled_out
from hear.word import Heard, Said, Token
from recoup.model.speech import Lexicon


class Listener(Protocol):
    """Hears a sound, and then says when the words of the same sound begin."""

    def words(self, samples: Samples) -> list[str]: ...
    def starts(self, words: Sequence[str]) -> list[float] | None: ...
    def sounds(self, words: Sequence[str]) -> list[str]: ...


def hear(
    stretches: Iterable[Stretch],
    said: Sequence[Said],
    lexicon: Lexicon,
    listeners: Sequence[Listener],
) -> Score:
    """Return how much of what is said is heard. The listeners share the stretches."""
    heard = _heard(stretches, lexicon, listeners)
    spoken = [(word.start_s, plain(word.shown, lexicon)) for word in said]
    written = [(word.start_s, (word.text,)) for word in heard]
    sounds = _sounds([words for _, words in (*spoken, *written)], listeners[0])
    tokens = _tokens(spoken, sounds), _tokens(written, sounds)
    return score(said, heard, tokens, matched(*tokens))


def _heard(
    stretches: Iterable[Stretch], lexicon: Lexicon, listeners: Sequence[Listener]
) -> list[Heard]:
    idle: SimpleQueue[Listener] = SimpleQueue()
    for listener in listeners:
        idle.put(listener)

    def one(stretch: Stretch) -> list[Heard]:
        listener = idle.get()
        try:
            return _words(stretch, lexicon, listener)
        finally:
            idle.put(listener)

    found = [word for words in _in_turn(stretches, one, len(listeners)) for word in words]
    return sorted(found, key=lambda word: word.start_s)


def _in_turn(
    stretches: Iterable[Stretch], one: Callable[[Stretch], list[Heard]], workers: int
) -> Iterator[list[Heard]]:
    """Yield the words of each stretch in order. Few stretches wait at a time, so that the sound
    of a long film is never whole in memory."""
    waiting: deque[Future[list[Heard]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for stretch in stretches:
            waiting.append(pool.submit(one, stretch))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _words(stretch: Stretch, lexicon: Lexicon, listener: Listener) -> list[Heard]:
    words = [said for word in listener.words(stretch.samples) for said in plain(word, lexicon)]
    if not words:
        return []
    starts = listener.starts(words)
    if starts is None:  # better about right than lost: what is heard still counts as heard
        each = len(stretch.samples) / RATE / len(words)
        return [Heard(word, stretch.start_s + n * each, False) for n, word in enumerate(words)]
    return [Heard(w, stretch.start_s + s) for w, s in zip(words, starts, strict=True)]


def _sounds(spoken: Sequence[tuple[str, ...]], listener: Listener) -> dict[str, str]:
    """Return how every spelled-out word sounds."""
    words = sorted({one for words in spoken for word in words for one in spelled_out(word)})
    return dict(zip(words, listener.sounds(words), strict=True))


def _tokens(
    spoken: Sequence[tuple[float, tuple[str, ...]]], sounds: dict[str, str]
) -> list[Token]:
    return [
        Token(one, sounds[one], owner, start_s, number == 0)
        for owner, (start_s, words) in enumerate(spoken)
        for number, one in enumerate(one for word in words for one in spelled_out(word))
    ]
