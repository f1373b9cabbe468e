"""An owning service on a database of its own, asked over HTTP without a server in between."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Barrier
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg import sql
from werkzeug.test import TestResponse

from shared import config, migrations
from shared.service import Service


@dataclass(frozen=True)
class Running:
    """`client` asks; `rows` tells what stands in the database."""

    service: Service
    app: Flask

    @property
    def client(self) -> FlaskClient:
        """A new one each time: threads must not share it."""
        return self.app.test_client()

    def post(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> TestResponse:
        return self.client.post(path, json={} if body is None else body, headers=headers)

    def send(self, path: str, file: bytes | str, headers: Mapping[str, str] | None = None) -> TestResponse:
        """A file as the body of an import."""
        return self.client.post(path, data=file, headers=headers)

    def get(self, path: str) -> Any:
        """The JSON of what is there."""
        response = self.client.get(path)
        assert response.status_code == 200, response.text  # noqa: PLR2004
        return response.json

    def rows(self) -> dict[str, list[Any]]:
        """Every row of every table but the migrations' own: equal before and after means that nothing was written."""
        with psycopg.connect(self.service.settings.database_url) as connection:
            tables = [
                name
                for (name,) in connection.execute(
                    "select tablename from pg_tables where schemaname = 'public' order by 1"
                )
                if "yoyo" not in name
            ]
            return {
                name: connection.execute(
                    sql.SQL("select * from {table} order by {table}::text").format(table=sql.Identifier(name))
                ).fetchall()
                for name in tables
            }


@contextmanager
def running(service: Service, url: str, **environment: str) -> Iterator[Running]:
    """The service on this empty database, migrated; `environment` holds further settings by their variables."""
    migrations.migrate(url, service.folder / "migrations")
    own = replace(service)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"DATABASE_URL": url, **environment}.items():
            patch.setenv(name, value)
        own.__dict__["settings"] = config.settings.__wrapped__()
    app = own.application()
    try:
        yield Running(own, app)
    finally:
        own.database.close()


def at_the_same_time(*calls: Callable[[], TestResponse]) -> list[TestResponse]:
    """Each call in a thread of its own, let go together; the answers in the same order."""
    ready = Barrier(len(calls))

    def one(call: Callable[[], TestResponse]) -> TestResponse:
        ready.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(one, call) for call in calls]]


def faults(response: TestResponse) -> set[tuple[str, str]]:
    """Pointer and code of each fault of a problem document."""
    assert response.mimetype == "application/problem+json", response.text
    document = response.json
    assert document is not None
    assert document["status"] == response.status_code
    assert document["title"]
    assert all(fault["message"] and fault["message"] != fault["code"] for fault in document["errors"])
    return {(fault["pointer"], fault["code"]) for fault in document["errors"]}


def row_faults(response: TestResponse) -> list[tuple[int | None, str | None, str]]:
    """Row, column and code of each fault of a refused file."""
    assert response.status_code == 422, response.text  # noqa: PLR2004
    document = response.json
    assert document is not None
    assert all(fault["message"] and fault["message"] != fault["code"] for fault in document["errors"])
    return [(fault["row"], fault["column"], fault["code"]) for fault in document["errors"]]
