"""What a worker of gunicorn does once it is there."""

import importlib
import threading
from types import SimpleNamespace

import pytest

from shared import http, telemetry


@pytest.fixture
def serving(monkeypatch, tmp_path):
    """Metrics of several workers, which it turns on where it is imported, are for this test alone."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    return importlib.import_module("shared.serving")


def start(serving, monkeypatch, extensions):
    """A worker, and what it did."""
    done = []
    monkeypatch.setattr(telemetry, "start", lambda name, _level: done.append(name))
    monkeypatch.setattr(http, "stop_on_sigterm", lambda: done.append("signals"))
    app = SimpleNamespace(name="timeline", extensions=extensions)
    serving.post_worker_init(SimpleNamespace(app=SimpleNamespace(callable=app)))
    return done


def test_a_worker_answers_while_its_service_gets_ready(serving, monkeypatch):
    answering, ready = threading.Event(), threading.Event()

    def get_ready():
        if answering.wait(10):
            ready.set()

    assert start(serving, monkeypatch, {"at_start": get_ready}) == ["timeline", "signals"]
    assert not ready.is_set()
    answering.set()
    assert ready.wait(10)


def test_a_service_may_have_nothing_to_get_ready(serving, monkeypatch):
    assert start(serving, monkeypatch, {}) == ["timeline", "signals"]


@pytest.mark.parametrize(
    ("counted", "looked_through"),
    [((5_000, 99, 99), []), ((5_001, 10, 200), [2]), ((5_001, 11, 100), [1]), ((9_999, 0, 0), [0])],
)
def test_cycles_are_looked_for_between_answers_as_python_would_while_one_is_made(
    serving, monkeypatch, counted, looked_through
):
    collected = []
    monkeypatch.setattr(serving.gc, "get_count", lambda: counted)
    monkeypatch.setattr(serving.gc, "collect", collected.append)
    serving.post_request(None, None, None, None)
    assert collected == looked_through
