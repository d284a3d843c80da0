"""Check names: every reference leads somewhere, every id is its file's name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from recoup.library.emergency import NUMBERS
from recoup.library.finder import KEBAB, Finder
from recoup.library.problem import Path, nearest
from recoup.library.reader import LATER, MANY, ONCE
from recoup.library.speech import CUES, LEXICON
from recoup.model.exercise import Exercise, Suit

ELSEWHERE = (
    "motions/",
    "bodies/",
    "props/",
    "instruments/",
    "cards/",
    "lexicon/",
    "vignettes/",
    "translations/",
    "positions/",
    "moves/",
    "films/",
    "voices/",
)
"""Folders that other layers read."""

_FOLDERS = tuple(f"{folder}/" for folder in MANY)


def check_references(finder: Finder) -> None:
    _check_files(finder)
    _check_unique(finder)
    _check_sources(finder)
    _check_conditions(finder)
    _check_exercises(finder)
    _check_siblings(finder)
    _check_vocabulary(finder)
    _check_own_cards(finder)


def _check_files(finder: Finder) -> None:
    for file in finder.texts:
        name = file.rsplit("/", 1)[-1].removesuffix(".yaml")
        if not KEBAB.fullmatch(name):
            finder.report(file, (), "The file name is not kebab-case.", "Rename it: low-back-pain.")
        if file.startswith(ELSEWHERE):
            continue
        if file not in (*ONCE, *LATER, LEXICON, CUES) and not file.startswith(_FOLDERS):
            finder.report(file, (), "Nothing reads this file.", "Move it to a folder that is read.")
        for path, id_ in finder.found(file, "id"):
            if id_ != name:
                finder.report(file, path, f"The id {id_} is not the file's name.", f"Write {name}.")


def _check_unique(finder: Finder) -> None:
    """Report names given twice: rules and sources span files, codes are used in place of ids."""
    for start, pattern in (
        ("rules/red-flags/", "rules.*.id"),
        ("rules/phase-templates.yaml", "templates.*.id"),
        ("rules/siblings.yaml", "siblings.*.exercise"),
        ("evidence/", "sources.*.id"),
        (NUMBERS, "countries.*.id"),
        ("conditions/", "code"),
        ("exercises/", "code"),
    ):
        seen: dict[str, str] = {}
        for file in finder.texts:
            if file.startswith(start):
                for path, name in finder.found(file, pattern):
                    if name in seen:
                        text = f"{name} stands twice; it is also in {seen[name]}."
                        finder.report(file, path, text, "Give one of them another name.")
                    seen[name] = file


def _check_sources(finder: Finder) -> None:
    known = finder.library.evidence
    for start, pattern, needed in (
        ("conditions/", "sources.*", "id"),
        ("programs/", "sources.*", "id"),
        ("equipment/", "sources.*", ""),
        ("rules/red-flags/", "rules.*.sources.*", "rules.*.id"),
        ("rules/phase-templates.yaml", "templates.*.sources.*", "templates.*.id"),
        (NUMBERS, "countries.*.sources.*", "countries.*.id"),
    ):
        for file in finder.texts:
            if not file.startswith(start):
                continue
            given = set()
            for path, source in finder.found(file, pattern):
                given.add(path[:-2])
                _check_known(finder, file, path, "source", source, known)
            for path, _ in finder.found(file, needed) if needed else ():
                if path[:-1] not in given:
                    mend = "Add sources; design-rule or expert-judgement are honest ones."
                    finder.report(file, path[:-1], "It has no source.", mend)


def _check_known(
    finder: Finder, file: str, path: Path, kind: str, name: str, known: Collection[str]
) -> None:
    if name not in known:
        finder.report(file, path, f"There is no {kind} {name}.", nearest(name, known))


def _check_conditions(finder: Finder) -> None:
    library = finder.library
    sites = library.vocabulary.lists["sites"]
    for id_, condition in library.conditions.items():
        file = f"conditions/{id_}.yaml"
        _check_known(finder, file, ("template",), "template", condition.template, library.templates)
        for path, site in finder.found(file, "sites.*"):
            _check_known(finder, file, path, "site", site, sites)
        if not condition.gate:
            finder.report(file, ("sites",), "It has no site.", "Name where it is felt.")


def _check_exercises(finder: Finder) -> None:
    exercises = finder.library.exercises
    for id_, exercise in exercises.items():
        file = f"exercises/{id_}.yaml"
        for place, piece in enumerate(exercise.equipment):
            path = ("equipment", place)
            _check_known(finder, file, path, "equipment", piece, finder.library.equipment)
        for name in ("easier", "harder"):
            other = getattr(exercise, name)
            if other is not None:
                _check_known(finder, file, (name,), "exercise", other, exercises)
        if exercise.motion is not None and f"motions/{exercise.motion}.yaml" not in finder.texts:
            text = f"There is no motion {exercise.motion}."
            finder.report(file, ("motion",), text, "Name a file of motions/.")
        _check_modify(finder, file, exercise)
    _check_loops(finder, "easier", {id_: one.easier for id_, one in exercises.items()})
    _check_loops(finder, "harder", {id_: one.harder for id_, one in exercises.items()})


def _check_modify(finder: Finder, file: str, exercise: Exercise) -> None:
    """Report a "modify" that neither the exercise nor the common wording explains."""
    suits = exercise.suits
    needs = {
        "pregnancy": (f"pregnancy-{exercise.position}", Suit.MODIFY in suits.pregnancy),
        "osteoporosis": ("osteoporosis", suits.osteoporosis is Suit.MODIFY),
        "hypertension": ("hypertension", suits.hypertension is Suit.MODIFY),
        "falls": ("falls", suits.falls is Suit.MODIFY),
    }
    for name, (common, needed) in needs.items():
        explained = name in exercise.change_if or common in finder.library.wording.modify
        if needed and not explained:
            text = f"Nothing says how to change it for {name}."
            mend = f"Add change_if: {name} here, or {common} to wording/modify.yaml."
            finder.report(file, ("suits", name), text, mend)


def _check_loops(finder: Finder, name: str, links: Mapping[str, str | None]) -> None:
    for id_, link in links.items():
        seen, next_ = {id_}, link
        while next_ is not None and next_ not in seen:
            seen.add(next_)
            next_ = links.get(next_)
        if next_ == id_:
            text = f"Following {name} leads back here."
            finder.report(f"exercises/{id_}.yaml", (name,), text, "Break the loop.")


def _check_siblings(finder: Finder) -> None:
    file = "rules/siblings.yaml"
    for path, name in (
        *finder.found(file, "siblings.*.exercise"),
        *finder.found(file, "siblings.*.swaps.*"),
    ):
        _check_known(finder, file, path, "exercise", name, finder.library.exercises)
    for id_, sibling in finder.library.siblings.items():
        if id_ in sibling.swaps:
            finder.report(file, (), f"{id_} stands in for itself.", "Remove it from its swaps.")


def _check_vocabulary(finder: Finder) -> None:
    file = "vocabulary/answers.yaml"
    vocabulary = finder.library.vocabulary
    _check_keys(finder, file, "safety_screen", vocabulary.lists["sx"])
    _check_keys(finder, file, "also_asked", vocabulary.lists["sx"])
    _check_keys(finder, file, "lowering", _all_keys(vocabulary.lists.values()))
    for choice in vocabulary.choices.values():
        if choice.default is not None and choice.default not in choice.values:
            text = f"The default {choice.default} is no value."
            mend = nearest(choice.default, choice.values)
            finder.report(file, ("scalars", choice.key, "default"), text, mend)


def _check_keys(finder: Finder, file: str, field: str, known: Collection[str]) -> None:
    for path, key in finder.found(file, f"{field}.*"):
        _check_known(finder, file, path, "key", key, known)


def _all_keys(lists: Iterable[Mapping[str, object]]) -> set[str]:
    return {key for keys in lists for key in keys}


def _check_own_cards(finder: Finder) -> None:
    known = {rule.id for rule in finder.library.red_flags}
    for path, rule in finder.found("wording/urgency.yaml", "own_cards.*.rules.*"):
        if rule not in known:
            mend = "Name a rule of rules/red-flags/."
            finder.report("wording/urgency.yaml", path, f"{rule} is no rule.", mend)
