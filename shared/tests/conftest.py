"""Notes on a database of their own, and the two event stores that must not differ."""

from collections.abc import Iterator

import pytest

from shared import migrations
from shared.database import Database
from shared.eventstore import EventStore
from shared.eventstore.memory import InMemoryEventStore
from shared.eventstore.postgres import PostgresEventStore
from shared.testing.plugin import Postgres
from shared.tests.notes.service import SERVICE


@pytest.fixture(scope="module")
def database_url(postgres: Postgres) -> str:
    url = postgres.database()
    migrations.migrate(url, SERVICE.folder / "migrations")
    return url


@pytest.fixture(scope="module")
def database(database_url: str) -> Iterator[Database]:
    found = Database(database_url, size=10)
    yield found
    found.close()


@pytest.fixture(scope="module")
def postgres_store(database: Database) -> PostgresEventStore:
    return PostgresEventStore(database)


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> EventStore:
    if request.param == "memory":
        return InMemoryEventStore()
    return request.getfixturevalue("postgres_store")
