"""The processes that read beside the one that rebuilds, and end with it."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from shared import telemetry
from shared.config import log_level


@contextmanager
def builders(count: int, prepare: Callable[[], object]) -> Iterator[ProcessPoolExecutor]:
    """So many processes, at least one, each of which prepares itself. To be asked for before anything is opened.

    They are forked, and have the whole program at once; to load it takes as long as to read 15,000 events. But a lock
    that another thread holds is held for ever in a fork: where there are threads, or the system has its own (macOS),
    they are started from nothing, when there is work for them.
    """
    fork = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if fork else "spawn")
    with ProcessPoolExecutor(max(1, count), context, _begin, (prepare,)) as pool:
        if fork:
            pool.submit(os.getpid)  # the first task forks them all
        yield pool


def _begin(prepare: Callable[[], object]) -> None:
    telemetry.start("timeline-builder", log_level())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare()


def _end_with_parent() -> None:
    """Whatever this process does or waits for: nobody else would end it. What it has not committed counts nowhere."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
