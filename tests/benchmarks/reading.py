"""What readers wait for at 100,000 initiatives, over HTTP, from the timeline under its own server settings.

Each question is asked *first*, of days that nobody asked about before; *after a change*, when a local initiative of the
year was moved since the last answer; and *again*, when nothing was written. A process has read by then who works when.
One client, one question after another. Beside the time that a reader waits stands the processor time that PostgreSQL
and the service took, which depends less on what else the machine does.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count, islice

import psutil
import psycopg

from infra.local.stack import Stack
from services.local_initiatives import tables as local_tables
from services.local_initiatives.domain.initiative import Rescheduled
from services.timeline import matrix, model
from services.timeline.projection import TimelineProjection
from services.timeline.queries import Queries
from services.timeline.view import View
from shared import envelope, identity
from shared.database import OPTIONS, Connection, Database
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.serving import empty_database, served
from tests.benchmarks.world import GOALS, TRACE, world

YEAR = 2019
CENTRAL = identity.named("central-initiative", f"bench-{YEAR}-7")
OTHERS = [identity.named("central-initiative", f"bench-{YEAR}-{number}") for number in range(100, 200)]
QUESTIONS: dict[str, tuple[str, int | None]] = {
    "status, for comparison": ("/api/status", None),
    "matrix": ("/api/matrix?{days}", 50),
    "matrix as known": ("/api/matrix?{days}&known_on={known_on}", 300),
    "matrix of what has started": ("/api/matrix?{days}&status=started", None),
    "timeline": ("/api/timeline?{days}", 50),
    "timeline of a goal": (f"/api/timeline?{{days}}&goal={GOALS[3]}", 50),
    "initiative": (f"/api/initiatives/{CENTRAL}?{{days}}", 50),
    "initiative, another one each time": ("/api/initiatives/{other}?{days}", 50),
    "gaps": ("/api/gaps?{days}", 50),
    "plan of a year": (f"/api/plans/{YEAR}", None),
    "page: overview": ("/?{days}", None),
    "page: what if": (f"/what-if?{{days}}&drop={CENTRAL}", None),
    "page: timeline, 2,000 bars, lanes folded": ("/timeline?{days}", 1000),
    "page: timeline, 2,000 bars, lanes unfolded": ("/timeline?{days}&open=*", 1000),
    "what an open page asks every second": ("/live", None),
}
"""Name → address, and how many milliseconds the slowest but one of twenty may take. `known_on` and `other`: of what
nobody asked about, another day or initiative each time.
"""

TIMES = 30
WARM = 6
"""Questions that are not measured, until both workers of the server have been asked."""


def measure(stack: Stack) -> list[Figure]:
    url = empty_database(stack, "bench_reading")
    with psycopg.connect(url, autocommit=True, options=f"{OPTIONS} -c search_path=live,public") as connection:
        fill(connection)
        read = _read_anew(url)
        with served("services.timeline.app:create()", url) as port:
            return [read, *(figure for name in QUESTIONS for figure in _asked(name, port, connection))]


def _read_anew(url: str) -> Figure:
    """What a process does before it is asked, and what whoever asks first waits for where it could not."""
    database = Database(url, search_path="live,public")
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        matrix.totals(Queries(database), View(date(YEAR, 1, 1), date(YEAR, 12, 31)))
        seconds.append(time.perf_counter() - began)
    database.close()
    return Figure("who works when, read anew", f"{sorted(seconds)[1] * 1000:.0f} ms", "–", "the second of three")


def fill(connection: Connection) -> None:
    """As a rebuild does it, without Kafka."""
    model.create(connection, model.LIVE)
    events = (envelope.read(told.text) for told in world())
    while batch := list(islice(events, model.LARGE_BATCH)):
        _apply(connection, batch)
    connection.execute("insert into checkpoint (topic, partition) values ('bench', 0)")
    model.index(connection)
    model.tidy(connection)
    connection.execute("checkpoint")  # else it comes while the first questions are asked


def _apply(connection: Connection, batch: list[envelope.Envelope]) -> None:
    with connection.transaction():
        if failures := TimelineProjection().apply(connection, batch):
            raise RuntimeError(f"{len(failures)} streams could not be applied")
        connection.execute("update checkpoint set revision = revision + 1")


def _asked(name: str, port: int, connection: Connection) -> Iterator[Figure]:
    path, goal = QUESTIONS[name]
    year = path.format(days=f"year={YEAR}", known_on=f"{YEAR}-02-01", other=CENTRAL)
    others = (
        path.format(days=f"from={YEAR}-01-01&to={YEAR}-12-{day:02}", known_on=f"{YEAR}-03-{day:02}", other=other)
        for day, other in zip(range(1, 32), OTHERS, strict=False)
    )
    wanted = f"< {goal} ms" if goal else "–"
    rounds: dict[str, tuple[Callable[[], str], Callable[[], None]]] = {
        "first": (lambda: next(others), lambda: None),
        "after a change": (lambda: year, lambda: move(connection)),
        "again": (lambda: year, lambda: None),
    }
    for when, (address, before) in rounds.items():
        if (when == "first" and year == path) or (when != "first" and "{other}" in path):
            continue  # of no days; of nobody who was asked about before
        for _ in range(WARM):
            _ask(port, year)
        seconds, processor = [], 0.0
        for _ in range(TIMES):
            before()
            began = _processor_seconds(connection)
            seconds.append(_ask(port, address()))
            processor += _processor_seconds(connection) - began
        p50, p95 = (percentile(sorted(seconds), percent) * 1000 for percent in (50, 95))
        source = f"p95; p50 {p50:.0f} ms, processor {processor / TIMES * 1000:.0f} ms"
        figure = Figure(f"{name}, {when}", f"{p95:.0f} ms", wanted, source)
        print("   ", figure.line(), flush=True)
        yield figure


def _ask(port: int, path: str) -> float:
    """Seconds until the whole answer is there, on a connection of its own: `requests` takes 3 ms more, its
    own, on a slow day.
    """
    began = time.perf_counter()
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers={"Accept": "text/html, application/json"})
        response = connection.getresponse()
        text = response.read()
    if response.status != HTTPStatus.OK:
        raise RuntimeError(f"{path}: {response.status} {text[:500]!r}")
    return time.perf_counter() - began


NUMBERS = count()


def move(connection: Connection) -> None:
    """A local initiative of the year is put off for a week, as the consumer writes it."""
    stream = identity.named("local-initiative", f"bench-{YEAR}-{next(NUMBERS)}")
    query = "select max(version) + 1, max(planned_start), max(planned_end) from initiative_version where id = %s"
    ((version, start, end),) = connection.execute(query, [stream]).fetchall()
    later = timedelta(days=7)
    event = Rescheduled(start + later, end + later, start, end, "Vi ble enige om å vente.")
    text = local_tables.CATALOGUE.encode(
        event, id=identity.new(), stream=stream, version=version, time=datetime.now(UTC), trace=TRACE
    )
    _apply(connection, [envelope.read(text)])


def _processor_seconds(connection: Connection) -> float:
    """Of the server, and of the backends that answer it."""
    backends = """
    select pid from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
    """
    others = [psutil.Process(pid) for (pid,) in connection.execute(backends).fetchall()]
    times = [process.cpu_times() for process in [*psutil.Process().children(recursive=True), *others]]
    return sum(spent.user + spent.system for spent in times)
