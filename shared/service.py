"""An owning service, put together: its database, its event store, its HTTP app and its relay."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, LiteralString, cast

from flask import Flask, current_app
from flask_smorest import Blueprint

from shared import http
from shared.config import Settings, settings
from shared.contracts import pages as contract_pages
from shared.contracts.meaning import Meanings
from shared.database import Database
from shared.envelope import Catalogue
from shared.eventstore.postgres import PostgresEventStore
from shared.metrics import Gauge
from shared.pages import Pages, serving
from shared.problems import Sentences
from shared.references import Lists, Source

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
    sentences: its rejections in bokmål and English; references: the topics from which it learns the names of others'
    items; own_names: kind → a query on its read tables for the names of its own (`shared.references.Lists`);
    pages: its lists, items and forms for people; meanings: its events and their fields in words, for their contracts.
    """

    name: str
    title: str
    topic: str
    folder: Path
    catalogue: Catalogue
    examples: Sequence[Any]
    sentences: Sentences
    blueprints: Sequence[Blueprint]
    references: Sequence[Source] = ()
    own_names: Mapping[str, LiteralString] = field(default_factory=dict)
    pages: Pages | None = None
    meanings: Meanings = field(default_factory=Meanings)

    @cached_property
    def settings(self) -> Settings:
        return settings()

    @cached_property
    def database(self) -> Database:
        return Database(self.settings.database_url, size=self.settings.pool_size)

    @cached_property
    def store(self) -> PostgresEventStore:
        return PostgresEventStore(self.database)

    @cached_property
    def lists(self) -> Lists:
        """Items by name, its own and others', for pages and exports."""
        heard_of = [kind for source in self.references for kind in source.kinds]
        return Lists(self.database, heard_of=heard_of, own=self.own_names)

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
        http.publish(app, *self.blueprints)
        app.register_blueprint(contract_pages.blueprint)
        if self.pages:
            serving.install(app, self.pages)
        return app

    def gauges(self) -> Iterable[Gauge]:
        """How far behind the relay is, and who leads it; how far behind the names of others' items are."""
        with self.database.connection() as connection:
            [row] = connection.execute(GAUGES).fetchall()
        labels = {"service": self.name}
        yield Gauge("samtidig_outbox_events", "Events that Kafka has not acknowledged.", row[0], labels)
        yield Gauge("samtidig_outbox_age_seconds", "Age of the oldest of them.", row[1] or 0, labels)
        yield Gauge("samtidig_relay_epoch", "Grows with each change of the relay's leader.", row[2], labels)
        yield Gauge("samtidig_relay_lease_seconds", "What is left of the leader's lease.", row[3], labels)
        yield Gauge("samtidig_events", "Position of the newest event.", row[4], labels)
        yield from self.lists.gauges(self.name)


def current() -> Service:
    """The service whose request is being answered."""
    return cast("Service", current_app.extensions["service"])
