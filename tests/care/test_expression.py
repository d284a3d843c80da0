"""The nodes of the rule language: when they hold, and what made them hold."""

from __future__ import annotations

import pytest

from recoup.model.expression import All, Any, AnyOf, Compare, Expression, Facts, Never, Not

A, B, C = AnyOf.of("a"), AnyOf.of("b"), AnyOf.of("c")
NOBODY = Facts(frozenset(), {})


def facts(*tokens, **numbers):
    return Facts(frozenset(tokens), numbers)


def test_a_set_of_answers_holds_when_one_was_given_and_names_those_given_in_order():
    either = AnyOf.of("b", "a", "c")
    assert either.holds(facts("c"))
    assert not either.holds(facts("d"))
    assert either.because(facts("c", "b", "x")) == ("b", "c")
    assert tuple(either.atoms()) == ("b", "a", "c")


@pytest.mark.parametrize(
    ("sign", "below", "at", "above"),
    [("<", True, False, False), ("<=", True, True, False), (">", False, False, True),
     (">=", False, True, True)],
)
def test_a_number_is_compared_at_both_sides_of_its_limit(sign, below, at, above):
    limit = Compare("age", sign, 50)
    assert [limit.holds(facts(age=age)) for age in (49, 50, 51)] == [below, at, above]
    assert str(limit) == f"age{sign}50"
    for age, holds in ((49, below), (50, at), (51, above)):
        assert limit.because(facts(age=age)) == ((f"age{sign}50",) if holds else ())


def test_a_missing_number_holds_only_where_it_is_assumed():
    old = Compare("age", ">=", 50)
    assert not old.holds(NOBODY)
    assert not old.holds(NOBODY, frozenset({"dur"}))
    assert old.holds(NOBODY, frozenset({"age"}))
    assert old.because(NOBODY, frozenset({"age"})) == ("age>=50",)
    assert not old.holds(facts(age=20), frozenset({"age"}))


def test_assumed_numbers_reach_every_part():
    old, assume = Compare("age", ">=", 50), frozenset({"age"})
    for whole in (All((old, A)), Any((old, B))):
        assert whole.holds(facts("a"), assume)
        assert not whole.holds(facts("a"))
        assert "age>=50" in whole.because(facts("a"), assume)
    assert not Not(old).holds(NOBODY, assume)
    assert Not(old).holds(NOBODY)
    assert Not(old).because(NOBODY, assume) == ()
    assert Not(old).because(NOBODY) == ("!age>=50",)


def test_not_is_the_opposite_and_names_what_is_not_there():
    neither = Not(AnyOf.of("a", "b"))
    assert neither.holds(facts("c"))
    assert not neither.holds(facts("b"))
    assert neither.because(facts("c")) == ("!a", "!b")
    assert neither.because(facts("a")) == ()
    assert tuple(neither.atoms()) == ("a", "b")


def test_all_needs_every_part_and_names_them_once_in_order():
    both = All((B, A, B))
    assert both.holds(facts("a", "b"))
    assert not both.holds(facts("a"))
    assert not both.holds(facts("b"))
    assert both.because(facts("a", "b")) == ("b", "a")
    assert both.because(facts("a")) == ()
    assert tuple(both.atoms()) == ("b", "a", "b")


def test_any_needs_one_part_and_names_each_that_holds():
    some = Any((A, All((B, C))))
    assert some.holds(facts("a"))
    assert some.holds(facts("b", "c"))
    assert not some.holds(facts("b"))
    assert some.because(facts("a", "b", "c")) == ("a", "b", "c")
    assert some.because(facts("b", "c")) == ("b", "c")
    assert some.because(facts("c")) == ()
    assert tuple(some.atoms()) == ("a", "b", "c")


def test_never_never_holds_and_reads_nothing():
    assert not Never().holds(facts("a"))
    assert (tuple(Never().atoms()), Never().because(facts("a"))) == ((), ())


def test_an_expression_without_a_meaning_says_so():
    for ask in (Expression().holds, Expression().because):
        with pytest.raises(NotImplementedError):
            ask(NOBODY)
    with pytest.raises(NotImplementedError):
        Expression().atoms()
