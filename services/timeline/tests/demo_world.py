"""The demo year as events, applied to a read model without Kafka or any other service.

It reads the files of `infra/demo` and says what the owning services would have said, as far as the timeline listens. An
event is recorded on the day that the story tells it, so that "as it was known on" has a past to show.
"""

import csv
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import psycopg
import pytest
from flask.testing import FlaskClient

from services.timeline import app as timeline_app
from services.timeline import model
from services.timeline.projection import TimelineProjection
from shared import config, identity
from shared.database import OPTIONS, Connection
from shared.envelope import Envelope

DEMO = Path(__file__).parents[3] / "infra" / "demo"
IMPORTED = datetime(2017, 1, 2, 9, tzinfo=UTC)
TOPICS = model.TOPICS
UNTOLD = UUID("00000000-0000-0000-0000-00000000dead")
"""Nobody tells of it."""

Row = Mapping[str, str]


def connect(url: str) -> Connection:
    return psycopg.connect(url, autocommit=True, options=f"{OPTIONS} -c search_path=live,public")


def create(url: str, events: Iterable[Envelope] = (), *, fresh: bool = True) -> None:
    """A read model with these events; `fresh`: all topics were read to their end just now."""
    with connect(url) as connection:
        model.create(connection, "live")
        refused = TimelineProjection().apply(connection, list(events))
        assert not refused, refused
        if fresh:
            for topic in TOPICS:
                connection.execute(
                    "insert into checkpoint (topic, partition, next_offset, newest, caught_up, end_offset)"
                    " values (%s, 0, 10, now(), now() - interval '2 seconds', 10)",
                    [topic],
                )


@contextmanager
def pages_on(url: str) -> Iterator[FlaskClient]:
    """The service on a read model that is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        config.settings.cache_clear()
        app = timeline_app.create()
    config.settings.cache_clear()
    yield app.test_client()
    app.extensions["database"].close()


class Teller:
    """Makes envelopes: counts each stream's events."""

    def __init__(self) -> None:
        self._versions: Counter[UUID] = Counter()
        self._ids = itertools.count(1)

    def event(self, what: str, stream: UUID, time: datetime = IMPORTED, /, **data: Any) -> Envelope:
        """`what` is the wire type without its frame, such as `goal.adopted`."""
        self._versions[stream] += 1
        return Envelope(
            specversion="1.0",
            id=UUID(int=next(self._ids)),
            source="samtidig/demo",
            type=f"samtidig.{what}.v1",
            subject=str(stream),
            time=time,
            datacontenttype="application/json",
            dataschema="urn:samtidig:demo",
            sequence=self._versions[stream],
            correlationid="demo",
            causationid="demo",
            data=msgspec.Raw(msgspec.json.encode(data)),
        )

    def goal(self, name: str, title: str, kind: str = "characteristic") -> Envelope:
        id_ = identity.named("goal", name)
        return self.event("goal.proposed", id_, external_id=name, title=title, kind=kind, expected_effect=None)

    def sector(self, code: str, name: str) -> Envelope:
        return self.event("sector.registered", identity.named("sector", code), code=code, name=name)

    def central(self, name: str, **row: Any) -> Envelope:
        id_ = identity.named("central-initiative", name)
        described = {"plan_year": 2018, "area": None, "description": None, "audiences": [], "responsible": None}
        dates = {"start": None, "end": None}
        return self.event("central-initiative.planned", id_, external_id=name, **{**described, **dates, **row})

    def local(
        self, name: str, sector: str, start: str | None = None, end: str | None = None, **row: Any
    ) -> list[Envelope]:
        """Proposed and, where it has a date, scheduled. `name` without the sector."""
        id_ = identity.named("local-initiative", f"{sector}:{name}")
        described = {"agency": None, "description": None, "goals": [], "supports": [], "responsible": None}
        proposed = {**described, **row, "sector": identity.named("sector", sector), "external_id": name}
        told = [self.event("local-initiative.proposed", id_, **proposed)]
        if start or end:
            told.append(self.event("local-initiative.scheduled", id_, start=start, end=end, reason=None))
        return told

    def activity(self, name: str, **row: Any) -> Envelope:
        id_ = identity.named("communication-activity", name)
        described = {"audiences": [], "channel": None, "goals": [], "central_initiatives": [], "local_initiatives": []}
        return self.event("communication-activity.planned", id_, external_id=name, **{**described, **row})


def demo() -> Iterator[Envelope]:
    """Everything that happens in `infra/demo`."""
    tell = Teller()
    yield from (tell.goal(row["external_id"], row["title"], row["kind"]) for row in _rows("goals"))
    yield from (tell.sector(row["code"], row["name"]) for row in _rows("sectors"))
    for row in _rows("agencies"):
        yield tell.event(
            "agency.registered",
            identity.named("agency", row["code"]),
            code=row["code"],
            name=row["name"],
            sector=identity.named("sector", row["sector"]),
        )
    yield from _plans(tell)
    for row in _rows("central_initiatives"):
        yield tell.central(
            row["external_id"],
            title=row["title"],
            plan_year=int(row["plan_year"]),
            area=row["area"],
            description=row["description"] or None,
            goals=_refs("goal", row["goals"]),
            audiences=row["audiences"].split(";"),
            responsible=row["responsible"] or None,
            start=row["start"] or None,
            end=row["end"] or None,
            budget=int(row["budget"]) if row["budget"] else None,
        )
    for row in _rows("local_initiatives"):
        yield from tell.local(
            row["external_id"],
            row["sector"],
            row["start"] or None,
            row["end"] or None,
            title=row["title"],
            agency=identity.named("agency", row["agency"]) if row["agency"] else None,
            description=row["description"] or None,
            goals=_refs("goal", row["goals"]),
            supports=_refs("central-initiative", row["supports"]),
            responsible=row["responsible"] or None,
        )
    for row in _rows("communication_activities"):
        yield tell.activity(
            row["external_id"],
            title=row["title"],
            audiences=row["audiences"].split(";"),
            channel=row["channel"] or None,
            start=row["start"] or None,
            end=row["end"] or None,
            goals=_refs("goal", row["goals"]),
            central_initiatives=_refs("central-initiative", row["central_initiatives"]),
            local_initiatives=_refs("local-initiative", row["local_initiatives"]),
        )
    yield from _story(tell)


def _plans(tell: Teller) -> Iterator[Envelope]:
    """A plan's first row has its title and frame; each row has an area."""
    drafted: set[str] = set()
    for row in _rows("plans"):
        id_, year = plan(row["plan_year"]), int(row["plan_year"])
        if row["plan_year"] not in drafted:
            drafted.add(row["plan_year"])
            yield tell.event("action-plan.drafted", id_, year=year, title=row["title"])
        yield tell.event("action-plan.area-added", id_, year=year, name=row["area"])
        if row["frame"]:
            yield tell.event("action-plan.budget-framed", id_, year=year, amount=int(row["frame"]))


def plan(year: str | int) -> UUID:
    return identity.named("action-plan", str(year))


STORY = {
    "goals": "goal",
    "central_initiatives": "central-initiative",
    "local_initiatives": "local-initiative",
    "communication": "communication-activity",
}
PAST = {
    "adopt": "adopted",
    "anchor": "anchored",
    "start": "started",
    "reschedule": "rescheduled",
    "schedule": "scheduled",
    "complete": "completed",
    "cancel": "cancelled",
    "discontinue": "discontinued",
    "publish": "published",
    "support": "support-declared",
    "withdraw": "withdrawn",
    "receive-feedback": "feedback-received",
    "observe-effect": "effect-observed",
    "discussions": "discussed",
    "close": "closed",
    "record-participation": "participation-recorded",
    "share-learning": "learning-shared",
    "report-status": "status-reported",
    "change-budget": "budget-changed",
}
LISTS = {"organisations", "who", "tags"}


def _story(tell: Teller) -> Iterator[Envelope]:
    day = IMPORTED
    for row in _rows("story"):
        if row["on"]:
            day = max(day, datetime.fromisoformat(f"{row['on']}T10:00:00+00:00"))
        of_plan = row["service"] == "central_initiatives" and row["item"].isdecimal()
        kind = "action-plan" if of_plan else STORY[row["service"]]
        data: dict[str, Any] = {
            name: cell.split(";") if name in LISTS else int(cell) if name == "budget" and cell else cell or None
            for name, cell in row.items()
            if name not in ("service", "item", "command", "central")
        }
        if row["central"]:
            data["central"] = identity.resolve("central-initiative", row["central"])
        yield tell.event(f"{kind}.{PAST[row['command']]}", identity.named(kind, row["item"]), day, **data)


def _rows(name: str) -> Iterator[Row]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _refs(kind: str, cell: str) -> list[UUID]:
    return [identity.resolve(kind, name) for name in cell.split(";") if name]
