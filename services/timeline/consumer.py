"""Kafka → the live read model, until stopped."""

import os
import signal
import threading

import psycopg

from services.timeline import model
from shared import kafka, telemetry
from shared.config import Settings
from shared.inbox.consumer import Stuck


def run(settings: Settings) -> int:
    """Consumes until SIGTERM (0) or until it must begin anew (1)."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.set())
    signal.signal(signal.SIGINT, lambda _number, _frame: stopping.set())
    try:
        _run(settings, stopping)
    except (Stuck, psycopg.Error) as error:
        telemetry.log.error("consumer begins anew", why=f"{type(error).__name__}: {error}")
        os._exit(1)
    telemetry.log.info("consumer stopped")
    return 0


def _run(settings: Settings, stopping: threading.Event) -> None:
    with model.connect(settings) as connection:
        if not kafka.wait_until_reachable(settings.kafka_bootstrap, stopping):
            return
        source = kafka.consumer(settings.kafka_bootstrap)
        consumer = model.consumer_of(connection, source, settings)
        while not stopping.is_set():
            consumer.step()
        consumer.let_go()
