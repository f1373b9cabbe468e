"""How long a fault was felt, read from what was sent, stored, published and seen."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.faults.checker import Published, Stored
from tests.faults.faults import Done, Fault
from tests.faults.history import Sent
from tests.faults.waits import Timeline, felt, longest

A = UUID(int=1)
TEXT = "event"
WORLD = Timeline(
    history=[
        Sent("quick", "goals", 1, "ok", 101.0, 101.1),
        Sent("slow", "goals", 1, "ok", 102.0, 105.5),
        Sent("elsewhere", "communication", 1, "ok", 102.0, 109.0),
        Sent("later", "goals", 1, "ok", 130.0, 139.0),
    ],
    stored={"goals": [Stored(1, A, 1, UUID(int=7), "proposed", "slow", TEXT, time=102.0)], "communication": []},
    published={
        "goals": [Published(0, offset, A, 1, UUID(int=7), TEXT, time) for offset, time in ((0, 104.0), (1, 108.0))]
    },
    first_seen={(A, 1): 107.0},
)


@pytest.mark.parametrize(
    ("process", "seconds"),
    [
        ("goals", 3.5),
        ("postgres", 7.0),
        ("goals-relay", 2.0),
        ("kafka", 5.0),
        ("timeline-consumer", 5.0),
        ("timeline", 0.0),
    ],
)
def test_a_fault_is_felt_as_long_as_anything_of_its_kind_had_to_wait(process: str, seconds: float):
    assert felt(Done(Fault(process), at=100.0, over=110.0), WORLD) == pytest.approx(seconds)


def test_what_still_waits_when_all_is_well_waits_for_the_next_fault():
    done = Done(Fault("kafka"), at=100.0, over=103.0)
    assert felt(done, WORLD) == pytest.approx(1.0)
    assert felt(replace(done, at=90.0, over=95.0), WORLD) == 0.0


def test_the_same_fault_is_told_once_with_its_longest():
    faults = [Done(Fault("goals"), at=100.0, over=110.0), Done(Fault("goals"), at=129.5, over=150.0)]
    assert longest(faults, WORLD) == {"SIGKILL goals": (2, pytest.approx(9.0))}
