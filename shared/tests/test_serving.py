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
