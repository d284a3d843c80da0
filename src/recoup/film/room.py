"""What a picture leaves room for beside the figure."""

from __future__ import annotations

from enum import StrEnum


class Room(StrEnum):
    """What the margins leave room for: nothing, type above the figure, or a panel beside it too
    (below it, in an upright picture)."""

    NONE = "none"
    TYPE = "type"
    PANEL = "panel"
