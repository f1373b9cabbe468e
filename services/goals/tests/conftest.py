"""The goals service on a database of its own, once a module: tests name what they make, so as not to meet."""

from collections.abc import Iterator

import pytest

from services.goals.app import SERVICE
from shared.testing.plugin import Postgres
from shared.testing.service import Running, running


@pytest.fixture(scope="module")
def goals(postgres: Postgres) -> Iterator[Running]:
    with running(SERVICE, postgres.database(), BODY_LIMIT_BYTES="20000", ADOPTED_GOALS_LIMIT="3") as service:
        yield service
