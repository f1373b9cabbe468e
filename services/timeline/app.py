"""The timeline service: what is wired to what."""

from collections.abc import Iterable
from functools import partial

import psycopg
from flask import Flask

from services.timeline import api, asking, matrix, request, status, web
from services.timeline.queries import Queries
from services.timeline.remembered import Remembered
from services.timeline.sentences import SENTENCES
from shared import http, telemetry
from shared.config import settings
from shared.database import Database
from shared.metrics import Gauge
from shared.pages import browser


def create() -> Flask:
    """For the server: `gunicorn "services.timeline.app:create()"`."""
    configured = settings()
    database = Database(configured.database_url, size=configured.pool_size, search_path="live,public")
    queries = Queries(database)
    app = http.application(
        "timeline",
        "timeline (tidslinje)",
        sentences=SENTENCES,
        body_limit=configured.body_limit,
        ready=database.reachable,
        gauges=lambda: gauges(queries),
    )
    app.extensions["database"] = database
    app.extensions["remembered"] = Remembered()
    app.extensions["settings"] = configured
    app.extensions["at_start"] = partial(get_ready, app)
    app.register_blueprint(browser.blueprint)
    app.register_blueprint(web.blueprint)
    return http.publish(app, api.blueprint)


def get_ready(app: Flask) -> None:
    """Reads who works when before anybody asks: of a hundred thousand initiatives that takes most of a second."""
    with app.app_context():
        try:
            matrix.totals(request.queries(), asking.view_of({"basis": "actual"}, request.queries()))
        except (psycopg.OperationalError, psycopg.errors.UndefinedTable) as error:  # no database, or no read model yet
            telemetry.log.warning("whoever asks first waits for everybody to be read", why=str(error))


def gauges(queries: Queries) -> Iterable[Gauge]:
    """How fresh the timeline is, and what has been set aside."""
    for topic in status.freshness(queries):
        labels = {"topic": topic["topic"]}
        yield Gauge(
            "samtidig_projection_waiting_events",
            "Events read from Kafka's end, not yet projected.",
            topic["waiting"],
            labels,
        )
        yield Gauge(
            "samtidig_projection_caught_up_age_seconds",
            "Since the end of the topic was last reached.",
            topic["seconds"] if topic["seconds"] is not None else -1,
            labels,
        )
    for parked in status.parked(queries):
        yield Gauge("samtidig_parked_events", "Events set aside, by reason.", parked["events"], {"why": parked["why"]})
