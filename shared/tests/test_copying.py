"""What COPY writes is what PostgreSQL then has, and what is read of it again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared import copying
from shared.copying import BIGINT, DAY, ID, IDS, INTEGER, MOMENT, TEXT, TEXTS, Kind
from shared.database import Connection
from shared.testing.plugin import Postgres

WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)))
VALUES: dict[Kind, st.SearchStrategy[object]] = {
    TEXT: WORDS,
    ID: st.uuids().map(str),
    INTEGER: st.integers(-(2**31), 2**31 - 1),
    BIGINT: st.integers(-(2**63), 2**63 - 1),
    DAY: st.dates().map(str),
    MOMENT: st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    TEXTS: st.lists(WORDS),
    IDS: st.lists(st.uuids().map(str)),
}
COLUMNS = {f"c{number}": kind for number, kind in enumerate(VALUES)}


@pytest.fixture(scope="module")
def connection(postgres: Postgres) -> Iterator[Connection]:
    with psycopg.connect(postgres.database(), autocommit=True) as connection:
        connection.execute(f"create table t ({', '.join(f'{name} {kind.name}' for name, kind in COLUMNS.items())})")
        yield connection


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(*(st.none() | values for values in VALUES.values())), max_size=3))
def test_rows_arrive_as_they_were_and_are_read_as_they_arrived(connection, rows):
    kinds = [*COLUMNS.values()]
    fields = [[kind.field(value) for kind, value in zip(kinds, row, strict=True)] for row in rows]
    connection.execute("truncate t")
    copying.write(connection, "t", [*COLUMNS], [b"".join(row) for row in fields])
    as_text = {ID: "::text", DAY: "::text", IDS: "::text[]"}
    asked = ", ".join(f"{name}{as_text.get(kind, '')}" for name, kind in COLUMNS.items())
    assert connection.execute(f"select {asked} from t").fetchall() == rows
    found = connection.cursor(binary=True).execute("select * from t").pgresult
    for number, row in enumerate(rows):
        contents = [found.get_value(number, place) for place in range(len(kinds))]
        assert tuple(kind.taken(content) for kind, content in zip(kinds, contents, strict=True)) == row
        assert [*map(copying.field, contents)] == fields[number]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (TEXT, 5),
        (TEXT, "half \ud800"),
        (ID, "01"),
        (ID, "not an id"),
        (INTEGER, 2**31),
        (INTEGER, "5"),
        (BIGINT, 1.5),
        (DAY, date(2018, 1, 1)),
        (DAY, "1 Jan 2018"),
        (DAY, "2018-02-30"),
        (MOMENT, datetime(2018, 1, 1)),  # noqa: DTZ001 - of no place on earth
        (TEXTS, "text"),
        (TEXTS, {"a": 1}),
        (TEXTS, ["a", None]),
        (IDS, ["01"]),
    ],
)
def test_what_is_not_of_the_type_is_refused(kind, value):
    with pytest.raises(copying.UNFIT):
        kind.field(value)


def test_the_moment_after_all_others_and_the_order_of_ids(connection):
    connection.execute("truncate t")
    ids = sorted(UUID(int=number << 64 | 7).hex for number in (1, 2**60, 2**63))
    rows = [copying.uuid(id_) + copying.INFINITY for id_ in reversed(ids)]
    columns = [next(name for name, kind in COLUMNS.items() if kind is wanted) for wanted in (ID, MOMENT)]
    copying.write(connection, "t", columns, sorted(rows))
    query = f"select {columns[0]}, {columns[1]}::text from t"
    found = connection.execute(query).fetchall()
    assert found == [(UUID(id_), "infinity") for id_ in ids]
    assert found == connection.execute(f"{query} order by 1").fetchall()


def test_nothing_is_written_where_there_is_nothing(connection):
    connection.execute("truncate t")
    copying.write(connection, "t", ["c0"], [])
    copying.write(connection, "t", ["c5"], [MOMENT.field(datetime(2018, 1, 1, tzinfo=UTC))])
    assert connection.execute("select c0, c5 from t").fetchall() == [(None, datetime(2018, 1, 1, tzinfo=UTC))]


def test_days_before_and_after_the_first_one_of_postgresql(connection):
    connection.execute("truncate t")
    days = [date(1, 1, 1), date(1999, 12, 31), date(2000, 1, 1), date(9999, 12, 31)]
    copying.write(connection, "t", ["c4"], [DAY.field(str(day)) for day in days])
    assert [row[0] for row in connection.execute("select c4 from t").fetchall()] == days
