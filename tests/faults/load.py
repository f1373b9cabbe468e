"""A steady load of commands on the four owning services, from clients that repeat what they got no answer to."""

import http.client
import itertools
import json
import select
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from tests.faults.history import Outcome, Sent, Told

ANSWER_SECONDS = 8.0
"""How long a client waits for one answer."""

PATIENCE_SECONDS = 25.0
"""How long a client repeats a command before it leaves it as unknown. An impatient one sends once."""

PAUSE_SECONDS = 0.1
IMPORTED_ROWS = 4

YEAR = 2047
"""The plan year of the load: nobody else's."""

AREA = "Samhandling på tvers"
SECTORS = ("FEILA", "FEILB")


class Stopped(Exception):  # noqa: N818
    """The load is to end; the last command has its answer."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any


@dataclass
class Load:
    """`history` grows while `start` … `stop`; it may be read at any time.

    rate: commands per second and client.
    """

    urls: Mapping[str, str]
    prefix: str
    rate: float = 8.0
    clients: int = 5
    seed: int = 1
    history: list[Sent] = field(default_factory=list)
    crashes: list[BaseException] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _numbers: Any = field(default_factory=itertools.count)

    def prepare(self) -> None:
        """What the stories lean on: a plan with an area, two sectors, a goal that everybody revises."""
        client = self._client(0)
        client.send("central_initiatives", "/plans", {"year": YEAR})
        client.send("central_initiatives", f"/plans/{YEAR}/areas", {"name": AREA})
        for code in SECTORS:
            client.send("local_initiatives", "/sectors", {"code": code, "name": f"Sektor {code}"})
        client.send("goals", "/goals", _goal(contested(self.prefix), "Alle vil endre det"))
        refused = [sent for sent in self.history if sent.outcome != "ok"]
        assert not refused, f"the load could not be prepared: {refused}"

    def start(self) -> None:
        for number in range(self.clients):
            thread = threading.Thread(target=self._live, args=[number], name=f"client {number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Returns when every command that was begun has its answer, or is left as unknown."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(PATIENCE_SECONDS + 2 * ANSWER_SECONDS)
            assert not thread.is_alive(), f"{thread.name} hangs"
        if self.crashes:
            raise self.crashes[0]

    def next_number(self) -> int:
        return next(self._numbers)

    def _live(self, number: int) -> None:
        client = self._client(number)
        try:
            while True:
                client.random.choice(STORIES)(client)
        except Stopped:
            return
        except BaseException as error:  # noqa: BLE001 - raised by `stop`, in the test's own thread
            self.crashes.append(error)
        finally:
            client.close()

    def _client(self, number: int) -> "Client":
        """The last client is impatient."""
        patience = 0.0 if number == self.clients - 1 else PATIENCE_SECONDS
        return Client(self, patience, Random(f"{self.seed}-{number}"))


@dataclass
class Client:
    """One at a time: sends a command, and again with the same key until it has an answer or loses patience."""

    load: Load
    patience: float
    random: Random
    _next: float = 0.0
    _connections: dict[str, http.client.HTTPConnection] = field(default_factory=dict)

    def name(self) -> str:
        """A new external id."""
        return f"{self.load.prefix}{self.load.next_number()}"

    def send(
        self,
        service: str,
        path: str,
        body: Mapping[str, Any] | str,
        *,
        effects: int = 1,
        seen: int | None = None,
    ) -> Sent:
        """A command as JSON, or a CSV file. `seen`: the version for If-Match."""
        self._pace()
        key = f"{self.load.prefix}key-{self.load.next_number()}"
        headers = {"Idempotency-Key": key, "Accept-Language": "en"}
        if seen is not None:
            headers["If-Match"] = f'"{seen}"'
        sent = self._until_answered(service, path, _encoded(body, headers), headers, effects)
        self.load.history.append(sent)
        return sent

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()

    def _pace(self) -> None:
        if self.load._stopping.wait(max(0.0, self._next - time.monotonic())):
            raise Stopped
        self._next = max(self._next, time.monotonic() - 1.0) + 1.0 / self.load.rate

    def _until_answered(self, service: str, path: str, body: bytes, headers: Mapping[str, str], effects: int) -> Sent:
        began, statuses = time.time(), []
        attempts = 0
        while True:
            attempts += 1
            answer = self._once(service, path, body, headers)
            if answer:
                statuses.append(answer.status)
            if answer and answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                outcome: Outcome = "ok" if answer.status < HTTPStatus.MULTIPLE_CHOICES else "refused"
                told = _told(answer.body) if outcome == "ok" else ()
                break
            if time.time() - began > self.patience:
                outcome, told = "unknown", ()
                break
            time.sleep(PAUSE_SECONDS)
        return Sent(
            headers["Idempotency-Key"],
            service,
            effects,
            outcome,
            began,
            time.time(),
            attempts=attempts,
            statuses=tuple(statuses),
            told=told,
        )

    def _once(self, service: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer | None:
        """None where no answer came: what was sent may have taken effect, or not."""
        connection = self._connections.get(service)
        if connection is None or _is_dropped(connection):
            address = urlsplit(self.load.urls[service])
            connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=ANSWER_SECONDS)
            self._connections[service] = connection
        try:
            connection.request("POST", path, body, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, json.loads(response.read()))
        except (OSError, http.client.HTTPException, ValueError):
            connection.close()
            self._connections.pop(service, None)
            return None


def _is_dropped(connection: http.client.HTTPConnection) -> bool:
    """Whether the server ended it while nothing was under way, as one does that was killed since: a HTTP client that
    keeps connections looks before it sends, and a command that was never sent says nothing of whom it was meant for.
    """
    return connection.sock is not None and bool(select.select([connection.sock], [], [], 0)[0])


def contested(prefix: str) -> str:
    """The goal that everybody revises at once."""
    return f"{prefix}contested"


def _encoded(body: Mapping[str, Any] | str, headers: dict[str, str]) -> bytes:
    if isinstance(body, str):
        headers["Content-Type"] = "text/csv; charset=utf-8"
        return body.encode()
    headers["Content-Type"] = "application/json"
    return json.dumps(body).encode()


def _told(body: Mapping[str, Any]) -> tuple[Told, ...]:
    """The answer to a command, or to an import."""
    if "changes" in body:
        return tuple(Told(UUID(change["id"]), tuple(change["events"])) for change in body["changes"])
    return (Told(UUID(body["id"]), tuple(body["events"]), body["version"]),)


def _id(sent: Sent, name: str | None) -> str | None:
    """How the new item is addressed from now on: by the name it was given, else by the id it was answered with."""
    if name is not None:
        return name
    return str(sent.told[0].stream) if sent.told else None


def _goal(name: str | None, title: str) -> dict[str, Any]:
    return {"external_id": name, "title": title, "kind": "objective", "expected_effect": "Merkes av brukerne"}


# Stories: each goes on after an unknown outcome, and asks at its end for something that must be refused


def goal_story(client: Client) -> None:
    name = client.random.choice([None, client.name()])
    goal = _id(client.send("goals", "/goals", _goal(name, "Enklere for innbyggerne")), name)
    if goal is None:
        return
    client.send("goals", f"/goals/{goal}/revise", {"title": f"Enklere, igjen {client.name()}"})
    client.send("goals", f"/goals/{goal}/adopt", {"reason": "byrådet har vedtatt det"})
    client.send("goals", f"/goals/{goal}/retire", {"reason": "nådd"})
    client.send("goals", f"/goals/{goal}/adopt", {})


def contested_story(client: Client) -> None:
    """The version comes from the last answer: seldom the newest, as everybody else revises too (I5)."""
    goal, seen = contested(client.load.prefix), None
    for _ in range(4):
        sent = client.send("goals", f"/goals/{goal}/revise", {"title": f"Alle vil {client.name()}"}, seen=seen)
        seen = sent.told[0].version if sent.told and client.random.random() < 0.5 else None


def import_story(client: Client) -> None:
    names = [client.name() for _ in range(IMPORTED_ROWS)]
    rows = [f"{name},Importert mål,objective" for name in names]
    file = "\n".join(["external_id,title,kind", *rows])
    client.send("goals", "/goals/import", file, effects=IMPORTED_ROWS)
    client.send("goals", "/goals/import", "external_id,title,kind\nX,,objective")


def central_story(client: Client) -> None:
    name = client.random.choice([None, client.name()])
    body = {
        "external_id": name,
        "plan_year": YEAR,
        "area": AREA,
        "title": "Nettverk for ledere",
        "goals": [contested(client.load.prefix)],
        "audiences": ["leaders"],
        "start": _day(client.random),
    }
    initiative = _id(client.send("central_initiatives", "/initiatives", body), name)
    if initiative is None:
        return
    path = f"/initiatives/{initiative}"
    client.send("central_initiatives", f"{path}/reschedule", {"end": _day(client.random, 10), "reason": "flyttet"})
    if client.random.random() < 0.2:
        client.send("central_initiatives", f"{path}/cancel", {})
    else:
        client.send("central_initiatives", f"{path}/start", {"on": _day(client.random)})
        client.send("central_initiatives", f"{path}/complete", {"on": _day(client.random, 9), "effect": "Merkbar"})
    client.send("central_initiatives", f"{path}/start", {})


def local_story(client: Client) -> None:
    sector, name = client.random.choice(SECTORS), client.random.choice([None, client.name()])
    body = {
        "external_id": name,
        "sector": sector,
        "title": "Tillitsmodell",
        "goals": [contested(client.load.prefix)],
        "supports": [client.name()],  # of something that is never planned: shown as unresolved
    }
    initiative = _id(client.send("local_initiatives", "/initiatives", body), name and f"{sector}:{name}")
    if initiative is None:
        return
    path = f"/initiatives/{initiative}"
    client.send("local_initiatives", f"{path}/anchor", {"where": "fagdialog"})
    client.send("local_initiatives", f"{path}/schedule", {"start": _day(client.random)})
    client.send("local_initiatives", f"{path}/reschedule", {"end": _day(client.random, 10), "reason": "flyttet"})
    client.send("local_initiatives", f"{path}/start", {"on": _day(client.random)})
    client.send("local_initiatives", f"{path}/support", {"central": client.name()})
    client.send("local_initiatives", f"{path}/complete", {"on": _day(client.random, 9)})
    client.send("local_initiatives", f"{path}/discontinue", {})


def communication_story(client: Client) -> None:
    name = client.random.choice([None, client.name()])
    body = {"external_id": name, "title": "Nyhetsbrev", "audiences": ["employees"], "start": _day(client.random)}
    activity = _id(client.send("communication", "/activities", body), name)
    if activity is None:
        return
    path = f"/activities/{activity}"
    client.send("communication", f"{path}/reschedule", {"end": _day(client.random, 10), "reason": "flyttet"})
    client.send("communication", f"{path}/publish", {"on": _day(client.random)})
    client.send("communication", f"{path}/publish", {})


def _day(random: Random, month: int | None = None) -> str:
    """A day of the plan year, in its first half unless a month is given."""
    return f"{YEAR}-{month or random.randint(1, 6):02d}-{random.randint(1, 28):02d}"


STORIES: Sequence[Callable[[Client], None]] = (
    goal_story,
    contested_story,
    import_story,
    central_story,
    local_story,
    communication_story,
)
