"""What a process of the server does before anybody asks it anything."""

from structlog.testing import capture_logs

from services.timeline.queries import Queries
from services.timeline.tests import demo_world
from services.timeline.tests.demo_world import pages_on
from services.timeline.work import MEMBERS


def asked_of_everybody(monkeypatch):
    """What it was asked with, each time it was asked who works when."""
    found, anew = [], Queries.anew

    def listening(self, query, parameters):
        if MEMBERS in query:
            found.append(parameters)
        return anew(self, query, parameters)

    monkeypatch.setattr(Queries, "anew", listening)
    return found


def test_a_process_has_read_who_works_when_before_it_is_asked(postgres, monkeypatch):
    url = postgres.database()
    demo_world.create(url, demo_world.demo())
    asked = asked_of_everybody(monkeypatch)
    with pages_on(url) as client:
        client.application.extensions["at_start"]()
        assert len(asked) == 1
        for days in ("", "?year=2019", "?from=2018-02-01&to=2018-02-02"):
            assert client.get(f"/api/matrix{days}").status_code == 200
        assert len(asked) == 1, "whatever the window"
        assert client.get("/api/matrix?known_on=2018-02-01").status_code == 200
        assert len(asked) == 2


def test_a_process_starts_where_there_is_no_read_model_yet(postgres):
    with pages_on(postgres.database()) as client, capture_logs() as logs:
        client.application.extensions["at_start"]()
    assert [log["event"] for log in logs] == ["whoever asks first waits for everybody to be read"]
