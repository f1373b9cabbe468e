"""A city far larger than Oslo: 100,000 initiatives in 25 sectors for 30 goals, over ten plan years, in 250,000 events.

A tenth of the initiatives are central. The same world each time: what varies follows from the numbers alone.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.central_initiatives import tables as central_tables
from services.central_initiatives.domain.initiative import Planned
from services.goals import tables as goal_tables
from services.goals.domain import Proposed as GoalProposed
from services.local_initiatives import tables as local_tables
from services.local_initiatives.domain.initiative import Proposed, Rescheduled, Scheduled, Started
from services.local_initiatives.domain.sector import Registered
from shared import identity
from shared.envelope import Catalogue, Trace

TRACE = Trace(correlation="bench", causation="bench")
YEARS = range(2015, 2025)
GOALS = [identity.named("goal", f"bench-{number}") for number in range(30)]
SECTORS = [identity.named("sector", f"B{number:02}") for number in range(25)]
INITIATIVES, EVENTS = 100_000, 250_000


@dataclass(frozen=True, slots=True)
class Told:
    """One event as its topic has it."""

    topic: str
    stream: UUID
    text: str


class Teller:
    """Gives each stream its versions, and each event its time: the order of telling."""

    def __init__(self) -> None:
        self._versions: dict[UUID, int] = {}

    def tell(self, topic: str, catalogue: Catalogue, stream: UUID, time: datetime, event: object) -> Told:
        version = self._versions[stream] = self._versions.get(stream, 0) + 1
        text = catalogue.encode(event, id=identity.new(), stream=stream, version=version, time=time, trace=TRACE)
        return Told(topic, stream, text)


def world(initiatives: int = INITIATIVES, events: int = EVENTS) -> Iterator[Told]:
    """Every event in the order in which the stores recorded it, year after year."""
    chance = random.Random(1055)
    teller = Teller()
    began = datetime(YEARS[0] - 1, 10, 1, tzinfo=UTC)
    for number, goal in enumerate(GOALS):
        proposed = GoalProposed(f"B{number}", f"Mål {number}", "objective", None, None, None, None, None)
        yield teller.tell("goals.events", goal_tables.CATALOGUE, goal, began, proposed)
    for number, sector in enumerate(SECTORS):
        registered = Registered(f"B{number:02}", f"Sektor {number}", None)
        yield teller.tell("local-initiatives.events", local_tables.CATALOGUE, sector, began, registered)
    a_year = initiatives // len(YEARS)
    moved = (events - len(GOALS) - len(SECTORS) - initiatives - initiatives * 9 // 10) // len(YEARS)
    for year in YEARS:
        yield from _year(teller, chance, year, a_year, moved)


def _year(teller: Teller, chance: random.Random, year: int, initiatives: int, moved: int) -> Iterator[Told]:
    """A plan year: a tenth of it planned centrally, the rest proposed and scheduled in the sectors; then changes."""
    autumn, winter = datetime(year - 1, 10, 1, tzinfo=UTC), datetime(year, 1, 10, tzinfo=UTC)
    central = [identity.named("central-initiative", f"bench-{year}-{number}") for number in range(initiatives // 10)]
    local: list[tuple[UUID, date, date]] = []
    for number, stream in enumerate(central):
        start, end = _period(chance, year)
        planned = Planned(
            f"{year}-{number}",
            year,
            "Ledelse og ledelsesverktøy",
            f"Lederutvikling i tillitsbasert ledelse, kull {number}",
            "Samlinger for ledere på flere nivåer, med erfaringer fra egne enheter mellom samlingene.",
            _goals(chance),
            ("leaders",),
            "Byrådsleders kontor",
            start,
            end,
            None,
        )
        at = autumn + timedelta(minutes=number)
        yield teller.tell("central-initiatives.events", central_tables.CATALOGUE, stream, at, planned)
    for number in range(initiatives - len(central)):
        stream = identity.named("local-initiative", f"bench-{year}-{number}")
        start, end = _period(chance, year)
        local.append((stream, start, end))
        proposed = Proposed(
            f"{year}-{number}",
            SECTORS[number % len(SECTORS)],
            None,
            f"Tettere oppfølging av ledere, enhet {number}",
            "Egne samlinger i enheten, i takt med det sentrale tiltaket.",
            _goals(chance),
            (chance.choice(central),) if chance.random() < 0.2 else (),
            "Enheten",
            None,
        )
        at = autumn + timedelta(days=20, minutes=number)
        yield teller.tell("local-initiatives.events", local_tables.CATALOGUE, stream, at, proposed)
        scheduled = Scheduled(start, end, None)
        later = at + timedelta(days=10)
        yield teller.tell("local-initiatives.events", local_tables.CATALOGUE, stream, later, scheduled)
    for number in range(moved):
        stream, start, end = local[number % len(local)]
        at = winter + timedelta(minutes=number)
        event: Rescheduled | Started = Started(start, None)
        if number % 2:
            days = timedelta(days=chance.randint(7, 60))
            event = Rescheduled(start + days, end + days, start, end, "Vi ble enige om å vente.")
        yield teller.tell("local-initiatives.events", local_tables.CATALOGUE, stream, at, event)


def _period(chance: random.Random, year: int) -> tuple[date, date]:
    start = date(year, 1, 1) + timedelta(days=chance.randrange(365))
    return start, start + timedelta(days=chance.randint(10, 120))


def _goals(chance: random.Random) -> tuple[UUID, ...]:
    return tuple(chance.sample(GOALS, chance.choice((1, 1, 2))))
