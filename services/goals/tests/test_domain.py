"""The rules of goals, as sentences."""

from datetime import date
from uuid import UUID

import pytest

from services.goals import domain
from services.goals.domain import (
    Adopt,
    Adopted,
    EffectObserved,
    Goal,
    ObserveEffect,
    Portfolio,
    Propose,
    Proposed,
    Retire,
    Retired,
    Revise,
    Revised,
    portfolio_after,
    require_another_parent,
)
from shared.decider import Rejected
from shared.testing import Specification

PARENT = UUID("00000000-0000-4000-8000-000000000001")
ROOM = Portfolio({"characteristic": 8, "purpose": 8}, limit=9)
FULL = Portfolio({"characteristic": 9, "purpose": 9}, limit=9)
AUTUMN, WINTER = date(2018, 11, 30), date(2018, 12, 14)


def goals(portfolio=ROOM):
    return Specification(domain, portfolio)


def proposed(kind="characteristic", effect="Ledere vet hva som teller"):
    return Proposed("K1", "Få og tydelige mål", kind, None, None, effect, None, None)


def revised(kind="characteristic", effect="Ledere vet hva som teller", title="Få og tydelige mål", reason=None):
    return Revised(title, kind, None, None, effect, None, reason)


def test_a_title_and_a_kind_are_enough_for_a_proposal():
    goals().when(Propose("Få og tydelige mål", "objective")).then(
        Proposed(None, "Få og tydelige mål", "objective", None, None, None, None, None)
    )


def test_a_proposal_keeps_everything_that_was_said():
    goals().when(Propose("Mål", "purpose", "F1", "F", "Mer", "Bedre", PARENT, "Sak 1055/17")).then(
        Proposed("F1", "Mål", "purpose", "F", "Mer", "Bedre", PARENT, "Sak 1055/17")
    )


def test_a_goal_is_proposed_once():
    goals().given(proposed()).when(Propose("Noe annet", "objective", "K1")).rejected("goal-exists", "external_id")


def test_a_goal_with_an_expected_effect_can_be_adopted():
    goals().given(proposed()).when(Adopt("Vedtatt")).then(Adopted("Vedtatt"))


@pytest.mark.parametrize("effect", [None, ""])
def test_a_goal_is_not_adopted_before_its_expected_effect_is_known(effect):
    goals().given(proposed(effect=effect)).when(Adopt()).rejected("expected-effect-missing", "expected_effect")


@pytest.mark.parametrize("kind", ["characteristic", "purpose"])
def test_a_tenth_goal_of_a_kind_is_one_too_many(kind):
    goals(FULL).given(proposed(kind)).when(Adopt()).rejected("too-many-adopted-goals")


@pytest.mark.parametrize("kind", ["characteristic", "purpose"])
def test_the_ninth_goal_of_a_kind_has_its_place(kind):
    goals(ROOM).given(proposed(kind)).when(Adopt()).then(Adopted(None))


def test_each_kind_has_places_of_its_own():
    goals(Portfolio({"purpose": 9}, 9)).given(proposed("characteristic")).when(Adopt()).then(Adopted(None))


def test_objectives_are_not_limited():
    goals(FULL).given(proposed("objective")).when(Adopt()).then(Adopted(None))


def test_a_goal_is_adopted_once():
    goals().given(proposed(), Adopted(None)).when(Adopt()).rejected("goal-not-proposed")


def test_a_retired_goal_is_not_adopted():
    goals().given(proposed(), Retired(None)).when(Adopt()).rejected("goal-not-proposed")


def test_a_revision_changes_what_it_names_and_keeps_the_rest():
    goals().given(proposed()).when(Revise({"title": "Færre mål"}, "Klarere")).then(
        revised(title="Færre mål", reason="Klarere")
    )


def test_a_revision_that_says_what_is_there_already_gives_no_event():
    goals().given(proposed()).when(Revise({"title": "Få og tydelige mål", "kind": "characteristic"})).then_nothing()


def test_a_revision_may_empty_a_field_of_a_proposal():
    goals().given(proposed()).when(Revise({"expected_effect": None})).then(revised(effect=None))


def test_an_adopted_goal_keeps_an_expected_effect():
    goals().given(proposed(), Adopted(None)).when(Revise({"expected_effect": None})).rejected(
        "expected-effect-missing", "expected_effect"
    )


def test_an_adopted_goal_changes_kind_only_where_there_is_room():
    change = Revise({"kind": "purpose"})
    goals(FULL).given(proposed(), Adopted(None)).when(change).rejected("too-many-adopted-goals", "kind")
    goals(ROOM).given(proposed(), Adopted(None)).when(change).then(revised("purpose"))


def test_an_adopted_goal_may_be_revised_although_all_places_are_taken():
    goals(FULL).given(proposed(), Adopted(None)).when(Revise({"title": "Nytt navn"})).then(revised(title="Nytt navn"))


def test_a_retired_goal_is_not_revised():
    goals().given(proposed(), Retired(None)).when(Revise({"title": "Nytt navn"})).rejected("goal-retired")


@pytest.mark.parametrize("history", [[proposed()], [proposed(), Adopted(None)]])
def test_a_goal_can_be_retired_before_and_after_its_adoption(history):
    goals().given(*history).when(Retire("Nådd")).then(Retired("Nådd"))


def test_a_goal_is_retired_once():
    goals().given(proposed(), Retired(None)).when(Retire()).rejected("goal-not-active")


def test_a_revision_is_what_the_next_one_is_compared_with():
    goals().given(proposed(), revised(title="Færre mål")).when(Revise({"title": "Færre mål"})).then_nothing()


# Effects


def test_an_effect_of_an_adopted_goal_is_one_sentence_and_a_day():
    goals().given(proposed(), Adopted(None)).when(ObserveEffect("Færre rapporter", AUTUMN, "Fra bydelene")).then(
        EffectObserved("Færre rapporter", AUTUMN, "Fra bydelene")
    )


def test_an_effect_may_be_observed_after_the_goal_was_retired():
    goals().given(proposed(), Adopted(None), Retired(None)).when(ObserveEffect("Færre rapporter", AUTUMN)).then(
        EffectObserved("Færre rapporter", AUTUMN, None)
    )


@pytest.mark.parametrize("history", [[proposed()], [proposed(), Retired(None)]])
def test_of_a_goal_that_was_never_adopted_no_effect_is_observed(history):
    goals().given(*history).when(ObserveEffect("Færre rapporter", AUTUMN)).rejected("goal-not-adopted")


def test_effects_are_added_to_those_observed_before():
    seen = EffectObserved("Færre rapporter", AUTUMN, None)
    goals().given(proposed(), Adopted(None), seen).when(ObserveEffect("Færre rapporter", WINTER)).then(
        EffectObserved("Færre rapporter", WINTER, None)
    )


def test_the_same_effect_of_the_same_day_is_observed_once():
    seen = EffectObserved("Færre rapporter", AUTUMN, None)
    goals().given(proposed(), Adopted(None), seen).when(ObserveEffect("Færre rapporter", AUTUMN)).then_nothing()


def test_an_effect_does_not_ask_about_the_other_goals():
    goals(FULL).given(proposed(), Adopted(None)).when(ObserveEffect("Færre rapporter", AUTUMN)).then(
        EffectObserved("Færre rapporter", AUTUMN, None)
    )


# Other goals


def test_a_goal_is_not_its_own_parent():
    with pytest.raises(Rejected) as rejected:
        require_another_parent(PARENT, PARENT)
    assert (rejected.value.code, rejected.value.field) == ("parent-is-itself", "parent")


@pytest.mark.parametrize("parent", [PARENT, None])
def test_a_goal_has_another_goal_as_its_parent_or_none(parent):
    require_another_parent(UUID(int=2), parent)


@pytest.mark.parametrize(
    ("before", "after", "adopted"),
    [
        (Goal("adopted", kind="objective"), Goal("adopted", kind="purpose"), {"objective": 1, "purpose": 3}),
        (Goal("proposed", kind="purpose"), Goal("adopted", kind="purpose"), {"objective": 2, "purpose": 3}),
        (Goal("adopted", kind="purpose"), Goal("retired", kind="purpose"), {"objective": 2, "purpose": 1}),
        (Goal("proposed", kind="objective"), Goal("proposed", kind="purpose"), {"objective": 2, "purpose": 2}),
        (Goal(), Goal("proposed", kind="purpose"), {"objective": 2, "purpose": 2}),
    ],
)
def test_the_next_goal_of_a_file_knows_which_places_the_one_before_took_and_left(before, after, adopted):
    assert portfolio_after(Portfolio({"objective": 2, "purpose": 2}, 9), before, after).adopted == adopted
