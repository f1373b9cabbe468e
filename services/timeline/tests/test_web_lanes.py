"""Bars and labels of a lane never touch, whatever their lengths; the axis, the windows and the counts are exact."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.timeline import runs
from services.timeline.pages import axis, grouping, lanes, spans
from services.timeline.pages.lanes import Item, Stretch
from services.timeline.pages.letters import measure
from services.timeline.pages.scale import DAY, Part, Scale
from services.timeline.pages.speaker import Speaker
from services.timeline.runs import inclusive
from services.timeline.view import LONGEST_WINDOW

FIRST, LAST = date(2018, 1, 1), date(2018, 12, 31)
SCALE = Scale(FIRST, LAST, 900)
DAYS = st.integers(0, 364).map(lambda n: FIRST + timedelta(n))
TITLES = st.one_of(
    st.text(max_size=40), st.sampled_from(["W" * 460, "Kort", "Et tiltak med en vanlig tittel", "i" * 90])
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    where = SCALE.part(inclusive(first, last))
    common = [where] if draw(st.booleans()) else []
    return Item("local", where, draw(TITLES), "", "/x", common, draw(st.booleans()), draw(st.booleans()))


AT_THE_END = Item("local", SCALE.part(inclusive(date(2018, 12, 28), date(2018, 12, 28))), "", "", "/x", [], True, False)
"""A title of no letters, in a bar with an arrow that is wider than itself."""


def is_crossed(label: lanes.Label, today: float | None) -> bool:
    return today is not None and bool(label.text) and label.x <= today <= label.x + label.width


@given(st.lists(items(), max_size=40), st.none() | st.floats(0, 900))
@example([AT_THE_END], None)
@settings(max_examples=200, deadline=None)
def test_no_bar_and_no_label_touches_another(drawn: list[Item], today: float | None) -> None:
    lane = lanes.lane(drawn, SCALE, today=today)
    assert len(lane.bars) == len(drawn)
    boxes = []
    for bar in lane.bars:
        where, label = bar.item.where, bar.label
        left, right = where.x, where.x + where.width
        if label.text:  # else nothing is drawn, wherever it is
            left, right = min(left, label.x), max(right, label.x + label.width)
        assert left >= -0.1
        assert right <= SCALE.width + 0.1
        assert bar.y + lanes.BAR <= lane.height
        if label.side == "inside":
            assert where.x <= label.x
            assert label.x + label.width <= where.x + where.width + 0.1 or not label.text
        elif label.text:
            assert label.x >= where.x + where.width or label.x + label.width <= where.x
        boxes.append((bar.y, left, right))
    boxes.sort()
    for (y, _, right), (next_y, left, _) in pairwise(boxes):
        assert y != next_y or right < left


@given(items(), st.floats(0, 900))
def test_a_label_crosses_today_only_where_a_whole_one_has_no_other_place(item: Item, today: float) -> None:
    """Places are counted anew: left and right of the bar, and in it, before today and after it."""
    if not is_crossed(lanes.place(item, SCALE.width, today), today):
        return
    needed, start = measure(item.title), item.where.x + lanes.INSIDE + lanes.ARROW * item.open_start
    end = item.where.x + item.where.width
    inside = end - lanes.INSIDE - lanes.ARROW * item.open_end
    beside = needed <= lanes.LONGEST
    right, left = (
        (end + lanes.BESIDE, end + lanes.BESIDE + needed),
        (item.where.x - lanes.BESIDE - needed, item.where.x),
    )
    assert not (beside and right[1] <= SCALE.width and not right[0] <= today <= right[1])
    assert not (beside and left[0] >= 0 and not left[0] <= today <= left[1])
    assert not (start <= today and today + lanes.INSIDE + needed <= inside)


@given(st.lists(st.tuples(DAYS, DAYS, TITLES), max_size=20))
def test_marks_of_missing_days_and_their_labels_touch_nothing(drawn: list[tuple[date, date, str]]) -> None:
    stretches = [Stretch("gap", SCALE.part(inclusive(min(a, b), max(a, b))), "told", text) for a, b, text in drawn]
    lane = lanes.lane([], SCALE, today=None, stretches=stretches)
    boxes = sorted(
        (mark.y, min(mark.stretch.where.x, mark.label.x if mark.label.text else 900), mark) for mark in lane.marks
    )
    for (y, _, mark), (next_y, left, _) in pairwise(boxes):
        right = max(mark.stretch.where.x + mark.stretch.where.width, mark.label.x + mark.label.width)
        assert y != next_y or right < left
    assert all(mark.y + lanes.MARK_ROW <= lane.height for mark in lane.marks)


@given(st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))), max_size=30))
def test_a_closed_lane_counts_what_runs_in_each_part_of_the_axis(periods: list[tuple[date, date]]) -> None:
    cells = axis.cells(SCALE)
    lane = lanes.closed([inclusive(*period) for period in periods], cells, SCALE)
    assert [cell.n for cell in lane.cells] == [
        sum(first.toordinal() < end and last.toordinal() >= start for first, last in periods) for start, end in cells
    ]
    assert all((cell.n > 0) == (cell.level > 0) and cell.level <= lanes.LEVELS for cell in lane.cells)
    assert len(cells) == 12
    assert cells[0][0] == FIRST.toordinal()
    assert cells[-1][1] == LAST.toordinal() + 1


def place(title: str, first: date, last: date, **more: object) -> lanes.Label:
    return lanes.place(Item("local", SCALE.part(inclusive(first, last)), title, "", **more), SCALE.width, None)  # type: ignore[arg-type]


def test_a_label_is_inside_if_it_fits_else_beside_else_cut() -> None:
    assert place("Kort", FIRST, LAST).side == "inside"
    assert place("Et tiltak med en lang tittel", FIRST, FIRST + 5 * DAY).side == "right"
    assert place("Et tiltak med en lang tittel", LAST - 5 * DAY, LAST).side == "left"
    cut = place("Et tiltak med en altfor lang tittel " * 10, FIRST + 100 * DAY, LAST - 100 * DAY)
    assert cut.text.endswith("…")


def test_a_label_does_not_cover_hatched_days_while_there_is_room_beside() -> None:
    where = SCALE.part(inclusive(FIRST, FIRST + 180 * DAY))
    assert place("Et tiltak", FIRST, FIRST + 180 * DAY, common=[where]).side == "right"
    assert place("Et tiltak", FIRST, FIRST + 180 * DAY, common=[Part(400, 46)]).side == "inside"


def test_a_label_avoids_today_where_it_can() -> None:
    item = Item("central", SCALE.part(inclusive(date(2018, 6, 1), date(2018, 6, 5))), "Et tiltak med tittel", "")
    today = SCALE.x(date(2018, 6, 20))
    assert lanes.place(item, SCALE.width, None).side == "right"
    assert lanes.place(item, SCALE.width, today).side == "left"


@given(DAYS, st.integers(0, 60 * 365))
def test_the_axis_has_marks_that_can_be_read(first: date, days: int) -> None:
    scale = Scale(first, first + timedelta(days), 900)
    marks = axis.ticks(scale, Speaker("nb"))
    assert len(marks) <= axis.MOST_TICKS
    assert [mark.x for mark in marks] == sorted({mark.x for mark in marks})
    assert all(0 <= mark.x <= 900 and mark.label for mark in marks)


def test_months_of_a_year_and_years_of_a_longer_window() -> None:
    assert [mark.label for mark in axis.ticks(SCALE, Speaker("nb"))][:5] == ["jan", "feb", "mar", "apr", "mai"]
    assert [mark.label for mark in axis.ticks(Scale(FIRST, date(2022, 12, 31), 900), Speaker("en"))] == [
        "2018",
        "2019",
        "2020",
        "2021",
        "2022",
    ]


LANGUAGES = st.sampled_from([Speaker("nb"), Speaker("en")])


@given(DAYS, st.integers(0, 50 * 366), LANGUAGES, st.none() | st.floats(0, 900))
def test_no_label_of_the_axis_touches_another_whatever_the_window(
    first: date, days: int, speaker: Speaker, today: float | None
) -> None:
    scale = Scale(first, first + timedelta(days), 900)
    drawn = axis.axis(scale, speaker, today)
    assert drawn.labels
    boxes = sorted((label.y, label.x, label.x + measure(label.text)) for label in drawn.labels)
    if drawn.today:
        boxes.append((drawn.today.y, drawn.today.x, drawn.today.x + measure(drawn.today.text)))
    assert all(left >= 0 and right <= 900.1 and y < drawn.height for y, left, right in boxes)
    assert all(y != next_y or right < left for (y, _, right), (next_y, left, _) in pairwise(sorted(boxes)))
    assert [mark.x for mark in drawn.marks] == sorted({mark.x for mark in drawn.marks})


def of_axis(first: date, last: date) -> list[str]:
    return [label.text for label in axis.axis(Scale(first, last, 900), Speaker("nb"), None).labels]


def test_the_axis_suits_the_zoom_and_has_tertials_and_plan_years() -> None:
    assert of_axis(FIRST, LAST)[:5] == ["1. tertial 2018", "2. tertial 2018", "3. tertial 2018", "jan", "feb"]
    assert of_axis(date(2018, 5, 1), date(2018, 8, 31))[:2] == ["mai 2018, 2. tertial", "juni 2018"]
    assert of_axis(date(2018, 3, 5), date(2018, 3, 11)) == [
        *("uke 10, mars 2018", "man. 5.", "tir. 6.", "ons. 7.", "tor. 8.", "fre. 9.", "lør. 10.", "søn. 11."),
    ]
    assert of_axis(FIRST, date(2020, 12, 31))[:4] == ["2018", "2019", "2020", "1. tertial"]
    assert of_axis(FIRST, date(2030, 12, 31))[-1] == "2030"
    marks = axis.axis(Scale(FIRST, date(2019, 12, 31), 900), Speaker("nb"), None).marks
    assert [mark.weight for mark in marks].count("tertial") == 4
    assert [mark.weight for mark in marks].count("year") == 1


# Windows


YEARS = [2017, 2018]


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.sampled_from(spans.KINDS))
def test_a_window_has_its_day_and_touches_the_ones_before_and_after(day: date, kind: spans.Kind) -> None:
    first, last = spans.around(kind, day, YEARS)
    assert first <= day <= last
    found = spans.kind_of(first, last, YEARS)
    assert found == kind
    before, after = spans.beside(first, last, kind, -1), spans.beside(first, last, kind, 1)
    assert before
    assert after
    assert (before[1] + DAY, after[0] - DAY) == (first, last)
    if kind == "years":
        assert last.year - first.year < LONGEST_WINDOW
    else:
        assert spans.around(kind, before[0], YEARS) == before
        assert spans.around(kind, after[0], YEARS) == after


def test_a_window_of_its_own_moves_by_its_length_and_not_out_of_what_can_be_asked_for() -> None:
    assert spans.beside(date(2018, 3, 10), date(2018, 3, 19), None, 1) == (date(2018, 3, 20), date(2018, 3, 29))
    assert spans.beside(date(1900, 1, 1), date(1900, 12, 31), "year", -1) is None
    assert spans.beside(date(2200, 1, 1), date(2200, 12, 31), "year", 1) is None


def test_what_is_shown_fits_from_its_first_to_its_last_day() -> None:
    periods = [(date(2017, 11, 3), date(2018, 2, 1)), (date(2018, 5, 1), None), (None, date(2018, 3, 1))]
    assert spans.fitting(periods, FIRST, LAST) == (date(2017, 11, 3), LAST)
    assert spans.fitting([], FIRST, LAST) is None
    assert spans.fitting([(date(1, 1, 1), date(9999, 12, 31))], FIRST, LAST) == (
        date(1900, 1, 1),
        date(1949, 12, 31),
    )


@given(st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))), max_size=8), DAYS, DAYS)
def test_shared_days_are_those_of_both(periods: list[tuple[date, date]], one: date, other: date) -> None:
    row = {"shown_from": min(one, other), "shown_to": max(one, other), "undated": False}
    found = grouping.shared(row, runs.union(inclusive(*period) for period in periods))
    days = {FIRST + timedelta(n) for n in range(365)}
    expected = {
        day
        for day in days
        if row["shown_from"] <= day <= row["shown_to"] and any(first <= day <= last for first, last in periods)
    }
    assert {day for day in days if any(start <= day.toordinal() < end for start, end in found)} == expected
