"""What keeps a film from being heard; the text says what to do."""

from __future__ import annotations


class HearError(Exception):
    """
    HearError
    |- FilmError: the film, or the list of its words, cannot be read
    `- EarError: the listener is not installed, or stopped
    """


class FilmError(HearError):
    pass


class EarError(HearError):
    pass
