"""What was stored in an earlier version is read as what it became, from the first event on."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.local_initiatives.domain.initiative import Anchored
from services.local_initiatives.domain.upcasters import EVENTS, UPCASTERS, AnchoredV1, anchored
from services.local_initiatives.tables import CATALOGUE
from shared.envelope import OutdatedError, Trace

V1 = "samtidig.local-initiative.anchored.v1"
V2 = "samtidig.local-initiative.anchored.v2"
JANUARY = date(2018, 1, 18)


@pytest.mark.parametrize("where", ["styringsdialog", "fagdialog", "medbestemmelse"])
def test_an_anchoring_of_the_first_version_is_one_in_a_single_dialogue(where):
    assert anchored(AnchoredV1(where, JANUARY, "Etter høring")) == Anchored((where,), JANUARY, "Etter høring")


def test_both_versions_are_read_as_the_second():
    assert CATALOGUE.decode(V1, b'{"where": "fagdialog", "on": "2018-01-18", "reason": null}') == Anchored(
        ("fagdialog",), JANUARY, None
    )
    assert CATALOGUE.decode(
        V2, b'{"where": ["styringsdialog", "fagdialog"], "on": "2018-01-18", "reason": null}'
    ) == Anchored(("styringsdialog", "fagdialog"), JANUARY, None)


def test_every_earlier_version_has_its_upcaster():
    assert EVENTS.keys() == UPCASTERS.keys()


def test_the_first_version_is_written_no_more():
    place = {"id": UUID(int=1), "stream": UUID(int=2), "version": 2, "time": datetime(2018, 1, 18, tzinfo=UTC)}
    with pytest.raises(OutdatedError, match=V1):
        CATALOGUE.encode(AnchoredV1("fagdialog", JANUARY, None), **place, trace=Trace("c", "k"))
