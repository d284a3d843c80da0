"""Motion text becomes a solved track, and a pose at any time."""

from recoup.motion.check import Findings, check_motion, claimed
from recoup.motion.solve import ReachError, load_track, solve
from recoup.motion.track import Pose, Track

__all__ = [
    "Findings",
    "Pose",
    "ReachError",
    "Track",
    "check_motion",
    "claimed",
    "load_track",
    "solve",
]
