"""Any answers and any events that the vocabulary allows."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta, timezone

from hypothesis import strategies as st

from recoup.library import load
from recoup.model.answers import LISTS, TOKEN_LISTS, Activity, Answers
from recoup.model.event import (
    Answered,
    Cleared,
    Corrected,
    Enrolled,
    Event,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    Upgraded,
    WeeklyReview,
)

VOCABULARY = load().vocabulary
KEYS = sorted({key for keys in VOCABULARY.lists.values() for key in keys})
TOKENS = sorted(f"{p}:{key}" for p, name in TOKEN_LISTS.items() for key in VOCABULARY.lists[name])
NAMES = [*VOCABULARY.numbers, *VOCABULARY.choices]


def _number(key: str) -> st.SearchStrategy[float]:
    number = VOCABULARY.numbers[key]
    most = 5000 if number.most == math.inf else number.most
    if number.whole:
        return st.integers(int(number.least), int(most))
    return st.floats(number.least, most)


def _some(keys) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(keys)), max_size=6)


pains = st.integers(0, 10)
days = st.dates(date(2020, 1, 1), date(2100, 1, 1))
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip)
ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True)
uuids = st.uuids().map(str)
activities = st.lists(st.builds(Activity, texts, st.none() | pains), max_size=3).map(tuple)
answers = st.builds(
    Answers,
    numbers=st.fixed_dictionaries({}, optional={key: _number(key) for key in VOCABULARY.numbers}),
    choices=st.fixed_dictionaries(
        {}, optional={k: st.sampled_from(list(c.values)) for k, c in VOCABULARY.choices.items()}
    ),
    **{name: _some(VOCABULARY.lists[name]) for name in LISTS},
    unsure=_some([*KEYS, *NAMES]),
    skipped=_some([*KEYS, *NAMES]),
    activities=activities,
    minutes=st.none() | st.integers(1, 240),
    missing_equipment=st.frozensets(ids, max_size=3),
)
symptoms = _some(VOCABULARY.lists["sx"])
data = st.one_of(
    st.builds(Answered, ids, _some([*TOKENS, *NAMES, "activities", "minutes"]), answers),
    st.builds(Enrolled, ids, ids, st.none() | ids),
    st.builds(
        ExerciseDone,
        days,
        ids,
        ids,
        st.sampled_from(["done", "partly", "skipped", "easier"]),
        texts | st.just(""),
        st.none() | pains,
    ),
    st.builds(SessionDone, days, pains, pains, pains, st.none() | ids, symptoms),
    st.builds(
        MorningReport, days, pains, st.none() | st.integers(0, 1440), st.none() | st.booleans()
    ),
    st.builds(
        WeeklyReview,
        days,
        pains,
        st.none() | st.integers(-5, 5),
        activities,
        st.dictionaries(ids, st.integers(0, 600), max_size=4),
        st.none() | st.sampled_from(["yes", "no"]),
    ),
    st.builds(Symptom, days, symptoms, symptoms, st.none() | pains, st.none() | st.booleans()),
    st.builds(Cleared, texts, days),
    st.builds(Corrected, uuids),
    st.builds(Upgraded, ids),
)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=zones)
events = st.builds(Event, uuids, times, texts, st.integers(0, 2**63 - 1), data)
