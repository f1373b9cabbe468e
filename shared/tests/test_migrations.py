"""Migrating: at the same time, and after a process that was killed in the middle of it."""

import subprocess
import sys

import psycopg

from shared import migrations
from shared.testing.plugin import Postgres
from shared.tests.notes.service import SERVICE

FOLDER = SERVICE.folder / "migrations"
MIGRATE = (
    "import sys; from pathlib import Path; from shared import migrations;"
    "print(*migrations.migrate(sys.argv[1], Path(sys.argv[2])))"
)


def test_processes_that_migrate_at_once_do_it_once(postgres: Postgres) -> None:
    command = [sys.executable, "-c", MIGRATE, postgres.database(), str(FOLDER)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    told = sorted(process.communicate()[0].strip() for process in processes)
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert told == ["", "", "0001.event-store 0001.import 0001.note"]


def test_a_process_that_was_killed_while_it_migrated_is_in_nobody_s_way(postgres: Postgres) -> None:
    url = postgres.database()
    migrations.migrate(url, FOLDER)
    with psycopg.connect(url) as connection:  # what yoyo itself leaves behind when it is killed
        connection.execute("insert into yoyo_lock (locked, ctime, pid) values (1, now(), 1)")
    assert migrations.migrate(url, FOLDER) == []
