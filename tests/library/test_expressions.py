from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoup.library import load
from recoup.library.expressions import Grammar, written
from recoup.model.answers import TOKEN_CHOICES, TOKEN_LISTS
from recoup.model.expression import All, Any, AnyOf, Compare, Expression, Facts, Never, Not

VOCABULARY = load().vocabulary
GRAMMAR = Grammar(VOCABULARY, {"SPINE": AnyOf.of("s:low_back", "s:upper_back")})
SOME = 4
TOKENS = [
    *(
        f"{p}:{key}"
        for p, name in TOKEN_LISTS.items()
        for key in list(VOCABULARY.lists[name])[:SOME]
    ),
    *(f"{p}={v}" for p, name in TOKEN_CHOICES.items() for v in VOCABULARY.choices[name].values),
    "preg",
    "pregmaybe",
    "pp",
    "incomplete",
]

tokens = st.sampled_from(TOKENS)
compares = st.builds(
    Compare,
    st.sampled_from(["age", "dur", "worst", "avg", "weeks"]),
    st.sampled_from(["<", "<=", ">", ">="]),
    st.integers(0, 60).map(float) | st.sampled_from([0.5, 1.5]),
)
leaves = st.lists(tokens, min_size=1, max_size=3).map(lambda some: AnyOf.of(*some)) | compares
trees = st.recursive(
    leaves | st.just(Never()),
    lambda parts: (
        st.builds(Not, parts)
        | st.lists(parts, min_size=1, max_size=3).map(lambda some: All(tuple(some)))
        | st.lists(parts, min_size=1, max_size=3).map(lambda some: Any(tuple(some)))
    ),
    max_leaves=12,
)
facts = st.builds(
    Facts,
    st.frozensets(tokens, max_size=20),
    st.dictionaries(st.sampled_from(["age", "dur", "worst", "avg", "weeks"]), st.integers(0, 60)),
)
assumed = st.frozensets(st.sampled_from(["age", "dur", "worst"]))


def parsed(text: str) -> Expression:
    tree, faults = GRAMMAR.parse(text)
    assert faults == ()
    return tree


@given(trees, facts, assumed)
def test_a_printed_tree_holds_for_the_same_facts(tree, given_facts, assume):
    again = parsed(written(tree))
    assert again.holds(given_facts, assume) == tree.holds(given_facts, assume)
    assert written(again) == written(parsed(written(again)))


@given(trees)
def test_a_printed_tree_names_the_same_atoms(tree):
    assert set(parsed(written(tree)).atoms()) == set(tree.atoms())


def test_every_rule_of_the_library_survives_printing():
    for flag in load().red_flags:
        assert parsed(written(flag.when)) == flag.when


def test_not_binds_before_and_before_or():
    assert parsed("!preg & pp | s:low_back") == Any(
        (All((Not(AnyOf.of("preg")), AnyOf.of("pp"))), AnyOf.of("s:low_back"))
    )
    assert parsed("!(preg | pp)") == Not(AnyOf.of("preg", "pp"))


def test_or_of_plain_tokens_is_one_set():
    assert parsed("preg | (pp | SPINE)") == AnyOf.of("preg", "pp", "s:low_back", "s:upper_back")
    assert parsed("preg | pp | preg") == AnyOf.of("preg", "pp")


def test_a_single_token_is_a_set_of_one():
    assert parsed("ms=lt_30min") == AnyOf.of("ms=lt_30min")


def test_a_number_is_compared():
    assert parsed("dur < 0.5") == Compare("dur", "<", 0.5)


def test_none_never_holds():
    assert parsed("none") == Never()


@pytest.mark.parametrize(
    ("text", "said", "mend"),
    [
        ("sx:weak_legs", "sx:weak_legs", "weak_leg"),
        ("onset=minor", "onset=minor", "minor_trauma"),
        ("ag:sit", "no list ag:", "agg"),
        ("oset=gradual", "no choice oset=", "onset"),
        ("ages>3", "no number ages", "age"),
        ("pregnant", "no token pregnant", "preg"),
        ("SPIN", "no macro SPIN", "SPINE"),
        ("preg &", "too early", "missing"),
        ("& preg", "Unexpected &", "token"),
        ("preg pp", "Unexpected pp", "Join"),
        ("(preg", "not closed", ")"),
        ("preg)", "Unexpected )", "close"),
        ("", "too early", "missing"),
        ("age>=x", "Cannot read", "age>=50"),
        ("age>=5y", "Cannot read", "age>=50"),
        ("sx:a-b", "Cannot read", "tokens"),
    ],
)
def test_a_fault_says_what_is_wrong_and_how_to_mend_it(text, said, mend):
    _, faults = GRAMMAR.parse(text)
    assert any(said in fault.text and mend in fault.mend for fault in faults), faults


def test_every_fault_of_an_expression_is_told():
    _, faults = GRAMMAR.parse("sx:one | sx:two & XY")
    assert len(faults) == 3


@given(st.text(alphabet="sxag:=<>()&|! 0159_abPREG", max_size=30))
def test_any_text_gives_a_tree_or_a_fault(text):
    tree, _ = GRAMMAR.parse(text)
    tree.holds(Facts(frozenset(), {}))
