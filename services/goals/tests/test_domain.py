"""The rules of goals, as sentences."""

from uuid import UUID

import pytest

from services.goals import domain
from services.goals.domain import Adopt, Adopted, Portfolio, Propose, Proposed, Retire, Retired, Revise, Revised
from shared.testing import Specification

PARENT = UUID("00000000-0000-4000-8000-000000000001")
ROOM = Portfolio({"characteristic": 8, "purpose": 8}, limit=9)
FULL = Portfolio({"characteristic": 9, "purpose": 9}, limit=9)


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
