"""Any answers at all, for properties of triage, recognition and sessions."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from recoup.library import load
from recoup.model.answers import TOKEN_CHOICES, TOKEN_LISTS, Answers
from recoup.model.expression import All, Any, AnyOf, Compare, Expression, Never, Not

LIBRARY = load()
VOCABULARY = LIBRARY.vocabulary
PLAIN = {
    name: sorted(keys.keys() - VOCABULARY.lowering) for name, keys in VOCABULARY.lists.items()
}
"""The keys of each list that may never lower an urgency."""

ages = st.sampled_from([19, 28, 45, 56, 66, 71, 80])
durations = st.sampled_from([0, 0.4, 1.5, 3, 5, 8, 20, 60, 400])
numbers = st.fixed_dictionaries(
    {"age": ages, "duration_weeks": durations},
    optional={"pain_worst": st.integers(0, 10), "pain_avg": st.integers(0, 10),
              "postpartum_weeks": st.integers(0, 52)},
)
onsets = st.sampled_from(sorted(VOCABULARY.choices["onset"].values))
choices = st.fixed_dictionaries(
    {"onset": onsets},
    optional={
        name: st.sampled_from(sorted(choice.values))
        for name, choice in VOCABULARY.choices.items() if name != "onset"
    },
)


def some(name: str, most: int = 5) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(PLAIN[name]), max_size=most)


@st.composite
def about_a_rule(draw: st.DrawFn) -> Answers:
    """Answers near one red-flag rule: some of the very answers that it reads, and a few others."""
    rule = draw(st.sampled_from(LIBRARY.red_flags))
    lists = {name: set(draw(some(name, 2))) for name in TOKEN_LISTS.values()}
    given = dict(draw(choices))
    for atom in draw(st.lists(st.sampled_from(list(rule.when.atoms())), max_size=6)):
        prefix, _, key = atom.partition(":")
        name, _, value = atom.partition("=")
        if key and key not in VOCABULARY.lowering:
            lists[TOKEN_LISTS[prefix]].add(key)
        elif name in TOKEN_CHOICES:
            given[TOKEN_CHOICES[name]] = value
    found = {name: frozenset(keys) for name, keys in lists.items()}
    return Answers(numbers=draw(numbers), choices=given, **found)


anything = st.one_of(
    about_a_rule(),
    st.builds(
        Answers, numbers=numbers, choices=choices, **{name: some(name) for name in PLAIN}
    ),
)
plain_keys = st.sampled_from([(name, key) for name, keys in PLAIN.items() for key in keys])


def somebody_for(*parts: Expression, wishes: Iterable[Expression] = ()) -> Answers:
    """Return answers that make expressions hold, and as many ``wishes`` as go with them."""
    made = Made()
    assert all(made.hold(part) for part in parts), "no answers were found"
    for wish in wishes:
        made.hold(wish)
    return made.answers()


class Made:
    """Answers in the making, found by walking expressions."""

    def __init__(self) -> None:
        self.tokens: set[str] = set()
        self.never: set[str] = set()
        self.numbers = {"age": 45.0, "dur": 30.0, "worst": 5.0, "avg": 4.0}
        self.fixed: set[str] = set()

    def hold(self, part: Expression) -> bool:
        if isinstance(part, AnyOf):
            token = next((t for t in part.tokens if self.free(t)), None)
            self.tokens |= {token} if token else set()
            return token is not None
        if isinstance(part, All):  # what must not be there first, then what must
            order = sorted(part.parts, key=lambda p: not isinstance(p, Not))
            return all(self.hold(one) for one in order)
        if isinstance(part, Any):
            return any(self.hold(one) for one in part.parts)
        if isinstance(part, Not):
            self.never |= set(part.part.atoms()) - self.tokens
            return True
        if isinstance(part, Compare):
            return self.number(part)
        return not isinstance(part, Never)

    def free(self, token: str) -> bool:
        """Return whether a token may still be given: of a choice only one can be."""
        name = token.partition("=")[0]
        others = {t for t in self.tokens if t != token and t.partition("=")[0] == name}
        return token not in self.never and not (name in TOKEN_CHOICES and others)

    def number(self, part: Compare) -> bool:
        near = {"<": -0.5, "<=": 0, ">=": 0, ">": 0.5}[part.sign]
        inside = part.value + near
        if part.name in self.fixed and part.sign in ("<", "<="):
            inside = min(inside, self.numbers[part.name])
        if part.name in self.fixed and part.sign in (">", ">="):
            inside = max(inside, self.numbers[part.name])
        self.numbers[part.name] = inside
        self.fixed.add(part.name)
        return True

    def answers(self) -> Answers:
        lists = {
            name: frozenset(t.partition(":")[2] for t in self.tokens if t.startswith(f"{p}:"))
            for p, name in TOKEN_LISTS.items()
        }
        choices = {"onset": "gradual"}
        for token in self.tokens:
            name, _, value = token.partition("=")
            if name in TOKEN_CHOICES:
                choices[TOKEN_CHOICES[name]] = value
        choices |= {"pregnant": "yes"} if "preg" in self.tokens else {}
        choices |= {"pregnant": "maybe"} if "pregmaybe" in self.tokens else {}
        numbers = {"age": self.numbers["age"], "duration_weeks": self.numbers["dur"],
                   "pain_worst": self.numbers["worst"], "pain_avg": self.numbers["avg"]}
        numbers |= {"postpartum_weeks": 6} if "pp" in self.tokens else {}
        if "weeks" in self.fixed:
            numbers["gestation_weeks"] = self.numbers["weeks"]
        if "incomplete" in self.tokens:
            del numbers["duration_weeks"]
        return Answers(numbers=numbers, choices=choices, **lists)
