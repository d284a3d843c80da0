"""A second reading of the rules, sharing nothing with the engine.

It reads `docs/safety/rules.md`, the copy of the specification that is kept by hand, and judges raw
answers with Python's own ``and``, ``or`` and ``not``. It is slow and plain on purpose: whoever
doubts the engine can check this page by eye.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

PAGE = (Path(__file__).parents[2] / "docs/safety/rules.md").read_text("utf-8")
Given = dict[str, Any]
"""Answers as they come from outside: the JSON of ``recoup intake``."""

LISTS = {"s": "sites", "agg": "agg", "ease": "ease", "sx": "sx", "hx": "hx", "t": "test"}
CHOICES = {"ms": "morning_stiffness", "act": "activity_level"}
NUMBERS = {"age": "age", "dur": "duration_weeks", "worst": "pain_worst", "avg": "pain_avg"}
ASSUMED = {"emergency": {"age", "dur", "worst"}, "same_day": {"age", "dur"}}
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
COVER = {"saddle_numb", "bladder_retention", "bladder_incontinence", "bowel_incontinence"}

SCREEN = {
    "fainted", "confused_new", "saddle_numb", "bladder_retention", "bladder_incontinence",
    "bowel_incontinence", "sexual_change", "both_leg_pain", "weak_both_legs", "numb_both_legs",
    "foot_drop", "trunk_sensory_level", "unsteady_walk", "clumsy_hands", "neuro_worsening",
    "neuro_new_2w", "chest_pain", "breathless_new", "coughing_blood", "sweaty_clammy",
    "exertional_arm_jaw_chest", "pulsing_belly", "shoulder_tip_with_belly", "calf_swollen_one",
    "calf_hot_red", "arm_swollen_one", "cold_pale_limb", "tight_swollen_limb",
    "pain_out_of_proportion", "speech_trouble", "arm_face_weak_sudden", "double_vision",
    "vision_loss", "face_numb", "swallow_trouble", "drop_attack", "droopy_eyelid_small_pupil",
    "thunderclap_headache", "worst_unfamiliar_neck_head_pain", "neck_stiff_fever_light",
    "head_injury_signs", "fever", "hot_red_joint", "deformity", "cannot_weight_bear",
    "four_steps_no", "testicle_pain_or_swelling", "groin_lump_painful", "flank_colic",
    "self_harm_thoughts", "vaginal_bleeding", "fluid_leak", "regular_tightenings",
    "baby_moving_less", "severe_headache_vision_upper_belly",
}
ALSO_ASKED = {"unwell", "weight_loss", "night_sweats"}
LOWERING = {
    "sx:neuro_stable_known", "hx:known_diagnosis_from_clinician", "hx:clinician_cleared_exercise",
    "hx:gout_known", "agg:press_on_it", "agg:lift_arm_side",
    "sx:walk_leg_pain_eased_by_sit_or_lean", "t:squeeze_adductor_pain",
}
"""As `clinical/intake.yaml` lists them, written out once more."""


@dataclass(frozen=True)
class Row:
    """A rule of the page; ``when`` is its condition with every name written out."""

    id: str
    urgency: str
    action: str
    when: str
    sources: tuple[str, ...]


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


def _table(heading: str) -> Iterator[list[str]]:
    part = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return map(_cells, lines[2:])


NAMES = dict(_table("Names used above"))


def _written_out(text: str) -> str:
    return re.sub(r"\b[A-Z][A-Z_]{3,}\b", lambda name: NAMES[name[0]], text)


ROWS = {
    cells[0]: Row(cells[0], cells[2], cells[3], _written_out(cells[4]), tuple(cells[5].split()))
    for cells in _table("Rules")
}
CLOSED_LIST = {answer: set(rules.split()) for answer, rules in
               _table("Answers that may lower urgency")}

ATOM = re.compile(r"(\w+)(:|=|<=|>=|<|>)([\w.]+)|\b(preg|pregmaybe|pp|incomplete|none)\b")


@cache
def python_of(when: str) -> str:
    """Return the condition as Python: every answer a call, every sign a word.

    >>> python_of("sx:fever & !(age<18 / preg)")
    'holds("sx:fever") and  not (holds("age<18") or holds("preg"))'
    """
    quoted = ATOM.sub(lambda atom: f'holds("{atom[0]}")', when)
    return quoted.replace(" & ", " and ").replace(" / ", " or ").replace("!", " not ").strip()


@cache
def tree_of(rule: str) -> ast.expr:
    return ast.parse(python_of(ROWS[rule].when), mode="eval").body


@cache
def _code_of(rule: str) -> Any:
    return compile(python_of(ROWS[rule].when), rule, "eval")


def fires(rule: str, given: Given) -> bool:
    """Return whether a rule fires for these answers."""
    row = ROWS[rule]
    assumed = set(ASSUMED.get(row.urgency, ()))
    if rule.startswith("RF-PA"):
        assumed -= {"age"}
    return eval(_code_of(rule), {"holds": lambda atom: _holds(atom, given, assumed)})


def _holds(atom: str, given: Given, assumed: set[str]) -> bool:
    name, sign, value, plain = ATOM.fullmatch(atom).groups()
    if plain:
        return _plain(plain, given)
    if sign in SIGNS:
        number = given.get(NUMBERS[name])
        return name in assumed if number is None else SIGNS[sign](number, float(value))
    if sign == "=":
        return given.get(CHOICES.get(name, name)) == value
    unsure, skipped = _state(given, "unsure"), _state(given, "skipped")
    if atom in LOWERING:
        return value in given.get(LISTS[name], ()) and value not in unsure | skipped
    raised = name == "sx" and value in SCREEN & unsure
    return value in given.get(LISTS[name], ()) or raised


def _plain(name: str, given: Given) -> bool:
    unsure = "pregnant" in _state(given, "unsure")
    pregnant = given.get("pregnant", "no")
    return {
        "preg": pregnant == "yes",
        "pregmaybe": pregnant == "maybe" or (unsure and pregnant != "yes"),
        "pp": given.get("postpartum_weeks") is not None,
        "incomplete": _incomplete(given),
        "none": False,
    }[name]


def _incomplete(given: Given) -> bool:
    if any(given.get(name) is None for name in ("age", "onset", "duration_weeks")):
        return True
    open_ = _state(given, "skipped") & (SCREEN | ALSO_ASKED)
    said = set(given.get("sx", ())) | _state(given, "unsure") | open_
    return bool(open_ - {"sexual_change"}) or ("sexual_change" in open_ and bool(said & COVER))


def _state(given: Given, name: str) -> set[str]:
    return set(given.get("answer_state", {}).get(name, ()))
