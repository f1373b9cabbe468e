"""An owning service, put together: its database, its event store, its HTTP app and its relay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from flask_smorest import Blueprint

from shared import http
from shared.config import Settings, settings
from shared.database import Database
from shared.envelope import Catalogue
from shared.eventstore.postgres import PostgresEventStore
from shared.metrics import Gauge
from shared.problems import Sentences

GAUGES = """
select (select count(*) from outbox),
       (select coalesce(extract(epoch from clock_timestamp() - min(recorded_at)), 0)
        from event where position = (select min(position) from outbox)),
       (select coalesce(max(epoch), 0) from lease where name = 'relay'),
       (select coalesce(max(extract(epoch from expires_at - clock_timestamp())), -1) from lease where name = 'relay'),
       (select coalesce(max(position), 0) from event)
"""


@dataclass(frozen=True)
class Service:
    """What is a service's own; everything else is the same for all.

    name: its folder and database; title: for its OpenAPI page; topic: where its events go; folder: its code;
    sentences: its rejections in bokmål and English.
    """

    name: str
    title: str
    topic: str
    folder: Path
    catalogue: Catalogue
    examples: Sequence[Any]
    sentences: Sentences
    blueprints: Sequence[Blueprint]

    @cached_property
    def settings(self) -> Settings:
        return settings()

    @cached_property
    def database(self) -> Database:
        return Database(self.settings.database_url, size=self.settings.pool_size)

    @cached_property
    def store(self) -> PostgresEventStore:
        return PostgresEventStore(self.database)

    def application(self) -> Flask:
        app = http.application(
            self.name,
            self.title,
            sentences=self.sentences,
            body_limit=self.settings.body_limit,
            ready=self.database.reachable,
            gauges=self.gauges,
        )
        app.extensions["service"] = self
        return http.publish(app, *self.blueprints)

    def gauges(self) -> Iterable[Gauge]:
        """How far behind the relay is, and who leads it."""
        with self.database.connection() as connection:
            [row] = connection.execute(GAUGES).fetchall()
        labels = {"service": self.name}
        yield Gauge("samtidig_outbox_events", "Events that Kafka has not acknowledged.", row[0], labels)
        yield Gauge("samtidig_outbox_age_seconds", "Age of the oldest of them.", row[1] or 0, labels)
        yield Gauge("samtidig_relay_epoch", "Grows with each change of the relay's leader.", row[2], labels)
        yield Gauge("samtidig_relay_lease_seconds", "What is left of the leader's lease.", row[3], labels)
        yield Gauge("samtidig_events", "Position of the newest event.", row[4], labels)


def current() -> Service:
    """The service whose request is being answered."""
    return cast("Service", current_app.extensions["service"])
