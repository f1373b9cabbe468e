"""Kafka → the live read model, until stopped."""

import threading
from functools import partial

from services.timeline import model
from shared import kafka
from shared.config import Settings
from shared.inbox import process


def run(settings: Settings) -> int:
    """Consumes until SIGTERM (0) or until it must begin anew (1)."""
    return process.run(partial(_run, settings))


def _run(settings: Settings, stopping: threading.Event) -> None:
    with model.connect(settings) as connection:
        if not kafka.wait_until_reachable(settings.kafka_bootstrap, stopping):
            return
        source = kafka.consumer(settings.kafka_bootstrap)
        consumer = model.consumer_of(connection, source, settings)
        while not stopping.is_set():
            consumer.step()
        consumer.let_go()
