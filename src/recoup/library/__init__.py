"""Read and validate the library: text to the frozen values of `model`, and answers and events
from outside to values, at one boundary."""

from recoup.library.answers import read_answers, write_answers
from recoup.library.check import check, counts
from recoup.library.events import read_event, read_log, write_event
from recoup.library.problem import InputError, LibraryError, Problem
from recoup.library.reader import load, read, read_exercises
from recoup.library.texts import read_texts, version_of
from recoup.library.vignettes import read_vignettes

__all__ = [
    "InputError",
    "LibraryError",
    "Problem",
    "check",
    "counts",
    "load",
    "read",
    "read_answers",
    "read_event",
    "read_exercises",
    "read_log",
    "read_texts",
    "read_vignettes",
    "version_of",
    "write_answers",
    "write_event",
]
