"""The pages on a read model of their own, once a module: with the demo, with what is odd, with nothing."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import UNTOLD, Teller, pages_on
from shared import identity
from shared.http import today
from shared.testing.plugin import Postgres


@pytest.fixture(scope="module")
def demo(postgres: Postgres) -> Iterator[FlaskClient]:
    """The demo year."""
    url = postgres.database()
    demo_world.create(url, demo_world.demo())
    with pages_on(url) as client:
        yield client


@pytest.fixture(scope="module")
def odd(postgres: Postgres) -> Iterator[FlaskClient]:
    """Titles that are code, references to what nobody told of, open sides, a sector with nothing, one that is on."""
    tell = Teller()
    k1 = identity.named("goal", "K1")
    events = [
        tell.goal("K1", "<script>alert('mål')</script>"),
        tell.sector("A", "<b>Sektor</b> & co"),
        tell.sector("TOM", "Den tomme sektoren"),
        tell.central("C1", title="<script>alert('c')</script>", start="2018-03-01", end="2018-04-30", goals=[k1]),
        tell.central("C2", title="Åpen slutt", start="2018-11-01", goals=[k1]),
        tell.central("C3", title="L" * 460, start="2018-01-01", end="2018-01-02", goals=[UNTOLD]),
        *tell.local("1", "A", "2018-04-01", "2018-05-31", title='"><img src=x>', goals=[k1]),
        *tell.local("2", "A", "2018-06-01", "2018-06-30", title="For sen", goals=[k1], supports=[UNTOLD]),
        *tell.local("3", "A", title="Uten dato", goals=[k1]),
        *tell.local("4", "borte", "2018-04-01", "2018-04-10", title="Uten sektor", goals=[k1]),
        *tell.local("5", "A", str(today() - timedelta(5)), str(today() + timedelta(5)), title="Nå", goals=[k1]),
        tell.activity("M1", title="<i>Brev</i>", start="2018-04-01", end="2018-04-01", goals=[k1]),
        tell.activity("M2", title="Udatert brev", start=None, end=None, goals=[k1]),
    ]
    url = postgres.database()
    demo_world.create(url, events)
    with demo_world.connect(url) as connection:
        connection.execute(
            'insert into parked (topic, partition, "offset", stream, version, why, detail, message)'
            " values ('goals.events', 0, 1, null, null, 'unreadable', '', '')"
        )
    with pages_on(url) as client:
        yield client


@pytest.fixture(scope="module")
def empty(postgres: Postgres) -> Iterator[FlaskClient]:
    url = postgres.database()
    demo_world.create(url, fresh=False)
    with pages_on(url) as client:
        yield client
