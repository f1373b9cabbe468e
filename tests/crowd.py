"""A year with 2,000 initiatives, as crowded as a page gets before it is given in parts: to look at, and to test with.

Titles of 8 to 460 characters, initiatives without dates and with one date only, started, completed and stopped ones,
agencies, areas, audiences, communication, shared learning. The same city each time.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from uuid import UUID

import psycopg

from infra.local.stack import Stack
from services.central_initiatives import tables as central_tables
from services.central_initiatives.domain import initiative as central
from services.communication import domain as communication
from services.communication import tables as communication_tables
from services.goals import tables as goal_tables
from services.goals.domain import Proposed as GoalProposed
from services.local_initiatives import tables as local_tables
from services.local_initiatives.domain import agency, sector
from services.local_initiatives.domain import initiative as local
from services.timeline import model
from services.timeline.projection import TimelineProjection
from shared import envelope, identity
from shared.database import OPTIONS
from tests.benchmarks.serving import empty_database
from tests.benchmarks.world import Teller, Told

YEAR = 2018
CENTRAL, LOCAL, ACTIVITIES = 120, 1880, 60
"""Together 2,000 initiatives: the most that a page shows at once (asking.LARGEST_PAGE)."""

GOALS = {f"M{number}": identity.named("goal", f"M{number}") for number in range(1, 13)}
SECTORS = {
    "BLK": "Byrådsleders kontor",
    "FIN": "Finans",
    "BYU": "Byutvikling",
    "EHA": "Eldre, helse og arbeid",
    "KIF": "Kultur, idrett og frivillighet",
    "MOS": "Miljø og samferdsel",
    "NOE": "Næring og eierskap",
    "OVK": "Oppvekst og kunnskap",
}
AREAS = (
    "Styringsdokumenter og virksomhetsstyring",
    "Ledelse og ledelsesverktøy",
    "Kompetanse- og medarbeiderutvikling",
    "Samhandling, samordning og læring på tvers",
)
WORDS = (
    "tillit ledelse samhandling læring dialog styring bydel innbygger medarbeider faggruppe møteplass kurs samling "
    "digital veileder rapportering forenkling delegering prøveordning arbeidsform tjeneste hjemmetjeneste barnehage"
)
BEGAN = datetime(YEAR - 1, 10, 2, 8, tzinfo=UTC)


def year() -> Iterator[Told]:
    """Every event, in the order of telling."""
    chance = random.Random(1055)
    teller = Teller()
    clock = (BEGAN + timedelta(minutes=n) for n in range(1_000_000))
    for code, goal in GOALS.items():
        proposed = GoalProposed(code, _title(chance, 40), "characteristic", None, "Det merkes.", None, None, None)
        yield teller.tell("goals.events", goal_tables.CATALOGUE, goal, next(clock), proposed)
    agencies = {code: identity.named("agency", f"{code}-E") for code in SECTORS}
    for code, name in SECTORS.items():
        registered = sector.Registered(code, name, None)
        stream = identity.named("sector", code)
        yield teller.tell("local-initiatives.events", local_tables.CATALOGUE, stream, next(clock), registered)
        own = agency.Registered(f"{code}-E", f"Etaten i {name.lower()}", stream, None)
        yield teller.tell("local-initiatives.events", local_tables.CATALOGUE, agencies[code], next(clock), own)
    yield from _central(teller, chance, clock)
    yield from _local(teller, chance, clock, agencies)
    yield from _activities(teller, chance, clock)


def _central(teller: Teller, chance: random.Random, clock: Iterator[datetime]) -> Iterator[Told]:
    for number in range(1, CENTRAL + 1):
        start, end = _period(chance)
        planned = central.Planned(
            f"C{number:03}",
            YEAR,
            chance.choice(AREAS),
            _title(chance, 30 if number % 20 else 460),
            None,
            _goals(chance),
            tuple(chance.sample(("employees", "leaders", "top_leaders", "organisations", "residents"), 2)),
            "Byrådsleders kontor",
            start,
            end,
            None,
        )
        stream = central_id(number)
        yield teller.tell("central-initiatives.events", central_tables.CATALOGUE, stream, next(clock), planned)


def _local(
    teller: Teller, chance: random.Random, clock: Iterator[datetime], agencies: dict[str, UUID]
) -> Iterator[Told]:
    codes = list(SECTORS)
    for number in range(1, LOCAL + 1):
        code = chance.choices(codes, weights=range(1, len(codes) + 1))[0]
        start, end = _period(chance)
        supports = (central_id(chance.randint(1, CENTRAL)),) if chance.random() < 0.2 else ()
        events: list[object] = [
            local.Proposed(
                f"L{number:04}",
                identity.named("sector", code),
                agencies[code] if number % 2 else None,
                _title(chance, 20 if number % 40 else 460),
                None,
                _goals(chance),
                supports,
                None,
                None,
            )
        ]
        if start or end:
            events.append(local.Scheduled(start, end, None))
        if start and number % 3 == 0:
            events += [local.Anchored(("styringsdialog",), start, None), local.Started(start, None)]
        if start and number % 30 == 0:
            events.append(local.ParticipationRecorded("plan", ("residents", "employees"), start, "Et møte.", None))
            events.append(local.LearningShared(f"Vi lærte om {_word(chance)}.", (_word(chance),), None))
        stream = identity.resolve("local-initiative", f"{code}:L{number:04}")
        for event in events:
            yield teller.tell("local-initiatives.events", local_tables.CATALOGUE, stream, next(clock), event)


def _activities(teller: Teller, chance: random.Random, clock: Iterator[datetime]) -> Iterator[Told]:
    for number in range(1, ACTIVITIES + 1):
        start = date(YEAR, 1, 1) + timedelta(days=chance.randrange(365))
        planned = communication.Planned(
            f"K{number:02}", _title(chance, 20), ("residents",), "nettside", start, start, _goals(chance), (), (), None
        )
        stream = identity.named("communication-activity", f"K{number:02}")
        yield teller.tell("communication.events", communication_tables.CATALOGUE, stream, next(clock), planned)


def central_id(number: int) -> UUID:
    return identity.named("central-initiative", f"C{number:03}")


def _word(chance: random.Random) -> str:
    return chance.choice(WORDS.split())


def _title(chance: random.Random, length: int) -> str:
    text = _word(chance).capitalize()
    while len(text) < length:
        text += f" {_word(chance)}"
    return text[:460]


def _goals(chance: random.Random) -> tuple[UUID, ...]:
    return tuple(chance.sample(list(GOALS.values()), chance.choice((1, 1, 2))))


def _period(chance: random.Random) -> tuple[date | None, date | None]:
    """One in twenty without dates, one in twenty without an end."""
    start = date(YEAR, 1, 1) + timedelta(days=chance.randrange(365))
    match chance.randrange(20):
        case 0:
            return None, None
        case 1:
            return start, None
        case _:
            return start, start + timedelta(days=chance.choice((0, 6, 20, 45, 90, 150)))


def read_model(stack: Stack, name: str, told: Iterable[Told] = ()) -> str:
    """The address of a database of this name whose read model knows these events, as after a rebuild."""
    url = empty_database(stack, name)
    with psycopg.connect(url, autocommit=True, options=f"{OPTIONS} -c search_path=live,public") as connection:
        model.create(connection, model.LIVE)
        events = (envelope.read(event.text) for event in told)
        while batch := list(islice(events, model.LARGE_BATCH)):
            with connection.transaction():
                if failures := TimelineProjection().apply(connection, batch):
                    raise RuntimeError(f"{len(failures)} streams could not be applied: {next(iter(failures.items()))}")
        for topic in model.TOPICS:
            connection.execute("insert into checkpoint (topic, partition, caught_up) values (%s, 0, now())", [topic])
        model.index(connection)
        model.tidy(connection)
    return url
