"""CSV as Excel in Norway opens it: UTF-8 with a byte order mark, semicolons, CRLF."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shared.exporting.values import as_csv, cell
from shared.importing.columns import Column
from shared.problems import Language

ROWS = 500
"""That are written at a time."""


def export(rows: Iterable[Mapping[str, object]], columns: Sequence[Column], language: Language) -> Iterator[bytes]:
    yield codecs.BOM_UTF8
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.header(language) for column in columns])
    for number, row in enumerate(rows, start=1):
        writer.writerow([as_csv(cell(row.get(column.name), column, language)) for column in columns])
        if number % ROWS == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()
