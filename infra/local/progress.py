"""Long steps say that they are alive: a line when one starts, every few seconds, and when it is done, with seconds."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SAY_EVERY = 5.0
"""Seconds between two signs of life of one step."""

Tell = Callable[[str], None]

_printing = threading.Lock()


def say(line: str) -> None:
    with _printing:
        print(line, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[Tell]:
    """Run a block as a step. The block gets a function to say how far it is ("12 of 46"); steps may run in threads."""
    started = time.monotonic()
    finished = threading.Event()
    detail = ""

    def tell(how_far: str) -> None:
        nonlocal detail
        detail = f": {how_far}"

    def signs_of_life() -> None:
        while not finished.wait(SAY_EVERY):
            say(f"  … {title}{detail} ({time.monotonic() - started:.0f} s)")

    threading.Thread(target=signs_of_life, daemon=True).start()
    try:
        yield tell
    except BaseException:
        say(f"  ✗ {title}{detail} ({time.monotonic() - started:.1f} s)")
        raise
    else:
        say(f"  ✓ {title} ({time.monotonic() - started:.1f} s)")
    finally:
        finished.set()
