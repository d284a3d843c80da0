"""Whether an exercise suits a person, and what to change where it does.

Source: ``clinical/exercises.md``, "Filter rules", in that order; suitability flags of each
exercise (ok, modify, leave-out).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from recoup.care.facts import screening_facts
from recoup.care.recent import recent
from recoup.model.answers import Answers, Vocabulary
from recoup.model.content import Library
from recoup.model.decision import Reason
from recoup.model.exercise import Exercise, Kind, Position, Suit, Surface
from recoup.model.expression import Facts

FRAGILE = frozenset({"hx:osteoporosis", "hx:fragility_fracture", "hx:steroid_long_term"})
FALLS = frozenset(
    {"hx:repeated_falls", "hx:fall_recent", "sx:unsteady_walk", "t:balance_10s_fail", "sx:dizzy"}
)
FALLS_AGE = 75
CAUSES = {
    "pregnancy": "pregnancy",
    "osteoporosis": "fragile bones",
    "hypertension": "high blood pressure or a heart condition",
    "falls": "a risk of falling",
}
LOADS = ("some", "full")
SHORT_HOLD_S = 10
SEAT = "seat"
AT_WORK = frozenset({"chair", "counter", "doorway", "shoes", "table", "wall"})
"""What can be taken for granted at work."""
HEART = frozenset({"hx:heart_disease", "hx:aaa_known"})
SECOND_TRIMESTER_WEEK = 14
THIRD_TRIMESTER_WEEK = 28


@dataclass(frozen=True)  # no slots, see model.frozen
class Situation:
    """What limits a person today.

    ``trimesters`` are the columns of pregnancy flags that count, empty when not pregnant; all
    three when pregnant, or perhaps pregnant, with weeks unknown. ``missing`` are equipment ids
    not at hand, also "floor", "bed", and "seat" where only standing will do.
    """

    facts: Facts
    trimesters: tuple[int, ...] = ()
    fragile: bool = False
    hypertension: bool = False
    falls: bool = False
    no_floor: bool = False
    sore_wrist: bool = False
    sore_knee: bool = False
    missing: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    disliked: frozenset[str] = frozenset()
    labels: Vocabulary | None = field(default=None, compare=False)


@recent(4)
def situation(
    answers: Answers,
    library: Library,
    missing: frozenset[str] = frozenset(),
    avoid: frozenset[str] = frozenset(),
    disliked: frozenset[str] = frozenset(),
) -> Situation:
    facts = _facts(answers, library.vocabulary)
    tokens = facts.tokens
    cleared = "hx:clinician_cleared_exercise" in tokens
    falls = not FALLS.isdisjoint(tokens) or facts.numbers.get("age", 0) >= FALLS_AGE
    return Situation(
        facts=facts,
        trimesters=_trimesters(facts, answers),
        fragile=not FRAGILE.isdisjoint(tokens),
        hypertension="hx:hypertension_uncontrolled" in tokens
        or (not HEART.isdisjoint(tokens) and not cleared),
        falls=falls,
        # bed and chair for whom a fall is likely (facet.md, section 5)
        no_floor=falls or "hx:cannot_get_off_floor" in tokens or "floor" in missing,
        sore_wrist="hx:wrist_pain_loading" in tokens,
        sore_knee="hx:knee_pain_kneeling" in tokens,
        missing=missing | answers.missing_equipment,
        avoid=avoid,
        disliked=disliked,
        labels=library.vocabulary,
    )


def _facts(answers: Answers, vocabulary: Vocabulary) -> Facts:
    """Return the facts that filters read: a history that is not known to be clear counts as
    given, because unknown is not "no"."""
    facts = screening_facts(answers, vocabulary)
    open_ = (answers.unsure | answers.skipped) - vocabulary.lowering
    history = {f"hx:{key}" for key in open_ if key in vocabulary.lists["hx"]}
    return replace(facts, tokens=facts.tokens | history) if history else facts


def missing_at(place: str | None, library: Library) -> frozenset[str]:
    """Return what is not at hand at a place: at work the floor, the bed and most things; where
    only standing will do, also anything to sit on."""
    if place == "work":
        return frozenset({"floor", "bed", *library.equipment}) - AT_WORK
    if place == "standing":
        return frozenset({"floor", "bed", SEAT, "chair"})
    return frozenset()


def unsuitable(exercise: Exercise, person: Situation) -> Reason | None:
    """Return why the exercise must not be listed for this person, or None when it may be."""
    for check in _CHECKS:
        reason = check(exercise, person)
        if reason is not None:
            return reason
    return None


def changes(exercise: Exercise, person: Situation, library: Library) -> tuple[Reason, ...]:
    """Return what to do differently, one reason for each flag that says "modify"."""
    found = []
    for flag, suit in _flags(exercise, person):
        if suit is Suit.MODIFY:
            found.append(Reason(f"modify-{flag}", _change_text(exercise, flag, library)))
    if person.no_floor and exercise.suits.surface is Surface.BED_OR_FLOOR:
        text = exercise.change_if.get("bed", "Do this one on your bed.")
        found.append(Reason("modify-bed", text))
    return tuple(found)


def hold_cap(exercise: Exercise, person: Situation) -> tuple[tuple[str, int], ...]:
    """Return the cap on holds for high blood pressure where the exercise says "modify"."""
    short = person.hypertension and exercise.suits.hypertension is Suit.MODIFY
    return (("hold_s", SHORT_HOLD_S),) if short else ()


def needs_no_floor(exercise: Exercise) -> bool:
    upright = exercise.position in (Position.STANDING, Position.SITTING)
    return upright and exercise.suits.surface is Surface.NONE


def easy_walking(exercise: Exercise) -> bool:
    """Return whether it is walking, or marching on a chair, at a steady easy pace."""
    return exercise.aim == "aerobic" and exercise.kind is Kind.TIME


def _trimesters(facts: Facts, answers: Answers) -> tuple[int, ...]:
    if facts.tokens.isdisjoint({"preg", "pregmaybe"}):
        return ()
    weeks = answers.numbers.get("gestation_weeks")
    if weeks is None:
        return (0, 1, 2)
    return ((weeks >= SECOND_TRIMESTER_WEEK) + (weeks >= THIRD_TRIMESTER_WEEK),)


def _flags(exercise: Exercise, person: Situation) -> Iterator[tuple[str, Suit]]:
    """Yield the flags that concern this person, with what each says of the exercise."""
    suits = exercise.suits
    if person.trimesters:
        pregnancy = [suits.pregnancy[column] for column in person.trimesters]
        worst = next((s for s in (Suit.LEAVE_OUT, Suit.MODIFY) if s in pregnancy), Suit.OK)
        yield "pregnancy", worst
    if person.fragile:
        yield "osteoporosis", suits.osteoporosis
    if person.hypertension:
        yield "hypertension", suits.hypertension
    if person.falls:
        yield "falls", suits.falls
    if person.sore_wrist and suits.loads_wrist in LOADS:
        yield "wrist", Suit.MODIFY
    if person.sore_knee and suits.loads_knee in LOADS:
        yield "knee", Suit.MODIFY


def _change_text(exercise: Exercise, flag: str, library: Library) -> str:
    if flag in exercise.change_if:
        return exercise.change_if[flag]
    texts = library.wording.modify
    return texts.get(f"{flag}-{exercise.position}") or texts.get(flag, "Do a smaller version.")


def _avoided(exercise: Exercise, person: Situation) -> Reason | None:
    if exercise.id in person.avoid:
        return Reason("avoid-in-phase", f"{exercise.name} is left for a later phase.")
    return None


def _not_if(exercise: Exercise, person: Situation) -> Reason | None:
    for condition in exercise.not_if:
        if condition.holds(person.facts):
            atoms = condition.because(person.facts)
            said = ", ".join(person.labels.label(atom) for atom in atoms) if person.labels else ""
            text = f"{exercise.name} is left out because you told us: {said}."
            return Reason("not-if", text, tuple((atom, True) for atom in atoms))
    return None


def _suits(exercise: Exercise, person: Situation) -> Reason | None:
    for flag, suit in _flags(exercise, person):
        if suit is Suit.LEAVE_OUT:
            text = f"{exercise.name} is left out because of {CAUSES[flag]}."
            return Reason(f"leave-out-{flag}", text)
    return None


def _surface(exercise: Exercise, person: Situation) -> Reason | None:
    surface = exercise.suits.surface
    if SEAT in person.missing and exercise.position is not Position.STANDING:
        return Reason("standing-only", f"{exercise.name} is not done standing, so it rests today.")
    if person.no_floor and surface is Surface.FLOOR:
        return Reason("no-floor", f"{exercise.name} needs the floor, so it is left out.")
    if person.no_floor and "bed" in person.missing and surface is Surface.BED_OR_FLOOR:
        return Reason("no-floor-or-bed", f"{exercise.name} needs a bed or the floor.")
    return None


def _sore_hands_and_knees(exercise: Exercise, person: Situation) -> Reason | None:
    if person.sore_wrist and exercise.suits.loads_wrist == "full":
        return Reason("sore-wrist", f"{exercise.name} loads the wrists, so it is swapped.")
    if person.sore_knee and exercise.suits.loads_knee == "full":
        return Reason("sore-knee", f"{exercise.name} means kneeling, so it is swapped.")
    return None


def _equipment(exercise: Exercise, person: Situation) -> Reason | None:
    for need in exercise.equipment:
        if need in person.missing:
            words = need.replace("-", " ")
            return Reason("no-equipment", f"{exercise.name} needs a {words}.", (("need", need),))
    return None


def _disliked(exercise: Exercise, person: Situation) -> Reason | None:
    if exercise.id in person.disliked:
        return Reason("skipped-often", f"You skipped {exercise.name} three times.")
    return None


_CHECKS = (
    _avoided, _not_if, _suits, _surface, _sore_hands_and_knees, _equipment, _disliked,
)
