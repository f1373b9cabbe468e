"""What a worker of gunicorn does once it is there."""

import threading
from types import SimpleNamespace

from shared import http, serving, telemetry


def start(monkeypatch, extensions):
    """A worker, and what it did."""
    done = []
    monkeypatch.setattr(telemetry, "start", lambda name, _level: done.append(name))
    monkeypatch.setattr(http, "stop_on_sigterm", lambda: done.append("signals"))
    app = SimpleNamespace(name="timeline", extensions=extensions)
    serving.post_worker_init(SimpleNamespace(app=SimpleNamespace(callable=app)))
    return done


def test_a_worker_answers_while_its_service_gets_ready(monkeypatch):
    answering, ready = threading.Event(), threading.Event()

    def get_ready():
        if answering.wait(10):
            ready.set()

    assert start(monkeypatch, {"at_start": get_ready}) == ["timeline", "signals"]
    assert not ready.is_set()
    answering.set()
    assert ready.wait(10)


def test_a_service_may_have_nothing_to_get_ready(monkeypatch):
    assert start(monkeypatch, {}) == ["timeline", "signals"]
