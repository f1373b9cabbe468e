"""What the service promises its readers is committed, valid, told in its README, and has words for every rule."""

from services.goals.app import SERVICE
from shared.testing.contracts import (
    assert_committed,
    assert_described,
    assert_documented,
    assert_examples_hold,
    assert_sentences,
)


def test_the_committed_contracts_are_those_of_the_events():
    assert_committed(SERVICE)


def test_every_event_and_every_field_says_what_it_means_and_since_when():
    assert_described(SERVICE)


def test_every_example_follows_its_contract():
    assert_examples_hold(SERVICE)


def test_every_rule_has_a_sentence_in_both_languages():
    assert_sentences(SERVICE)


def test_the_readme_names_every_event_and_every_rule():
    assert_documented(SERVICE)
