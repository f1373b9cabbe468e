"""From `POST` to visible in `GET /api/timeline`, at fifty commands a second through the running stack."""

import itertools
import threading
import time

import requests

from infra.local.stack import Stack
from shared import identity
from tests.benchmarks.figures import Figure, percentile

RATE = 50
SECONDS = 20
WARM_UP = 100
"""Commands that are not counted: processes that have just started open their connections and plan their statements."""
CLIENTS = 10


def measure(stack: Stack) -> list[Figure]:
    """Milliseconds until an answer of the timeline contains the initiative, asked for by a goal that only it has."""
    central, timeline = stack.url("central_initiatives"), stack.url("timeline")
    requests.post(f"{central}/plans", json={"year": 2030}, timeout=10)
    requests.post(f"{central}/plans/2030/areas", json={"name": "Måling"}, timeout=10)
    seconds: list[float] = []
    numbers = itertools.count()
    began = time.monotonic() + 0.5

    def run() -> None:
        with requests.Session() as session:
            while (number := next(numbers)) < WARM_UP + RATE * SECONDS:
                time.sleep(max(0.0, began + number / RATE - time.monotonic()))
                took = _until_visible(session, central, timeline, number)
                if number >= WARM_UP:
                    seconds.append(took)

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds.sort()
    achieved = (WARM_UP + len(seconds)) / (time.monotonic() - began)
    source = f"{len(seconds)} commands at {achieved:.0f}/s"
    return [
        Figure("POST to visible, p50", f"{percentile(seconds, 50) * 1000:.0f} ms", "–", source),
        Figure("POST to visible, p99", f"{percentile(seconds, 99) * 1000:.0f} ms", "< 150 ms", source),
    ]


def _until_visible(session: requests.Session, central: str, timeline: str, number: int) -> float:
    goal = str(identity.new())
    began = time.perf_counter()
    posted = session.post(
        f"{central}/initiatives",
        json={
            "plan_year": 2030,
            "area": "Måling",
            "title": f"Tiltak {number}",
            "goals": [goal],
            "start": "2030-01-01",
            "end": "2030-02-01",
        },
        timeout=10,
    )
    posted.raise_for_status()
    seen = session.get(
        f"{timeline}/api/timeline",
        params={"from": "2030-01-01", "to": "2030-12-31", "goal": goal},
        headers={"Consistency-Token": posted.headers["Consistency-Token"]},
        timeout=10,
    )
    seen.raise_for_status()
    if [bar["id"] for bar in seen.json()["items"]] != [posted.json()["id"]]:
        raise RuntimeError("the timeline answered, but without the initiative")
    return time.perf_counter() - began
