"""The service on a real PostgreSQL: a database for each module, emptied before each test."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from services.central_initiatives.app import SERVICE
from shared.testing.plugin import Postgres
from shared.testing.service import Running, running

TABLES = ("event", "outbox", "idempotency", "action_plan", "initiative", "frozen_report")
EMPTY = "; ".join(f"delete from {table}" for table in TABLES)


@pytest.fixture(scope="module")
def migrated(postgres: Postgres) -> Iterator[Running]:
    with running(SERVICE, postgres.database()) as service:
        yield service


@pytest.fixture
def central(migrated: Running) -> Running:
    with migrated.service.database.connection() as connection:
        connection.execute(EMPTY)
    return migrated


@pytest.fixture
def client(central: Running) -> FlaskClient:
    return central.client


@pytest.fixture
def plan(client: FlaskClient) -> None:
    """The action plan of 2018, with one area."""
    assert client.post("/plans", json={"year": 2018}).status_code == 201
    assert client.post("/plans/2018/areas", json={"name": "Ledelse"}).status_code == 200
