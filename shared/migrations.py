"""Migrations: plain SQL, applied in order by yoyo under its lock; the event store's first, then the service's own."""

import logging
from pathlib import Path

from yoyo import get_backend, read_migrations

EVENT_STORE = Path(__file__).parent / "eventstore" / "migrations"


def migrate(url: str, folder: Path) -> list[str]:
    """Brings a database to the present schema; the names of the migrations that were applied now."""
    logging.getLogger("yoyo.migrations").setLevel(logging.WARNING)
    backend = get_backend(url.replace("postgresql://", "postgresql+psycopg://", 1))
    migrations = read_migrations(str(EVENT_STORE), str(folder))
    with backend.lock():
        pending = backend.to_apply(migrations)
        backend.apply_migrations(pending)
    return [migration.id for migration in pending]
