"""Long work with its progress on the page, without JavaScript: the page is sent while the work goes on.

Work that is soon done is answered as ever, with its status or a way on; only what takes longer begins to be sent.
"""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Response, copy_current_request_context, g, stream_with_context

from shared.importing.plan import Progress

SOON = 1.0
"""Seconds after which a page begins that says how far the work is."""
MARK = "<!-- what came of it -->"
"""Where in the page it is told."""


@dataclass(frozen=True)
class Step:
    """How far the work is: which phase, how many are done, of how many."""

    phase: str
    done: int
    total: int


@dataclass(frozen=True)
class Done:
    """What the work gave: an answer, or what stopped it."""

    answer: Response | None = None
    error: Exception | None = None

    def result(self) -> Response:
        """The answer. Raises what stopped the work."""
        if self.answer is None:
            raise self.error or RuntimeError("neither an answer nor an error")
        return self.answer


News = queue.SimpleQueue[Step | Done]


def answer(
    work: Callable[[Progress], Response],
    *,
    page: Callable[[], str],
    line: Callable[[Step], str],
    end: Callable[[Done], str],
) -> Response:
    """What `work` answers, if it is soon done; else a page with its progress.

    page: the whole page with MARK in it; line: how far the work is; end: what came of it. All HTML, the last two parts
    of a page: its beginning, and its status, are sent by then.
    """
    news: News = queue.SimpleQueue()
    threading.Thread(target=copy_current_request_context(_worker(work, news)), daemon=True).start()
    latest = _wait(news)
    if isinstance(latest, Done):
        return latest.result()
    before, _, after = page().partition(MARK)

    def parts() -> Iterator[str]:
        yield before
        step: Step | Done | None = latest
        while not isinstance(step, Done):
            if step is not None:
                yield line(step)
            step = news.get()
        yield end(step)
        yield after

    return Response(stream_with_context(parts()), mimetype="text/html")


def _worker(work: Callable[[Progress], Response], news: News) -> Callable[[], None]:
    of_request = {name: g.get(name) for name in g}

    def run() -> None:
        for name, value in of_request.items():  # the copy of a request comes without them
            setattr(g, name, value)
        try:
            news.put(Done(work(lambda phase, done, total: news.put(Step(phase, done, total)))))
        except Exception as error:  # noqa: BLE001 - raised again where the request is answered
            news.put(Done(error=error))

    return run


def _wait(news: News) -> Step | Done | None:
    """The end of the work if it comes soon, else how far it is by then."""
    until = time.monotonic() + SOON
    latest: Step | Done | None = None
    while (left := until - time.monotonic()) > 0 and not isinstance(latest, Done):
        try:
            latest = news.get(timeout=left)
        except queue.Empty:
            break
    return latest
