"""Bars and labels of a lane never touch, whatever their lengths; the axis and the days of a lane are exact."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from services.timeline.pages import lanes
from services.timeline.pages.lanes import Item
from services.timeline.pages.scale import DAY, MOST_LABELS, Part, Scale, between, count, ticks, union
from services.timeline.pages.speaker import Speaker

FIRST, LAST = date(2018, 1, 1), date(2018, 12, 31)
SCALE = Scale(FIRST, LAST, 900)
DAYS = st.integers(0, 364).map(lambda n: FIRST + timedelta(n))
TITLES = st.one_of(
    st.text(max_size=40), st.sampled_from(["W" * 460, "Kort", "Et tiltak med en vanlig tittel", "i" * 90])
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    first, last = sorted([draw(DAYS), draw(DAYS)])
    where = SCALE.part(first, last)
    common = [where] if draw(st.booleans()) else []
    return Item("local", where, draw(TITLES), "", "/x", common, draw(st.booleans()), draw(st.booleans()))


@given(st.lists(items(), max_size=40), st.none() | st.floats(0, 900))
@settings(max_examples=200, deadline=None)
def test_no_bar_and_no_label_touches_another(drawn: list[Item], today: float | None) -> None:
    lane = lanes.lane(drawn, SCALE, today=today)
    assert len(lane.bars) == len(drawn)
    boxes = []
    for bar in lane.bars:
        where, label = bar.item.where, bar.label
        left, right = min(where.x, label.x), max(where.x + where.width, label.x + label.width)
        assert left >= -0.1
        assert right <= SCALE.width + 0.1
        assert bar.y + lanes.BAR <= lane.height
        if label.side == "inside":
            assert where.x <= label.x
            assert label.x + label.width <= where.x + where.width + 0.1 or not label.text
        boxes.append((bar.y, left, right))
    boxes.sort()
    for (y, _, right), (next_y, left, _) in pairwise(boxes):
        assert y != next_y or right < left


def place(title: str, first: date, last: date, **more: object) -> lanes.Label:
    return lanes.place(Item("local", SCALE.part(first, last), title, "", **more), SCALE.width, None)  # type: ignore[arg-type]


def test_a_label_is_inside_if_it_fits_else_beside_else_cut() -> None:
    assert place("Kort", FIRST, LAST).side == "inside"
    assert place("Et tiltak med en lang tittel", FIRST, FIRST + 5 * DAY).side == "right"
    assert place("Et tiltak med en lang tittel", LAST - 5 * DAY, LAST).side == "left"
    cut = place("Et tiltak med en altfor lang tittel " * 10, FIRST + 100 * DAY, LAST - 100 * DAY)
    assert cut.text.endswith("…")


def test_a_label_does_not_cover_hatched_days_while_there_is_room_beside() -> None:
    where = SCALE.part(FIRST, FIRST + 180 * DAY)
    assert place("Et tiltak", FIRST, FIRST + 180 * DAY, common=[where]).side == "right"
    assert place("Et tiltak", FIRST, FIRST + 180 * DAY, common=[Part(400, 46)]).side == "inside"


def test_a_label_avoids_today_where_it_can() -> None:
    item = Item("central", SCALE.part(date(2018, 6, 1), date(2018, 6, 5)), "Et tiltak med tittel", "")
    today = SCALE.x(date(2018, 6, 20))
    assert lanes.place(item, SCALE.width, None).side == "right"
    assert lanes.place(item, SCALE.width, today).side == "left"


@given(st.lists(st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))), max_size=12))
def test_days_with_something_and_days_with_nothing_are_all_days(periods: list[tuple[date, date]]) -> None:
    busy = union(periods)
    free = between(busy, FIRST, LAST)
    days = {FIRST + timedelta(n) for n in range(365) if any(a <= FIRST + timedelta(n) <= b for a, b in periods)}
    assert count(busy) == len(days)
    assert count(busy) + count(free) == 365
    assert all(last + DAY < following for (_, last), (following, _) in pairwise(busy))


@given(DAYS, st.integers(0, 60 * 365))
def test_the_axis_has_marks_that_can_be_read(first: date, days: int) -> None:
    scale = Scale(first, first + timedelta(days), 900)
    marks = ticks(scale, Speaker("nb"))
    assert len(marks) <= MOST_LABELS
    assert [mark.x for mark in marks] == sorted({mark.x for mark in marks})
    assert all(0 <= mark.x <= 900 and mark.label for mark in marks)


def test_months_of_a_year_and_years_of_a_longer_window() -> None:
    assert [mark.label for mark in ticks(SCALE, Speaker("nb"))][:5] == ["jan", "feb", "mar", "apr", "mai"]
    assert [mark.label for mark in ticks(Scale(FIRST, date(2022, 12, 31), 900), Speaker("en"))] == [
        "2018",
        "2019",
        "2020",
        "2021",
        "2022",
    ]
