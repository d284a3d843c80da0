"""In which of the three ways this installation runs (``docs/safety/modes.md``)."""

from __future__ import annotations

from django.conf import settings

PREVIEW, EDUCATION, SUPERVISED = "preview", "education", "supervised"


def is_preview() -> bool:
    return str(settings.MODE) == PREVIEW


def is_education() -> bool:
    """Whether no pattern is ranked and no program is chosen by the answers."""
    return str(settings.MODE) == EDUCATION


def is_supervised() -> bool:
    """Whether a clinician has to agree before any program."""
    return str(settings.MODE) == SUPERVISED


def organisation() -> str:
    """Return who is responsible; empty where nobody is named."""
    return str(settings.ORGANISATION)
