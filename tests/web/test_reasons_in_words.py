"""Every token that a rule may give as its reason can be shown to the person."""

from __future__ import annotations

from recoup.services import shelf
from recoup.web.body import headings
from recoup.web.said import in_words


def test_every_token_of_every_rule_and_condition_has_words():
    library = shelf.current()
    tokens = [atom for rule in library.red_flags for atom in rule.when.atoms()]
    tokens += [f.token for c in library.conditions.values() for f in c.features]
    for token in tokens:
        (words,) = in_words([token], library.vocabulary)
        assert words, token
        assert words[0].isupper() or words[0].isdigit(), words
        assert ":" not in words or words.startswith(("Worse with:", "Better with:", "Pain here:"))


def test_words_are_said_once_and_in_order():
    vocabulary = shelf.current().vocabulary
    said = in_words(["agg:bend_back", "dur<2", "agg:bend_back", "preg"], vocabulary)
    assert said == (
        "Worse with: bending back", "It began under 2 weeks ago", "You are pregnant",
    )


def test_what_was_not_said_is_told_apart():
    (words,) = in_words(["!age>=50"], shelf.current().vocabulary)
    assert words == "You did not say: your age is 50 or more"


def test_every_place_but_all_over_has_a_group():
    vocabulary = shelf.current().vocabulary
    assert vocabulary.lists["sites"].keys() - headings(vocabulary).keys() == {"widespread"}
    assert next(iter(headings(vocabulary).values())) == "Head and jaw"
