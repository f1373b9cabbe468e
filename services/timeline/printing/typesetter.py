"""Runs Typst on a document in a process of its own, so that no page can hold or fell the server that answers for it."""

import subprocess
import sys
from threading import BoundedSemaphore
from typing import Literal

import msgspec

from services.timeline.printing.content import Document

SECONDS = 30
"""That setting one document may take; 2,000 initiatives take about a third of it."""
PATIENCE = 10
"""Seconds that a document waits for those before it."""
AT_ONCE = 1
"""Documents that one server process sets at the same time: Typst uses every processor by itself."""

_turn = BoundedSemaphore(AT_ONCE)


class BusyError(Exception):
    """Others are being set, and none was ready in time."""


class TooLargeError(Exception):
    """It takes more time or memory than one request is given."""


class Job(msgspec.Struct, frozen=True):
    """What the process is asked for. `content`: the document as JSON, or an SVG; `made`: when, in ISO 8601."""

    form: Literal["pdf", "png"]
    content: str
    made: str = ""
    dots_per_inch: float = 72


def pdf(document: Document) -> bytes:
    """A tagged PDF, by the rules of PDF/UA-1 where a font has every character. Raises BusyError, TooLargeError."""
    return _done(Job("pdf", msgspec.json.encode(document).decode(), document.made.isoformat(timespec="seconds")))


def png(svg: str, dots_per_inch: float) -> bytes:
    """The drawing in its own size, where a unit is a 96th of an inch (CSS). Raises BusyError, TooLargeError."""
    return _done(Job("png", svg, dots_per_inch=dots_per_inch))


def _done(job: Job) -> bytes:
    if not _turn.acquire(timeout=PATIENCE):
        raise BusyError
    try:
        done = subprocess.run(
            [sys.executable, "-m", "services.timeline.printing"],
            input=msgspec.json.encode(job),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooLargeError from error
    finally:
        _turn.release()
    if done.returncode == 0:
        return done.stdout
    if done.returncode < 0:  # ended by a signal: out of processor time or memory
        raise TooLargeError
    raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
