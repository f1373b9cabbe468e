"""The local stack comes up, comes back, and says in a sentence what is in its way."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from infra.local import postgres, supervisor
from infra.local import stack as stacks
from infra.local.errors import StackError
from infra.local.ports import HOST, Ports, free_ports, is_open
from infra.local.processes import SERVICES, Process
from infra.local.stack import Stack
from infra.local.supervisor import Supervisor
from shared.kafka import create_topic

pytestmark = pytest.mark.usefixtures("backends")
"""These tests start servers of their own: `--no-servers` leaves them out with the others that need some."""

STORES = ["postgres", "gateway"]
"""What these tests start: Kafka takes seconds and has a test of its own."""


@pytest.fixture(scope="module")
def small() -> Iterator[Stack]:
    stack = stacks.for_tests(services=())
    stack.up(STORES)
    yield stack
    stack.remove()


@pytest.fixture
def unstarted() -> Iterator[Stack]:
    stack = stacks.for_tests(services=())
    yield stack
    stack.remove()


def query(stack: Stack) -> int:
    with psycopg.connect(stack.postgres.superuser_url) as connection:
        row = connection.execute("select 41 + 1").fetchone()
    assert row
    return int(row[0])


def test_starting_again_leaves_what_runs_alone(small: Stack):
    before = {name: small.pids(name)[0] for name in STORES}
    small.up(STORES)
    assert {name: small.pids(name)[0] for name in STORES} == before
    assert query(small) == 42


@pytest.mark.parametrize("name", STORES)
def test_a_killed_process_comes_back_by_itself(small: Stack, name: str):
    killed = small.kill(name)
    small.wait_ready(STORES)
    assert small.pids(name)[0] != killed
    assert query(small) == 42
    assert is_open(small.ports.of("gateway"))


def test_a_killed_backend_of_postgres_takes_nothing_with_it(small: Stack):
    with psycopg.connect(small.postgres.superuser_url) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
    small.wait_ready(STORES)
    assert query(small) == 42


def test_a_killed_broker_comes_back_with_its_topics(small: Stack):
    small.up(["kafka"])
    assert create_topic(small.kafka.bootstrap, "kept", partitions=1, replication=1)
    killed = small.kill("kafka")
    small.wait_ready(["kafka"])
    assert killed not in small.pids("kafka")
    assert not create_topic(small.kafka.bootstrap, "kept", partitions=1, replication=1)
    small.stop("kafka")


def test_what_a_killed_supervisor_left_behind_is_cleared_away(small: Stack):
    left = [pid for name in STORES for pid in small.pids(name)[:1]]
    boss = psutil.Process(left[0]).parent()
    assert boss is not None
    boss.kill()
    boss.wait(5)
    assert small.states() == {}
    (small.folder / "supervisor.sock").touch()
    small.up(STORES)
    assert not set(left) & {pid for name in STORES for pid in small.pids(name)}
    assert query(small) == 42


def test_a_pid_file_that_names_a_stranger_does_not_keep_postgres_down(small: Stack):
    small.down()
    (small.postgres.data / "postmaster.pid").write_text(f"{os.getpid()}\n{small.postgres.data}\n0\n1\n\n\n")
    small.up(STORES)
    assert query(small) == 42


def test_a_start_with_other_settings_replaces_what_runs(small: Stack, monkeypatch: pytest.MonkeyPatch):
    before = small.pids("postgres")[0]
    monkeypatch.setitem(postgres.SETTINGS, "work_mem", "5MB")
    small.up(STORES)
    assert small.pids("postgres")[0] != before
    with psycopg.connect(small.postgres.superuser_url) as connection:
        assert connection.execute("show work_mem").fetchone() == ("5MB",)


def test_data_stays_when_the_stack_goes_down(small: Stack):
    with psycopg.connect(small.postgres.superuser_url) as connection:
        connection.execute("create table stays ()")
    small.down()
    assert small.states() == {}
    assert not is_open(small.ports.of("postgres"))
    small.up(STORES)
    with psycopg.connect(small.postgres.superuser_url) as connection:
        assert connection.execute("select to_regclass('stays')::text").fetchone() == ("stays",)


def test_what_was_half_made_is_made_again(unstarted: Stack):
    (unstarted.folder / "postgres" / "unfinished" / "base").mkdir(parents=True)
    unstarted.up(["postgres"])
    assert query(unstarted) == 42
    assert not (unstarted.folder / "postgres" / "unfinished").exists()


def test_a_folder_that_only_its_owner_may_enter_holds_a_database_all_the_same(tmp_path: Path):
    tmp_path.chmod(0o700)
    stack = Stack(tmp_path / "stack", free_ports(), services=())
    try:
        stack.up(["postgres"])
        assert query(stack) == 42
    finally:
        stack.remove()


def test_a_service_enters_its_own_database_only(small: Stack):
    for name in ("goals", "timeline"):
        small.postgres.create_database(name)
        small.postgres.create_database(name)
    with psycopg.connect(small.postgres.url("goals")) as connection:
        connection.execute("create table mine ()")
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(small.postgres.url("timeline", role="goals"))
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://goals@{HOST}:{small.ports.of('postgres')}/goals")


def test_a_taken_port_is_named_with_the_program_that_holds_it(unstarted: Stack):
    port = unstarted.ports.of("kafka")
    with socket.create_server((HOST, port)), pytest.raises(StackError) as said:
        unstarted.up(["postgres"])
    assert f"ort {port} (kafka) is taken by" in said.value.problem
    assert str(os.getpid()) in said.value.problem
    assert "PORT=" in stacks.demo(folder=unstarted.folder).moved_by


def test_a_full_disk_is_said_before_anything_is_started(unstarted: Stack, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 10**8))
    with pytest.raises(StackError, match=r"0\.1 GB are free"):
        unstarted.up(["postgres"])


def test_a_process_that_keeps_dying_is_shown_with_the_end_of_its_log(unstarted: Stack, monkeypatch: pytest.MonkeyPatch):
    dying = Process("postgres", [sys.executable, "-c", "print('no such thing as luck'); raise SystemExit(1)"])
    monkeypatch.setattr(Stack, "processes", {"postgres": dying})
    monkeypatch.setattr(stacks, "PATIENCE", 1)
    with pytest.raises(StackError, match="postgres keeps ending") as said:
        unstarted.up(["postgres"])
    assert "no such thing as luck" in said.value.problem


def test_a_folder_whose_path_is_too_long_for_a_socket_works_all_the_same(tmp_path: Path):
    deep = tmp_path / ("a-long-name-" * 8)
    deep.mkdir()
    supervised = Supervisor(deep)
    sleeper = Process("sleeper", ["sleep", "60"])
    try:
        supervised.start([sleeper])
        supervised.start_process("sleeper")
        supervised.start_process("sleeper")
        assert set(supervised.states()) == {"sleeper"}
    finally:
        supervised.shutdown()
    assert supervised.orphans() == []


def test_a_stack_that_an_earlier_test_run_left_is_ended_and_removed():
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = stacks.HOME / f"test-{int(gone.stdout)}-0"
    left.mkdir(parents=True)
    (left / "rest").touch()
    stacks.for_tests(services=())
    assert not left.exists()


def test_two_stacks_share_no_port():
    first, second = Ports(8400), Ports(8500)
    assert not set(first.all().values()) & set(second.all().values())
    assert {first.of(name) for name in SERVICES} == {8401, 8402, 8403, 8404, 8405}
    assert (first.of("gateway"), first.of("postgres"), first.of("kafka")) == (8400, 8432, 8492)


def test_the_demo_keeps_the_ports_it_was_started_on(tmp_path: Path):
    assert stacks.demo(folder=tmp_path).ports == Ports(8400)
    (tmp_path / "ports").write_text('{"base": 9400}')
    assert stacks.demo(folder=tmp_path).ports == Ports(9400)
    assert stacks.demo(9500, tmp_path).ports == Ports(9500)


def test_each_process_is_tried_again_without_end():
    text = Supervisor(Path("/nowhere"))._configuration([Process("relay", ["true"])])
    assert "autorestart=true" in text
    assert "startretries=1000000" in text


def test_a_percent_sign_in_a_setting_reaches_the_process(tmp_path: Path):
    supervised = Supervisor(tmp_path)
    writer = Process("writer", ["sh", "-c", 'echo "$SAID"; sleep 60'], {"SAID": "100 % sure"})
    try:
        supervised.start([writer])
        supervised.start_process("writer")
        deadline = time.monotonic() + 5
        while not supervised.last_lines("writer", 1) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert supervised.last_lines("writer", 1) == ["100 % sure"]
    finally:
        supervised.shutdown()


def test_settings_of_the_caller_s_shell_do_not_reach_the_processes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    inherited = supervisor.inherited_environment()
    assert "DATABASE_URL" not in inherited
    assert inherited["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://127.0.0.1:4318"
