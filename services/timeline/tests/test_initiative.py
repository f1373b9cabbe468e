"""Under which headings the initiatives that are related to one stand."""

import pytest

from services.timeline.initiative import HEADINGS, UNDER, by_heading


def test_every_heading_is_there_in_its_order_and_each_related_one_stands_under_one() -> None:
    related = [{"id": n, "verdict": verdict} for n, verdict in enumerate(UNDER)]
    found = by_heading(related)
    assert tuple(found) == HEADINGS == ("concurrent", "not_concurrent", "other")
    assert [row for rows in found.values() for row in rows] == related
    assert {row["verdict"] for row in found["not_concurrent"]} == {"adjacent", "sequential"}
    assert by_heading([]) == {heading: [] for heading in HEADINGS}


def test_under_a_heading_they_stand_as_they_came() -> None:
    related = [{"id": n, "verdict": verdict} for n, verdict in enumerate(["undated", "concurrent", "outside"])]
    assert [row["id"] for row in by_heading(related)["other"]] == [0, 2]


def test_a_verdict_that_stands_under_no_heading_is_a_fault() -> None:
    with pytest.raises(KeyError):
        by_heading([{"verdict": "perhaps"}])
