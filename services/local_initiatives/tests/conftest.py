"""The service on a database of its own, once a module: tests name their items so that they don't meet."""

from collections.abc import Iterator

import pytest

from services.local_initiatives.app import SERVICE
from shared.testing.plugin import Postgres
from shared.testing.service import Running, running


@pytest.fixture(scope="module")
def local(postgres: Postgres) -> Iterator[Running]:
    """With two sectors, and an agency in each."""
    with running(SERVICE, postgres.database(), BODY_LIMIT_BYTES="200000") as service:
        for code, name, agency in (("EHA", "Eldre, helse og arbeid", "BSA"), ("FIN", "Finans", "KEM")):
            assert service.post("/sectors", {"code": code, "name": name}).status_code == 201
            body = {"code": agency, "name": f"Virksomheten {agency}", "sector": code}
            assert service.post("/agencies", body).status_code == 201
        yield service
