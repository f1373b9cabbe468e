"""Where the header is: title lines, two rows, merged cells; and that a plain one stays the first row."""

import pytest
from openpyxl import Workbook

from shared.importing import load, read
from shared.importing.header import locate
from shared.importing.tests.tables import CENTRAL, GOALS, LOCAL, SECTORS, saved, xlsx


def found(faults):
    return [(fault.row, fault.column, fault.code) for fault in faults]


TWO_ROWS = [
    ["Plan for 2018"],
    [],
    ["Tiltak", None, None, "Periode", None, None],
    ["Planår", "Område", "Tittel", "Fra", "Til", "Ansvarlig"],
    [2018, "Ledelse", "Nettverk", "2018-01-01", "31.12.2018", "Programkontoret"],
]


def book_of(rows, *merged):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    return saved(book)


def csv_of(rows):
    return "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows).encode()


def test_lines_above_the_header_are_passed_over_and_rows_keep_their_numbers():
    body = "Sektorer i Oslo\n\nOppdatert 1. mars;;\nKode;Navn\nEHA;Helse\n;Uten kode\n"
    rows, faults = load(body.encode(), SECTORS)
    assert [(row.number, row.values) for row in rows] == [(5, {"code": "EHA", "name": "Helse"})]
    assert found(faults) == [(6, "Kode", "required")]


def test_a_title_with_a_comma_in_it_does_not_decide_what_separates_the_cells():
    body = "Sektorer, utkast 1, mars\n\nKode;Navn\nEHA;Helse\nFIN;Finans, skatt\n"
    rows, faults = load(body.encode(), SECTORS)
    assert faults == []
    assert [row.values["name"] for row in rows] == ["Helse", "Finans, skatt"]


def test_a_title_that_happens_to_be_a_columns_name_is_no_header():
    rows, faults = load("Mål\n\nNr;Tittel;Type\nK1;Åpenhet;delmål\n".encode(), GOALS)
    assert faults == []
    assert (rows[0].number, rows[0].values["title"]) == (4, "Åpenhet")


@pytest.mark.parametrize(
    "body",
    [book_of(TWO_ROWS, "A1:F1", "A3:C3", "D3:E3"), csv_of(TWO_ROWS)],
    ids=["xlsx", "csv"],
)
def test_a_header_of_two_rows_is_joined(body):
    rows, faults = load(body, CENTRAL)
    assert faults == []
    assert [row.number for row in rows] == [5]
    assert rows[0].values["responsible"] == "Programkontoret"
    assert (str(rows[0].values["start"]), str(rows[0].values["end"])) == ("2018-01-01", "2018-12-31")
    assert rows[0].headers["start"] == "Periode Fra"


def test_cells_merged_downwards_name_their_column_by_the_upper_row():
    rows = [
        ["Planår", "Område", "Tittel", "Periode", None, "Ansvarlig"],
        [None, None, None, "Fra", "Til", None],
        [2018, "Ledelse", "Nettverk", None, "31.12.2018", None],
    ]
    for body in (book_of(rows, "A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"), csv_of(rows)):
        read_rows, faults = load(body, CENTRAL)
        assert faults == []
        assert [row.number for row in read_rows] == [3]
        assert list(read_rows[0].headers.values()) == [
            "Planår",
            "Område",
            "Tittel",
            "Periode Fra",
            "Periode Til",
            "Ansvarlig",
        ]


def test_a_workbook_says_which_cells_a_name_stands_over():
    rows = [
        ["Planår", "Område", "Tittel", "Periode", None, None],
        [None, None, None, "Fra", "Til", "Merknad"],
        [2018, "Ledelse", "Nettverk", None, None, "?"],
    ]
    assert locate(read(book_of(rows, "D1:E1")), CENTRAL).names[3:] == ["Periode Fra", "Periode Til", "Merknad"]
    assert locate(read(csv_of(rows)), CENTRAL).names[3:] == ["Periode Fra", "Periode Til", "Periode Merknad"]


def test_two_groups_with_the_same_columns_under_them_are_told_apart():
    rows = [
        ["Tittel", "Planår", "Område", "Periode", None, "Rapportering", None],
        [None, None, None, "Fra", "Til", "Fra", "Til"],
        ["Nettverk", 2018, "Ledelse", "2018-01-01", "2018-12-31", "2018-02-01", "2018-03-01"],
    ]
    body = book_of(rows, "D1:E1", "F1:G1")
    assert found(load(body, CENTRAL).faults) == [
        (2, "Rapportering Fra", "duplicate-column"),
        (2, "Rapportering Til", "duplicate-column"),
    ]
    mapped = load(body, CENTRAL, mapping={"Rapportering Fra": None, "Rapportering Til": None})
    assert mapped.faults == []
    assert str(mapped.rows[0].values["end"]) == "2018-12-31"


def test_a_plain_header_is_not_joined_with_the_first_row_of_data():
    body = "Sektor;Tittel;Fra;Til\nEHA;Tittel;;\nEHA;Navn;;\n"
    rows, faults = load(body.encode(), LOCAL)
    assert faults == []
    assert [(row.number, row.values["title"]) for row in rows] == [(2, "Tittel"), (3, "Navn")]


def test_a_row_of_data_full_of_column_names_is_no_header():
    rows, faults = load(b"kode,navn\nkode,navn\n", SECTORS)
    assert (len(rows), faults) == (1, [])


def test_where_nothing_is_known_the_header_is_the_first_row_as_wide_as_the_sheet():
    body = "Vår plan\n\nHva;Hvem;Når\nNettverk;Alle;Snart\nKurs;Noen;Senere\n"
    assert locate(read(body.encode()), CENTRAL).number == 3
    assert found(load(body.encode(), CENTRAL).faults) == [(3, None, "header-missing")]


def test_a_header_below_the_first_rows_is_not_looked_for():
    body = "\n".join([*(f"linje {number};x" for number in range(25)), "code;name", "A;Alna"])
    assert found(load(body.encode(), SECTORS).faults)[0] == (1, None, "header-missing")


def test_merged_cells_in_the_data_change_nothing():
    rows = [["code", "name"], ["A", "Alna"], ["B", "Bjerke"]]
    assert len(load(book_of(rows, "A2:B2"), SECTORS).rows) == 1
    assert load(xlsx(*rows), SECTORS).rows[0].values == {"code": "A", "name": "Alna"}
