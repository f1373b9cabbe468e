"""What the whole stack holds in memory at rest."""

import time
from contextlib import suppress

import psutil

from infra.local.stack import Stack
from tests.benchmarks.figures import Figure

REST = 10
"""Seconds of rest before looking."""


def measure(stack: Stack) -> list[Figure]:
    """Resident memory of every process of the stack: shared pages counted once (PSS), and once per process (RSS)."""
    time.sleep(REST)
    members = {pid for name in stack.processes for pid in stack.pids(name)}
    full = []
    for pid in members:
        with suppress(psutil.NoSuchProcess):  # PostgreSQL's helpers come and go
            full.append(psutil.Process(pid).memory_full_info())
    pss = sum(one.pss for one in full) / 2**20
    rss = sum(one.rss for one in full) / 2**20
    source = f"{len(full)} processes; {rss:,.0f} MB if shared pages are counted once per process"
    return [Figure("memory of the stack at rest", f"{pss:,.0f} MB", "< 1,536 MB", source)]
