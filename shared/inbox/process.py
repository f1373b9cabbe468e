"""A process that reads until it is stopped."""

import os
import signal
import threading
from collections.abc import Callable

import psycopg

from shared import kafka, telemetry
from shared.inbox.consumer import Stuck


def run(read: Callable[[threading.Event], None]) -> int:
    """Reads until SIGTERM (0) or until it must begin anew (1).

    It leaves at once then: whoever started it starts it again, and nothing is lost that was not committed.
    """
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.set())
    signal.signal(signal.SIGINT, lambda _number, _frame: stopping.set())
    try:
        read(stopping)
    except (Stuck, psycopg.Error, kafka.KafkaError) as error:
        telemetry.log.error("consumer begins anew", why=f"{type(error).__name__}: {error}")
        os._exit(1)
    telemetry.log.info("consumer stopped")
    return 0
