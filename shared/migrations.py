"""Migrations: plain SQL, applied in order by yoyo, the shared ones first; one process at a time."""

import logging
from pathlib import Path

import psycopg
from yoyo import get_backend, read_migrations

EVENT_STORE = Path(__file__).parent / "eventstore" / "migrations"
IMPORT = Path(__file__).parent / "importing" / "migrations"

MIGRATING = 1055018
"""The advisory lock of whoever migrates. yoyo's own lock would outlive a process that was killed."""

WAITING = "-c lock_timeout=60s"


def migrate(url: str, folder: Path) -> list[str]:
    """Brings a database to the present schema; the names of the migrations that were applied now."""
    logging.getLogger("yoyo.migrations").setLevel(logging.WARNING)
    migrations = read_migrations(str(EVENT_STORE), str(IMPORT), str(folder))
    with psycopg.connect(url, autocommit=True, options=WAITING) as connection:
        connection.execute("select pg_advisory_lock(%s)", [MIGRATING])
        backend = get_backend(url.replace("postgresql://", "postgresql+psycopg://", 1))
        pending = backend.to_apply(migrations)
        backend.apply_migrations(pending)
    return [migration.id for migration in pending]
