"""Audio description: a motion told to somebody who cannot see it, from its measured track."""

from recoup.script.description.telling import describe
from recoup.script.description.value import Described, Description, fitting, said_in_s

__all__ = ["Described", "Description", "describe", "fitting", "said_in_s"]
