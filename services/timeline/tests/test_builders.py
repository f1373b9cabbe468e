"""How the processes of a rebuild begin and end. That they build the same rows: `test_model.py`."""

import subprocess
import sys

import psutil
import pytest

from infra.local.processes import ROOT

PATIENCE = 30

BEGIN = """
import os, sys, threading, time
from services.timeline.builders import builders

def from_nothing():
    return "spawn_main" in " ".join(sys.orig_argv)

if __name__ == "__main__":
    if sys.argv[1] == "spawn":
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    with builders(2, list) as pool:
        print(pool.submit(from_nothing).result(), flush=True)
        time.sleep(60 if sys.argv[2] == "stay" else 0)
"""


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "begin.py"
    path.write_text(BEGIN)
    return path


def begin(script, method: str, until: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, str(script), method, until],
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(ROOT), "LOG_LEVEL": "WARNING"},
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere they are never forked")
@pytest.mark.parametrize(("method", "from_nothing"), [("fork", "False"), ("spawn", "True")])
def test_builders_are_forked_where_no_thread_can_hold_a_lock(script, method, from_nothing):
    with begin(script, method, "end") as process:
        assert process.stdout.readline().strip() == from_nothing
    assert process.returncode == 0


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_builder_ends_with_whoever_began_it(script, method):
    """Killed, it can't tell them to; and what they wait for would never come."""
    with begin(script, method, "stay") as process:
        process.stdout.readline()
        there = psutil.Process(process.pid).children()
        assert len(there) >= 1
        process.kill()
    _, alive = psutil.wait_procs(there, timeout=PATIENCE)
    assert alive == []
