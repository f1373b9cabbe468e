"""An import as large as a city's portfolio must be decided while its transaction is still allowed to be idle (15 s)."""

from services.local_initiatives.app import SERVICE
from shared.testing.plugin import Postgres
from shared.testing.service import running

ROWS = 10_000


def test_ten_thousand_rows_are_imported_at_once(postgres: Postgres) -> None:
    """I5. Each row was once given a copy of the states of all: a minute in an open transaction, and then nothing."""
    lines = [f"T{number},EHA,Tiltak {number},K2,2018-02-12,2018-06-29" for number in range(ROWS)]
    file = "\n".join(["external_id,sector,title,goals,start,end", *lines])
    with running(SERVICE, postgres.database()) as service:
        assert service.send("/sectors/import", "code,name\nEHA,Helse\n").json["created"] == 1  # type: ignore[index]
        response = service.send("/initiatives/import", file, {"Idempotency-Key": "portfolio"})
        assert response.status_code == 200, response.text
        assert response.json["created"] == ROWS  # type: ignore[index]
        again = service.send("/initiatives/import", file, {"Idempotency-Key": "portfolio"})
        assert again.headers["Idempotency-Replayed"] == "true"
        assert again.json == response.json
        with service.service.database.connection() as connection:
            [counted] = connection.execute(
                "select count(*), count(distinct stream) from event where type like '%initiative.proposed%'"
            ).fetchall()
            broken = connection.execute(
                "select count(*) from event a join event b using (stream)"
                " where a.version < b.version and a.position > b.position"
            ).fetchall()
    assert counted == (ROWS, ROWS)
    assert broken == [(0,)]
