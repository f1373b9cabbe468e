"""Idempotency keys that meet: on two streams at once, on a command and an import, and an empty one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from services.goals.app import SERVICE
from shared.testing.plugin import Postgres
from shared.testing.service import Running, running


@pytest.fixture(scope="module")
def goals(postgres: Postgres) -> Iterator[Running]:
    with running(SERVICE, postgres.database()) as found:
        yield found


def propose(goals: Running, title: str, key: str) -> TestResponse:
    body: dict[str, Any] = {"title": title, "kind": "objective"}
    return goals.post("/goals", body, {"Idempotency-Key": key})


def send(goals: Running, name: str, key: str) -> TestResponse:
    return goals.send("/goals/import", f"external_id,title,kind\n{name},{name},objective\n", {"Idempotency-Key": key})


def titles(goals: Running) -> list[str]:
    return [row[3] for row in goals.rows()["goal"]]


@pytest.mark.parametrize("round_", range(5))
def test_one_key_on_many_streams_and_an_import_at_once_has_one_effect(goals: Running, round_: int) -> None:
    """I6. One wins; the others are told that the key is taken."""
    key = f"meets {round_}"
    with ThreadPoolExecutor(6) as pool:
        told = [pool.submit(propose, goals, f"{key} {n}", key) for n in range(4)]
        told += [pool.submit(send, goals, f"{key} import {n}", key) for n in range(2)]
        codes = sorted(one.result().status_code for one in told)
    assert codes[0] in (200, 201)
    assert codes[1:] == [422] * 5
    assert len([title for title in titles(goals) if title.startswith(key)]) == 1


def test_an_empty_key_is_none(goals: Running) -> None:
    """It was shared by all who send it: the second was refused, or given the answer to the first."""
    assert propose(goals, "First", "").status_code == 201
    assert propose(goals, "Second", "").status_code == 201
    assert [send(goals, name, "").status_code for name in ("E1", "E2")] == [200, 200]
    assert {"First", "Second", "E1", "E2"} <= set(titles(goals))
