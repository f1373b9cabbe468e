"""What readers wait for at 100,000 initiatives, over HTTP, from the timeline under its own server settings.

Each question is asked *after a change*: something was written since the last answer, so that it is worked out anew; and
*again*: nothing was, and the service remembers. One client, one question after another.
"""

import time
from itertools import islice

import psycopg
import requests

from infra.local.stack import Stack
from services.timeline import model
from services.timeline.projection import TimelineProjection
from shared import envelope, identity
from shared.database import OPTIONS
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.serving import empty_database, served
from tests.benchmarks.world import GOALS, world

YEAR = 2019
CENTRAL = identity.named("central-initiative", f"bench-{YEAR}-7")
QUESTIONS: dict[str, tuple[str, int | None]] = {
    "status, for comparison": ("/api/status", None),
    "matrix": (f"/api/matrix?year={YEAR}", 50),
    "matrix as known": (f"/api/matrix?year={YEAR}&known_on={YEAR}-02-01", 300),
    "timeline": (f"/api/timeline?year={YEAR}", 50),
    "timeline of a goal": (f"/api/timeline?year={YEAR}&goal={GOALS[3]}", 50),
    "initiative": (f"/api/initiatives/{CENTRAL}?year={YEAR}", 50),
    "gaps": (f"/api/gaps?year={YEAR}", 50),
    "page: overview": (f"/?year={YEAR}", None),
    "page: timeline, 2,000 bars, lanes folded": (f"/timeline?year={YEAR}", 1000),
    "page: timeline, 2,000 bars, lanes unfolded": (f"/timeline?year={YEAR}&open=*", 1000),
    "what an open page asks every second": ("/live", None),
}
"""Name → address, and how many milliseconds the slowest but one of twenty may take."""

TIMES = 30


def measure(stack: Stack) -> list[Figure]:
    url = empty_database(stack, "bench_reading")
    _fill(url)
    figures = []
    with served("services.timeline.app:create()", url) as port, psycopg.connect(url, autocommit=True) as connection:
        for name, (path, goal) in QUESTIONS.items():
            address = f"http://127.0.0.1:{port}{path}"
            fresh = sorted(_asked(address, connection, anew=True) for _ in range(TIMES))
            again = sorted(_asked(address, connection, anew=False) for _ in range(TIMES))
            wanted = f"< {goal} ms" if goal else "–"
            for when, seconds in (("after a change", fresh), ("again", again)):
                p50, p95 = (percentile(seconds, percent) * 1000 for percent in (50, 95))
                figures.append(Figure(f"{name}, {when}", f"{p95:.0f} ms", wanted, f"p95; p50 {p50:.0f} ms"))
            print("   ", figures[-2].line(), "/", figures[-1].value, flush=True)
    return figures


def _fill(url: str) -> None:
    """As a rebuild does it, without Kafka."""
    with psycopg.connect(url, autocommit=True, options=f"{OPTIONS} -c search_path=live,public") as connection:
        model.create(connection, model.LIVE)
        events = (envelope.read(told.text) for told in world())
        while batch := list(islice(events, model.LARGE_BATCH)):
            with connection.transaction():
                if failures := TimelineProjection().apply(connection, batch):
                    raise RuntimeError(f"{len(failures)} streams could not be applied")
        connection.execute("insert into checkpoint (topic, partition) values ('bench', 0)")
        model.index(connection)


def _asked(address: str, connection: psycopg.Connection, *, anew: bool) -> float:
    """Seconds until the whole answer is there."""
    if anew:
        connection.execute("update live.checkpoint set revision = revision + 1")
    began = time.perf_counter()
    requests.get(address, headers={"Accept": "text/html, application/json"}, timeout=30).raise_for_status()
    return time.perf_counter() - began
