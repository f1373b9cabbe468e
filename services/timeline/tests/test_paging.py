"""Pages: how they are cut, what a cursor is, and what of a row stays with us."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from services.timeline import paging
from services.timeline.changes import ChangePlace
from services.timeline.gaps import GapPlace
from services.timeline.lanes import BarPlace
from services.timeline.learning import LearningPlace
from services.timeline.paging import MalformedError, Page

ID = UUID("00000000-0000-0000-0000-00000000beef")
BAR = BarPlace(False, "BLK", UUID(int=1), date(2018, 1, 1), ID)
PLACES = [
    BAR,
    GapPlace(-1, -31, date.min, ID, UUID(int=0), "local_only"),
    ChangePlace(2, True, "ÆØÅ", ID, date(2018, 1, 1), ID),
    LearningPlace(datetime(2018, 1, 1, 12, 30, 1, 123456, tzinfo=UTC), ID, 3),
]


def rows(limit: int) -> list[paging.Row]:
    return [{"_n": n, "name": f"row {n}"} for n in range(1, 6)][:limit]


def place(row: paging.Row) -> tuple[int]:
    return (row["_n"],)


def test_a_page_that_is_not_the_last_says_after_which_row_the_following_one_begins() -> None:
    assert paging.page(rows, 3, place) == Page(rows(3), (3,))
    assert paging.page(rows, 4, place).next == (4,)
    assert paging.page(rows, 5, place) == Page(rows(5), None)
    assert paging.page(rows, 9, place).cursor is None
    assert paging.page(lambda _: [], 9, place, total=7) == Page([], None, 7), "all are counted past the last page too"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: type(place).__name__)
def test_a_cursor_is_read_as_the_place_that_it_was_written_from(place: tuple[object, ...]) -> None:
    text = paging.cursor(place)
    assert text.replace("-", "").replace("_", "").isalnum()
    assert paging.read(text, type(place)) == place


@pytest.mark.parametrize("place", PLACES[1:], ids=lambda place: type(place).__name__)
def test_a_cursor_of_another_answer_is_malformed(place: tuple[object, ...]) -> None:
    with pytest.raises(MalformedError):
        paging.read(paging.cursor(place), BarPlace)


@pytest.mark.parametrize("text", ["", "!", "æ", "bm9uc2Vuc2U", "A" * 5000, paging.cursor(BAR._replace(code="\x00"))])
def test_what_we_did_not_write_is_malformed(text: str) -> None:
    with pytest.raises(MalformedError):
        paging.read(text, BarPlace)


def test_what_begins_with_a_line_below_stays_with_us() -> None:
    assert paging.public(rows(2)) == [{"name": "row 1"}, {"name": "row 2"}]
