"""Real events in bulk: what the services would have stored, without going through HTTP."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.central_initiatives.domain.initiative import Planned, Rescheduled, Started
from services.central_initiatives.tables import CATALOGUE
from shared import identity
from shared.envelope import Trace

TRACE = Trace(correlation="bench", causation="bench")
GOALS = [identity.named("goal", f"bench-{number}") for number in range(30)]
BEGAN = datetime(2018, 1, 2, tzinfo=UTC)


def initiatives(count: int) -> Iterator[tuple[UUID, int, UUID, str, datetime, str]]:
    """(stream, version, id, type, time, text): 40 % plans, 40 % reschedulings, 20 % starts of central initiatives."""
    streams = [identity.named("central-initiative", f"bench-{number}") for number in range(count * 2 // 5 + 1)]
    written = 0
    for version in (1, 2, 3):
        for number, stream in enumerate(streams):
            if written == count:
                return
            start = date(2018, 1, 1) + timedelta(days=number % 300)
            end = start + timedelta(days=30 + number % 60)
            event: Planned | Rescheduled | Started
            if version == 1:
                event = Planned(
                    None,
                    2018,
                    "Ledelse og ledelsesverktøy",
                    f"Lederutvikling i tillitsbasert ledelse, kull {number}",
                    "Samlinger for ledere på flere nivåer, med erfaringer fra egne enheter mellom samlingene.",
                    (GOALS[number % 30], GOALS[(number * 7 + 1) % 30]),
                    ("leaders",),
                    "Byrådsleders kontor",
                    start,
                    end,
                    None,
                )
            elif version == 2:
                event = Rescheduled(start, end + timedelta(days=14), start, end, "Organisasjonene ba om mer tid.")
            else:
                event = Started(start, None)
            time = BEGAN + timedelta(seconds=written)
            id_ = identity.new()
            text = CATALOGUE.encode(event, id=id_, stream=stream, version=version, time=time, trace=TRACE)
            yield stream, version, id_, CATALOGUE.name(event), time, text
            written += 1
