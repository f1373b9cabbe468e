"""Loads the demo through the front doors: files through the imports, then the story command by command.

What is there already stays as it is. Each file and each command of the story carries an Idempotency-Key made from its
own content, so that sending it again gives the first answer and no new event (invariant I6): changes that somebody made
to the demo are not undone.
"""

import csv
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from infra.demo.client import PASSING, Client, DemoError, Refused

FOLDER = Path(__file__).parent

YEAR = 2018

FILES = [
    ("goals.csv", "goals", "/goals/import"),
    ("sectors.csv", "local_initiatives", "/sectors/import"),
    ("agencies.csv", "local_initiatives", "/agencies/import"),
    ("plans.csv", "central_initiatives", "/plans/import"),
    ("central_initiatives.csv", "central_initiatives", "/initiatives/import"),
    ("local_initiatives.csv", "local_initiatives", "/initiatives/import"),
    ("communication_activities.csv", "communication", "/activities/import"),
]
"""File, service, address of its import; in the order in which they build on one another."""

COLLECTIONS = {
    "goals": "goals",
    "central_initiatives": "initiatives",
    "local_initiatives": "initiatives",
    "communication": "activities",
}
"""Service → where its items are. A plan, which is named by its year, is elsewhere."""

LISTS = {"organisations", "who", "tags"}
"""Fields of a command that hold several values; in a cell they are separated by `;`."""

NUMBERS = {"budget"}

OLDER = "If the demo that is here was made by an older version: `make clean`, then `make demo`, begins anew."

NOT_YET = PASSING | {409}
"""The timeline's answers while it does not yet include the command of a Consistency-Token."""

CATCH_UP_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the story, on an item that a file made and names."""

    service: str
    item: str
    name: str
    body: Mapping[str, str | int | list[str]]

    @property
    def on_plan(self) -> bool:
        return self.service == "central_initiatives" and self.item.isdecimal()

    @property
    def path(self) -> str:
        collection = "plans" if self.on_plan else COLLECTIONS[self.service]
        return f"/{collection}/{quote(self.item, safe=':')}/{self.name}"

    @property
    def key(self) -> str:
        """The same for the same command, whenever it is sent."""
        content = json.dumps([self.service, self.path, self.body], sort_keys=True)
        return f"demo-{_digest(content.encode())}"


def story(path: Path = FOLDER / "story.csv") -> list[Command]:
    """What happened to the items of the files, in order; an empty cell is a field that the command does not have."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Command(row.pop("service"), row.pop("item"), row.pop("command"), _body(row))
            for row in csv.DictReader(lines)
        ]


def _body(cells: Mapping[str, str]) -> dict[str, str | int | list[str]]:
    return {name: _value(name, cell) for name, cell in cells.items() if cell}


def _value(name: str, cell: str) -> str | int | list[str]:
    if name in LISTS:
        return cell.split(";")
    return int(cell) if name in NUMBERS else cell


def load(client: Client) -> None:
    """Returns when everything is loaded and stands on the timeline. DemoError says what went wrong."""
    for name, service, address in FILES:
        _say(f"  {name:30}{_import(client, name, service, address)}")
    tokens = _tell(client, story())
    _wait(client, tokens)


def _import(client: Client, name: str, service: str, address: str) -> str:
    """What became of the file, in words. Refused names each row and column that is wrong."""
    content = (FOLDER / name).read_bytes()
    try:
        done = client.post_csv(service, address, content, {"Idempotency-Key": f"demo-{_digest(content)}"})
    except Refused as refused:
        raise DemoError(f"{name} was not imported.\n{refused}\n{OLDER}") from refused
    if done.headers.get("idempotency-replayed"):
        return "is there already"
    return f"{done.body['created']} new" + (f", {done.body['updated']} updated" if done.body["updated"] else "")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _tell(client: Client, commands: Sequence[Command]) -> dict[str, int]:
    """Sends the commands in order. Returns the last version of each stream that they touched."""
    versions: dict[str, int] = {}
    for command in _counted(commands):
        try:
            answer = client.post_json(command.service, command.path, command.body, {"Idempotency-Key": command.key})
        except Refused as refused:
            raise DemoError(
                f"The story stopped at `{command.name}` of {command.item} in {command.service}.\n{refused}"
            ) from refused
        stream, _, version = answer.headers.get("consistency-token", "").rpartition(":")
        if stream:
            versions[stream] = max(int(version), versions.get(stream, 0))
    return versions


def _wait(client: Client, versions: Mapping[str, int]) -> None:
    """Until the timeline includes the story.

    And with it the files: an item's own events come before those of the story in the same partition, and the story
    touches enough streams of each service to reach each partition.
    """
    started = time.monotonic()
    for stream, version in versions.items():
        try:
            client.get(
                "timeline",
                f"/api/matrix?from={YEAR}-01-01&to={YEAR}-01-01",
                {"Consistency-Token": f"{stream}:{version}"},
                patience=CATCH_UP_SECONDS,
                passing=NOT_YET,
            )
        except Refused as refused:
            raise DemoError(
                f"The timeline does not include version {version} of {stream} after {CATCH_UP_SECONDS:.0f} s. "
                f"`make status` shows whether relays and consumers run, `make logs` what they said.\n{refused}"
            ) from refused
    _say(f"  {'timeline':30}caught up after {time.monotonic() - started:.1f} s")


def _counted(commands: Sequence[Command]) -> Iterator[Command]:
    """The commands, with a count that a person can follow; in a log only its last line."""
    following = sys.stdout.isatty()
    for number, command in enumerate(commands, 1):
        if following and number % 10 == 0:
            print(f"  {'story.csv':30}{number} of {len(commands)}", end="\r", flush=True)
        yield command
    _say(f"  {'story.csv':30}{len(commands)} commands")


def _say(line: str) -> None:
    print(line, flush=True)
