"""The services over HTTP, with the standard library only: patient while they start, plain about what they refuse."""

import http.client
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

PREFIXES = {
    "goals": "/goals",
    "central_initiatives": "/central",
    "local_initiatives": "/local",
    "communication": "/communication",
    "timeline": "",
}
"""Each service's place behind the gateway."""

PASSING: frozenset[int] = frozenset(
    {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
)
"""Answers of a service that is starting or restarting: worth asking again."""

ANSWER_SECONDS = 30.0
PATIENCE_SECONDS = 30.0
PAUSE_SECONDS = 0.2

Addresses = Mapping[str, str]
"""Service → base address, for each name in PREFIXES."""


class DemoError(Exception):
    """Something that stops the demo, in sentences that can be shown as they are."""


class Refused(DemoError):  # noqa: N818 - reads as what happened
    """A service answered, and the answer was no. The sentences name each fault of its problem document."""

    def __init__(self, what: str, answer: "Answer") -> None:
        super().__init__("\n".join([f"{what}: answered {answer.status}. {_title(answer)}".rstrip(), *_faults(answer)]))
        self.answer = answer


class Unreachable(DemoError):  # noqa: N818
    """A service did not answer for as long as we were willing to wait."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`body` is the JSON that came, or None if it was none; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass(slots=True)
class Client:
    """One kept-open connection per service.

    Whatever is sent may be sent again (a query, an import that knows its rows by their names, a command with an
    Idempotency-Key), so a lost connection and a `passing` answer are retried for `patience` seconds.
    Every method raises Refused for an answer that is not 2xx, and Unreachable if none came in time.
    """

    addresses: Addresses
    _connections: dict[str, http.client.HTTPConnection] = field(default_factory=dict)

    def get(
        self,
        service: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        patience: float = PATIENCE_SECONDS,
        passing: frozenset[int] = PASSING,
    ) -> Any:
        """The body of the answer."""
        return self._send("GET", service, path, b"", headers or {}, patience=patience, passing=passing).body

    def post_json(self, service: str, path: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        sent = json.dumps(body, ensure_ascii=False).encode()
        return self._send("POST", service, path, sent, {"Content-Type": "application/json", **headers})

    def post_csv(self, service: str, path: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        return self._send("POST", service, path, content, {"Content-Type": "text/csv; charset=utf-8", **headers})

    def _send(
        self,
        method: str,
        service: str,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        patience: float = PATIENCE_SECONDS,
        passing: frozenset[int] = PASSING,
    ) -> Answer:
        deadline = time.monotonic() + patience
        while True:
            try:
                answer = self._once(method, service, path, body, headers)
            except (OSError, http.client.HTTPException) as error:
                self._forget(service)
                if time.monotonic() > deadline:
                    raise Unreachable(
                        f"{service} does not answer at {self.addresses[service]} ({error or type(error).__name__}). "
                        "Is it running? `make status` shows the processes, `make logs` what they said."
                    ) from error
            else:
                if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                    return answer
                if answer.status not in passing or time.monotonic() > deadline:
                    raise Refused(f"{method} {self.addresses[service]}{path}", answer)
            time.sleep(PAUSE_SECONDS)

    def _once(self, method: str, service: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        connection, prefix = self._connection(service)
        connection.request(method, prefix + path, body or None, {"Accept-Language": "en", **headers})
        response = connection.getresponse()
        content = response.read()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, _json(content))

    def _connection(self, service: str) -> tuple[http.client.HTTPConnection, str]:
        try:
            address = urlsplit(self.addresses[service])
        except KeyError:
            raise DemoError(f"No address was given for {service}.") from None
        if service not in self._connections:
            kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
            self._connections[service] = kind(address.netloc, timeout=ANSWER_SECONDS)
        return self._connections[service], address.path.rstrip("/")

    def _forget(self, service: str) -> None:
        if connection := self._connections.pop(service, None):
            connection.close()


def behind(gateway: str) -> dict[str, str]:
    """The addresses of the services behind one gateway."""
    return {service: gateway.rstrip("/") + prefix for service, prefix in PREFIXES.items()}


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _title(answer: Answer) -> str:
    return str(answer.body.get("title", "")) if isinstance(answer.body, dict) else ""


def _faults(answer: Answer) -> list[str]:
    """One line per fault of a problem document (RFC 9457): where in the file or the command, and what is wrong."""
    faults = answer.body.get("errors") if isinstance(answer.body, dict) else None
    return [f"  {_where(fault)}{fault.get('message') or fault.get('code')}{_value(fault)}" for fault in faults or []]


def _where(fault: Mapping[str, Any]) -> str:
    place = [f"{name} {fault[name]}" for name in ("row", "column") if fault.get(name) is not None]
    if not place and fault.get("pointer"):
        place = [str(fault["pointer"])]
    return ", ".join(place) + ": " if place else ""


def _value(fault: Mapping[str, Any]) -> str:
    return f" ({fault['value']!r})" if fault.get("value") not in (None, "") else ""
