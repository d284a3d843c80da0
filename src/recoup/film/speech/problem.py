"""Why something cannot be said."""

from __future__ import annotations


class VoiceError(Exception):
    """A line cannot be spoken.

    - NoVoiceError: there is no voice here; the message says what to do.
    - CannotSayError: this voice cannot say this text; the message names its file and line.
    """


class NoVoiceError(VoiceError):
    pass


class CannotSayError(VoiceError):
    pass
