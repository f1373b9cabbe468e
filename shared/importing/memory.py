"""What people said that a file's column is, kept for the next file."""

from psycopg import Connection

from shared.importing.header import LONGEST, Chosen, key

REMEMBER = """
insert into import_column (kind, header, column_name) values (%(kind)s, %(header)s, %(column)s)
on conflict (kind, header) do update set column_name = excluded.column_name
"""

RECALL = "select header, column_name from import_column where kind = %(kind)s"


def remember(connection: Connection[tuple[object, ...]], kind: str, mapping: Chosen) -> None:
    """Keep a mapping for files of this kind. A column without a name is left out: the next file's may be another."""
    known = [
        {"kind": kind, "header": key(header), "column": column}
        for header, column in mapping.items()
        if not header.startswith("(") and len(header) <= LONGEST and "\x00" not in header
    ]
    with connection.cursor() as cursor:
        cursor.executemany(REMEMBER, known)


def recall(connection: Connection[tuple[object, ...]], kind: str) -> dict[str, str | None]:
    """What was chosen before, by folded header: for `propose`."""
    rows = connection.execute(RECALL, {"kind": kind}).fetchall()
    return {str(header): None if column is None else str(column) for header, column in rows}
