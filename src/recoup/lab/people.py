"""People who do not exist: who they are, what they can and will do, and how their pain behaves.

Everything is drawn from the run's seed and the person's number, so those two make the same person
again, and nobody else with them. The shares below are guesses that spread people widely; they
come from no study.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy as np

from recoup.care.triage import stops_program, triage
from recoup.model.answers import TOKEN_LISTS, Activity, Answers
from recoup.model.condition import Condition
from recoup.model.content import Library

PREGNANT = "pelvic-girdle-pain-in-pregnancy"
AFTER_BIRTH = "pelvic-pain-after-birth"
AFTER_OPERATION = "POSTOP"
CLEARED = "clinician_cleared_exercise"
LIMITS = {
    "osteoporosis": 0.1, "hypertension_uncontrolled": 0.07, "repeated_falls": 0.05,
    "wrist_pain_loading": 0.1, "knee_pain_kneeling": 0.15, "cannot_get_off_floor": 0.07,
    "heart_disease": 0.04, "steroid_long_term": 0.03, "anticoagulant": 0.04, "diabetes": 0.06,
    "hypermobility": 0.05, "smoker": 0.12, "fragility_fracture": 0.03, "cancer_history": 0.03,
    "spondylolisthesis_known": 0.03, "prior_dislocation": 0.04, "spinal_surgery": 0.03,
    "inflammatory_arthritis_known": 0.02, "connective_tissue_disorder": 0.02,
    "joint_replacement_here": 0.03, "neuropathy_feet": 0.02,
}
WORRIES = {
    "low_mood": 0.12, "fear_movement": 0.15, "poor_sleep": 0.2, "finger_triggers": 0.03,
    "numb_arm": 0.04, "numb_leg": 0.04, "feels_unstable": 0.05, "dizzy": 0.03,
}
SORE_WITH = ("bend_back", "bend_forward", "rotate", "stairs_down", "sit_long", "squat", "overhead")
EQUIPMENT_MISSING = 0.25
ILLNESSES = tuple(
    frozenset(keys)
    for keys in (
        ("saddle_numb",), ("foot_drop",), ("weak_both_legs",), ("bladder_retention",),
        ("clumsy_hands", "unsteady_walk"), ("electric_shock_neck",), ("calf_swollen_one",),
        ("chest_pain", "breathless_new"), ("arm_face_weak_sudden",), ("speech_trouble",),
        ("fever",), ("hot_red_joint", "fever"), ("skin_wound_infected",), ("weight_loss",),
        ("night_sweats", "weight_loss"), ("cold_pale_limb",), ("pulsing_belly",),
        ("thunderclap_headache",), ("cannot_weight_bear",), ("self_harm_thoughts",),
    )
)
"""Signs that, told as new by whomever, must stop any program on the day they are told
(``clinical/redflags.md``: levels E, S and U that pause or block)."""


@dataclass(frozen=True, slots=True)
class Person:
    """``recovery`` is the share of the pain above ``floor`` that goes in a day by itself;
    ``tolerance`` how much of the program's first session does no harm; ``touchy`` how strongly
    pain answers more than that. Chances are by day; ``ill_on`` is the day on which the signs of a
    hidden illness appear, None for most. ``reports_it_after`` a session, and not before one."""

    seed: int
    number: int
    program: str
    answers: Answers
    weeks_pregnant: int | None
    pain: float
    floor: float
    recovery: float
    tolerance: float
    touchy: float
    diligence: float
    reporting: float
    lapse: float
    flare: float
    bold: float
    wrong_program: bool
    ill_on: int | None
    signs: frozenset[str]
    reports_it_after: bool
    needs_ok: bool


def random_of(seed: int, number: int, stream: int = 0) -> np.random.Generator:
    """Return the source of chance of one person; streams are independent of each other."""
    return np.random.default_rng((seed, number, stream))


def make_person(seed: int, number: int, days: int, library: Library) -> Person:
    """Return a person. ``days`` bounds the day on which a hidden illness appears."""
    rng = random_of(seed, number)
    programs = sorted(library.programs)
    program = library.programs[programs[int(rng.integers(len(programs)))]]
    condition = library.conditions[program.condition]
    needs_ok = library.templates[program.template].needs_ok
    answers = _allowed(_answers(rng, condition, library), library, cleared=needs_ok)
    average = answers.numbers["pain_avg"]
    ill = bool(rng.random() < 0.06)
    return Person(
        seed=seed,
        number=number,
        program=program.id,
        answers=answers,
        weeks_pregnant=_whole(answers.numbers.get("gestation_weeks")),
        pain=average,
        floor=float(average * rng.choice((0.0, 0.1, 0.3, 0.7, 1.0))),
        recovery=float(rng.choice((0.0, 0.02, 0.04, 0.08))),
        tolerance=float(rng.uniform(0.6, 2.2)),
        touchy=float(rng.uniform(0.5, 2.5)),
        diligence=float(rng.choice((0.35, 0.6, 0.85, 0.97))),
        reporting=float(rng.choice((0.3, 0.7, 0.95))),
        lapse=float(rng.choice((0.0, 0.01, 0.04))),
        flare=float(rng.choice((0.0, 0.005, 0.02))),
        bold=float(rng.choice((0.0, 0.02, 0.15))),
        wrong_program=bool(rng.random() < 0.12),
        ill_on=int(rng.integers(1, max(2, days))) if ill else None,
        signs=ILLNESSES[int(rng.integers(len(ILLNESSES)))],
        reports_it_after=bool(rng.random() < 0.3),
        needs_ok=needs_ok,
    )


@lru_cache(maxsize=2)
def every_field(library: Library) -> frozenset[str]:
    """Return all that an intake asks, as the fields of one event."""
    words = library.vocabulary
    tokens = {
        f"{prefix}:{key}" for prefix, name in TOKEN_LISTS.items() for key in words.lists[name]
    }
    return frozenset(
        {*tokens, *words.numbers, *words.choices, "activities", "minutes", "places",
         "missing_equipment"}
    )


def _answers(rng: np.random.Generator, condition: Condition, library: Library) -> Answers:
    average = int(rng.integers(1, 8))
    numbers: dict[str, float] = {
        "age": int(rng.integers(18, 90)),
        "duration_weeks": int(rng.choice((1, 3, 8, 20, 60, 200))),
        "pain_avg": average,
        "pain_now": min(10, max(0, average + int(rng.integers(-1, 2)))),
        "pain_worst": min(10, average + int(rng.integers(0, 4))),
    }
    choices = {
        "onset": str(rng.choice(("gradual", "after_load_increase", "after_lift_or_twist"))),
        "sex": str(rng.choice(("female", "male", "undisclosed"), p=(0.55, 0.43, 0.02))),
        "side": str(rng.choice(("left", "right", "both"))),
        "course": str(rng.choice(("same", "improving", "comes_and_goes"))),
        "night": str(rng.choice(("none", "wakes_but_settles", "second_half_of_night"),
                                p=(0.6, 0.3, 0.1))),
        "settle_time": str(rng.choice(("minutes", "hours", "next_day", "days"))),
        "morning_stiffness": str(rng.choice(("none", "lt_30min", "30_to_60min"))),
    }
    _pregnancy(rng, condition, numbers, choices)
    if condition.template == AFTER_OPERATION:
        choices["onset"] = "after_surgery"
    sites = sorted(token.partition(":")[2] for token in condition.gate)
    ranked = sorted(library.equipment)
    missing = [one for one in ranked if rng.random() < EQUIPMENT_MISSING]
    return Answers(
        numbers=numbers,
        choices=choices,
        sites=frozenset({sites[int(rng.integers(len(sites)))]} if sites else ()),
        agg=frozenset(_some(rng, dict.fromkeys(SORE_WITH, 0.25), library, "agg")),
        sx=frozenset(_some(rng, WORRIES, library, "sx")),
        hx=frozenset(_some(rng, LIMITS, library, "hx")),
        activities=(Activity("walk to the shop", int(rng.integers(2, 7))),),
        minutes=None if rng.random() < 0.6 else int(rng.choice((10, 15, 25, 40))),
        missing_equipment=frozenset(missing),
    )


def _pregnancy(
    rng: np.random.Generator, condition: Condition, numbers: dict[str, float],
    choices: dict[str, str],
) -> None:
    """Some are pregnant; some of those do not know how many weeks, or are not sure at all."""
    chance = rng.random()
    if condition.id == AFTER_BIRTH:
        choices["sex"], numbers["age"] = "female", int(rng.integers(19, 44))
        numbers["postpartum_weeks"] = int(rng.integers(6, 40))
    elif condition.id == PREGNANT or chance < 0.08:
        choices["sex"], numbers["age"] = "female", int(rng.integers(19, 44))
        choices["pregnant"] = "maybe" if condition.id != PREGNANT and chance < 0.01 else "yes"
        if chance > 0.02:
            numbers["gestation_weeks"] = int(rng.integers(5, 36))


def _some(
    rng: np.random.Generator, chances: dict[str, float], library: Library, name: str
) -> Iterator[str]:
    known = library.vocabulary.lists[name]
    for key, chance in chances.items():
        if rng.random() < chance and key in known:
            yield key


def _allowed(answers: Answers, library: Library, *, cleared: bool) -> Answers:
    """Return the answers with as little left out as lets a program begin: who may not exercise
    does not come this far. A clinician's OK counts where the program asks for one."""
    for tried in _fewer(answers):
        hx = tried.hx | {CLEARED} if cleared else tried.hx
        if not stops_program(triage(replace(tried, hx=hx), library)):
            return tried
    raise ValueError(f"No answers let a program begin: {answers}. Mend the draw of people.")


def _fewer(answers: Answers) -> Iterator[Answers]:
    yield answers
    parts = {
        "hx": frozenset[str](), "sx": frozenset[str](), "agg": frozenset[str](),
        "choices": {**answers.choices, "night": "none", "onset": "gradual"},
        "numbers": {**answers.numbers, "age": 40, "duration_weeks": 8},
        "sites": frozenset[str](),
    }
    for many in range(1, len(parts) + 1):
        for names in combinations(parts, many):
            yield replace(answers, **{name: parts[name] for name in names})  # type: ignore[arg-type]


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
