"""The running services, asked as people and programs ask them."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
import requests

from infra.local.processes import OWNING_SERVICES
from infra.local.stack import Stack

SHOWN_SECONDS = 30.0
"""How long something may take to be on the timeline: one wait for a token is 2 s, and the machine may be busy."""


@dataclass(frozen=True)
class City:
    """`addresses`: service → base address, of its own port or behind the gateway."""

    addresses: Mapping[str, str]

    def command(self, service: str, path: str, body: Mapping[str, Any] | None = None) -> requests.Response:
        answer = requests.post(f"{self.addresses[service]}{path}", json=dict(body or {}), timeout=30)
        assert answer.ok, f"{service} {path}: {answer.status_code} {answer.text}"
        return answer

    def send_file(self, service: str, path: str, text: str | bytes) -> requests.Response:
        content = text.encode() if isinstance(text, str) else text
        headers = {"Content-Type": "text/csv; charset=utf-8"}
        answer = requests.post(f"{self.addresses[service]}{path}", content, headers=headers, timeout=60)
        assert answer.ok, f"{service} {path}: {answer.status_code} {answer.text}"
        return answer

    def asks(self, service: str, path: str) -> list[dict[str, Any]]:
        """The first items of a list."""
        answer = requests.get(f"{self.addresses[service]}{path}", timeout=30)
        assert answer.ok, answer.text
        return answer.json()["items"]  # type: ignore[no-any-return]

    def plans(self) -> list[dict[str, Any]]:
        answer = requests.get(f"{self.addresses['central_initiatives']}/plans", {"limit": "1000"}, timeout=30)
        assert answer.ok, answer.text
        return answer.json()["items"]  # type: ignore[no-any-return]

    def see(self, path: str, after: requests.Response | None = None, **asked: str) -> Any:
        """What the timeline answers, once it includes the command that `after` answered."""
        answer = self.ask(path, after, **asked)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def ask(self, path: str, after: requests.Response | None = None, **asked: str) -> requests.Response:
        token = after.headers.get("Consistency-Token") if after is not None else None  # what changed nothing has none
        headers = {"Consistency-Token": token} if token else {}
        deadline = time.monotonic() + SHOWN_SECONDS
        while True:
            answer = requests.get(f"{self.addresses['timeline']}{path}", asked, headers=headers, timeout=30)
            if answer.status_code not in (502, 503) or time.monotonic() > deadline:
                return answer


def stored_events(stack: Stack) -> dict[str, int]:
    """How many events each owning service has."""
    found = {}
    for service in OWNING_SERVICES:
        with psycopg.connect(stack.postgres.url(service)) as connection:
            row = connection.execute("select count(*) from event").fetchone()
        assert row is not None
        found[service] = row[0]
    return found
