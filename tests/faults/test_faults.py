"""The short form: each kind of process dies once under load, two are paused, and nothing is lost or reordered."""

import pytest

from infra.local.stack import Stack
from tests.faults.faults import KILLS, PAUSES, Fault, plan
from tests.faults.run import run

SHORT = 8


def test_commands_survive_the_death_of_every_kind_of_process(stack: Stack, capsys: pytest.CaptureFixture[str]):
    """I1, I2, I3, I5, I7, I8."""
    report = run(stack, plan(SHORT))
    with capsys.disabled():
        print(f"\n{report}")
    assert not report.findings, f"\n{report}"
    assert len(report.history) > 200
    assert report.accepted_alone > 0
    assert report.counts["events applied"] == report.counts["events in stores"] > 0


def test_the_first_kills_have_something_of_each_kind():
    short = list(plan(SHORT))
    assert sum(not fault.pause for fault in short) == SHORT
    for wanted in (
        Fault("goals"),
        Fault("central_initiatives", "worker"),
        Fault("postgres"),
        Fault("kafka"),
        Fault("timeline-consumer"),
        Fault("goals-relay", "leader"),
        *PAUSES,
    ):
        assert wanted in short


def test_fifty_kills_reach_every_process_of_a_stack(stack: Stack):
    long = list(plan(50))
    assert sum(not fault.pause for fault in long) == 50
    assert {fault.process for fault in long} == {fault.process for fault in KILLS} == set(stack.processes) - {"gateway"}
