"""The demo's files are whole: what they promise is there, and whatever they refer to exists."""

import csv
from collections import Counter, defaultdict
from datetime import date
from itertools import chain, groupby

import pytest

from infra.demo.load import FOLDER, YEAR, story
from services.timeline import concurrency
from services.timeline.concurrency import Initiative, Span, State, cell_of, effective_period

DISTRICTS = {
    *("Alna", "Bjerke", "Frogner", "Gamle Oslo", "Grorud", "Grünerløkka", "Nordre Aker", "Nordstrand", "Sagene"),
    *("St. Hanshaugen", "Stovner", "Søndre Nordstrand", "Ullern", "Vestre Aker", "Østensjø"),
}
PILOT = {"Gamle Oslo", "Grorud", "Ullern", "Østensjø"}
AUDIENCES = {"employees", "leaders", "top_leaders", "organisations", "residents"}
FIELDS = {
    "discussions": {"organisations", "on"},
    "adopt": {"on"},
    "reschedule": {"start", "end"},
    "start": {"on"},
    "complete": {"on", "effect"},
    "cancel": {"on"},
    "discontinue": {"on"},
    "anchor": {"where", "on"},
    "support": {"central"},
    "publish": {"on"},
    "withdraw": {"on"},
    "receive-feedback": {"on", "audience", "text"},
    "observe-effect": {"on", "effect"},
    "record-participation": {"on", "phase", "who", "sentence"},
    "share-learning": {"text", "tags"},
    "report-status": {"status", "sentence"},
    "change-budget": {"budget"},
}
"""Command of the story → the fields it may have, beside `reason`."""


def rows(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


GOALS = {row["external_id"]: row for row in rows("goals")}
SECTORS = {row["code"]: row for row in rows("sectors")}
AGENCIES = {row["code"]: row for row in rows("agencies")}
PLANS = rows("plans")
CENTRAL = {row["external_id"]: row for row in rows("central_initiatives")}
LOCAL = {f"{row['sector']}:{row['external_id']}": row for row in rows("local_initiatives")}
ACTIVITIES = {row["external_id"]: row for row in rows("communication_activities")}
STORY = story()
ON_PLANS = [command for command in STORY if command.on_plan]
BY_SERVICE = {
    "goals": GOALS,
    "central_initiatives": CENTRAL,
    "local_initiatives": LOCAL,
    "communication": ACTIVITIES,
}
OF_ITEM = {
    item: list(commands)
    for item, commands in groupby(sorted(STORY, key=lambda c: (c.service, c.item)), key=lambda c: (c.service, c.item))
}


def several(cell):
    return cell.split(";") if cell else []


def day(text):
    return date.fromisoformat(text) if text else None


def happened(service, item):
    return {command.name: command.body for command in OF_ITEM.get((service, item), [])}


# What is there


def test_the_plans_own_goals_are_all_there_each_with_an_expected_effect():
    assert Counter(goal["kind"] for goal in GOALS.values()) == {"purpose": 3, "characteristic": 9}
    assert all(goal["expected_effect"] for goal in GOALS.values())
    assert [command.item for command in STORY if (command.service, command.name) == ("goals", "adopt")] == list(GOALS)


def test_eight_sectors_and_fifteen_districts_have_initiatives_of_their_own():
    assert len(SECTORS) == 8
    assert {row["sector"] for row in LOCAL.values()} == set(SECTORS)
    districts = {code: row for code, row in AGENCIES.items() if row["name"].startswith("Bydel ")}
    assert {row["name"].removeprefix("Bydel ") for row in districts.values()} == DISTRICTS
    assert {row["sector"] for row in districts.values()} == {"EHA"}
    assert {row["agency"] for row in LOCAL.values()} >= set(districts)


def test_the_year_has_four_areas_and_neighbours():
    assert Counter(row["plan_year"] for row in CENTRAL.values()) == {"2017": 2, "2018": 27}
    assert len({row["area"] for row in CENTRAL.values()}) == 4


def test_the_plans_have_the_areas_of_their_initiatives_and_money_for_them():
    assert {(row["plan_year"], row["area"]) for row in CENTRAL.values()} == {
        (row["plan_year"], row["area"]) for row in PLANS
    }
    for year, money in Counter({row["plan_year"]: int(row["frame"]) for row in PLANS if row["frame"]}).items():
        budgets = [row["budget"] for row in CENTRAL.values() if row["plan_year"] == year]
        assert 0 < sum(int(budget) for budget in budgets if budget) <= money
    assert not all(row["budget"] for row in CENTRAL.values())


def test_the_years_plan_is_discussed_before_it_is_adopted_and_adopted_before_its_year():
    discussed, adopted = ON_PLANS
    assert (discussed.name, adopted.name) == ("discussions", "adopt")
    assert {command.item for command in ON_PLANS} == {str(YEAR)}
    assert discussed.body["organisations"] == ["Kontaktutvalget", "Hovedverneombudet"]
    assert day(discussed.body["on"]) <= day(adopted.body["on"]) < date(YEAR, 1, 1)


def test_the_home_care_pilot_runs_in_four_districts_from_2017_into_2018():
    pilot = [row for row in LOCAL.values() if row["title"].startswith("Tillitsmodell i hjemmetjenesten")]
    assert {AGENCIES[row["agency"]]["name"].removeprefix("Bydel ") for row in pilot} == PILOT
    assert all(row["start"].startswith("2017") and row["end"].startswith("2018") for row in pilot)


def test_the_files_are_large_enough_to_look_like_a_year():
    assert (len(CENTRAL), len(LOCAL), len(ACTIVITIES)) == (29, 130, 30)


@pytest.mark.parametrize("items", [CENTRAL, LOCAL, ACTIVITIES], ids=["central", "local", "communication"])
def test_some_are_undated_some_have_only_a_start_and_some_only_an_end(items):
    dates = Counter((bool(row["start"]), bool(row["end"])) for row in items.values())
    assert all(dates[known] for known in [(True, True), (True, False), (False, True), (False, False)])


# What refers to what


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("goals", GOALS),
        ("sectors", SECTORS),
        ("agencies", AGENCIES),
        ("central_initiatives", CENTRAL),
        ("local_initiatives", LOCAL),
        ("communication_activities", ACTIVITIES),
    ],
)
def test_each_row_has_a_name_of_its_own(name, known):
    assert len(rows(name)) == len(known)


def test_every_reference_is_to_something_in_the_files():
    for row in [*CENTRAL.values(), *LOCAL.values(), *ACTIVITIES.values()]:
        assert several(row["goals"]), row
        assert set(several(row["goals"])) <= set(GOALS), row
    for row in LOCAL.values():
        assert not row["agency"] or AGENCIES[row["agency"]]["sector"] == row["sector"], row
        assert set(several(row["supports"])) <= set(CENTRAL), row
    for row in ACTIVITIES.values():
        assert set(several(row["central_initiatives"])) <= set(CENTRAL), row
        assert set(several(row["local_initiatives"])) <= set(LOCAL), row
    for row in [*CENTRAL.values(), *ACTIVITIES.values()]:
        assert set(several(row["audiences"])) <= AUDIENCES, row
        assert row["audiences"], row


def test_every_period_ends_after_it_starts():
    for row in [*CENTRAL.values(), *LOCAL.values(), *ACTIVITIES.values()]:
        start, end = day(row["start"]), day(row["end"])
        assert start is None or end is None or start <= end, row


# The story


def test_the_story_is_about_items_of_the_files_and_tells_nothing_twice():
    for command in STORY:
        assert command.item in BY_SERVICE[command.service] or command in ON_PLANS, command
        assert set(command.body) <= FIELDS[command.name] | {"reason"}, command
        assert set(several(command.body.get("central", ""))) <= set(CENTRAL), command
        day(command.body.get("on"))
    assert len({command.key for command in STORY}) == len(STORY)


def test_the_key_of_a_command_is_the_same_the_next_time_the_story_is_read():
    assert [command.key for command in story()] == [command.key for command in STORY]


def test_nothing_happens_twice_to_an_item():
    for item, commands in OF_ITEM.items():
        assert max(Counter(command.name for command in commands).values()) == 1, item


def test_what_starts_was_anchored_before_and_what_is_completed_was_started_before():
    for service, item in OF_ITEM:
        told = happened(service, item)
        names = list(told)
        if service == "local_initiatives" and "start" in told:
            assert names.index("anchor") < names.index("start"), item
            assert day(told["anchor"]["on"]) <= day(told["start"]["on"]), item
        for end in {"complete", "cancel", "discontinue"} & set(told):
            assert set(names[names.index(end) + 1 :]) <= {"share-learning"}, item
            assert "start" not in told or day(told["start"]["on"]) <= day(told[end]["on"]), item
        assert "complete" not in told or "start" in told, item


def test_feedback_comes_after_a_publishing_and_effects_after_an_adoption():
    first = {"receive-feedback": "publish", "observe-effect": "adopt"}
    for (_, item), commands in OF_ITEM.items():
        names = [command.name for command in commands]
        for later in first.keys() & set(names):
            assert names.index(first[later]) < names.index(later), item
    assert first.keys() | {"withdraw"} <= {command.name for command in STORY}


def test_sectors_tell_who_took_part_and_what_they_learnt():
    """In each phase, and from one end of the city to the other: what there is to look at on the timeline."""
    told = [command for command in STORY if command.name == "record-participation"]
    assert {command.body["phase"] for command in told} == {"idea", "plan", "development"}
    assert set(chain(*(command.body["who"] for command in told))) == {
        *("residents", "employees", "organisations", "safety_representatives")
    }
    learnt = Counter(tag for command in STORY if command.name == "share-learning" for tag in command.body["tags"])
    assert max(learnt.values()) > 1, "a tag is shared by some"
    shared = {command.item.split(":")[0] for command in STORY if command.name == "share-learning"}
    assert len(shared) > len(SECTORS) / 2


def test_whatever_is_moved_is_moved_to_other_days_and_for_a_reason():
    moved = [
        (service, item, happened(service, item)["reschedule"])
        for service, item in OF_ITEM
        if "reschedule" in happened(service, item)
    ]
    assert {service for service, _, _ in moved} == {"central_initiatives", "local_initiatives", "communication"}
    for service, item, after in moved:
        before = BY_SERVICE[service][item]
        assert after["reason"], item
        assert day(after["start"]) <= day(after["end"]), item
        assert (after["start"], after["end"]) != (before["start"], before["end"]), item


@pytest.mark.parametrize(("service", "stop"), [("central_initiatives", "cancel"), ("local_initiatives", "discontinue")])
def test_some_are_stopped_before_they_start_and_some_after(service, stop):
    started = Counter(
        "start" in happened(service, item) for of, item in OF_ITEM if of == service and stop in happened(of, item)
    )
    assert started[True] >= 1
    assert started[False] >= 1


def test_some_start_early_some_late_and_some_end_late():
    differences = defaultdict(int)
    for item, row in LOCAL.items():
        told = happened("local_initiatives", item)
        planned = told.get("reschedule", row)
        for command, edge in (("start", "start"), ("complete", "end")):
            if command in told and planned[edge]:
                difference = (day(told[command]["on"]) - day(planned[edge])).days
                differences[command, (difference > 0) - (difference < 0)] += 1
    assert all(differences[command, sign] for command in ("start", "complete") for sign in (-1, 0, 1))


# What the matrix of the year says


def initiative(service, item, row):
    told = happened(service, item)
    planned = told.get("reschedule", row)
    stopped = {"cancel": "cancelled", "discontinue": "discontinued"}
    return Initiative(
        id=item,
        effective=effective_period(
            status=next((status for command, status in stopped.items() if command in told), "not_started"),
            planned_start=day(planned["start"]),
            planned_end=day(planned["end"]),
            actual_start=day(told.get("start", {}).get("on")),
            basis="planned",
        ),
        goals=frozenset(several(row["goals"])),
        sector=row.get("sector"),
        supports=frozenset(several(row.get("supports", "")))
        | ({told["support"]["central"]} if "support" in told else set()),
    )


INITIATIVES = [initiative("central_initiatives", item, row) for item, row in CENTRAL.items()] + [
    initiative("local_initiatives", item, row) for item, row in LOCAL.items()
]
WINDOW = Span.of_year(YEAR)


def test_every_state_occurs_in_the_matrix_and_together_in_many_degrees():
    cells = [cell_of(INITIATIVES, goal, sector, WINDOW) for goal in GOALS for sector in SECTORS]
    states: Counter[State] = Counter(cell.state for cell in cells)
    assert states == {"together": 62, "apart": 12, "central_only": 14, "local_only": 4, "none": 4}
    degrees = {round(cell.degree, 1) for cell in cells if cell.state == "together"}
    assert {0.1, 0.3, 0.5, 0.7, 0.9} <= degrees


def test_sectors_that_meet_no_central_days_lie_both_before_and_after_them():
    moves = {
        gap.smallest_move > 0
        for goal in GOALS
        for sector in SECTORS
        if cell_of(INITIATIVES, goal, sector, WINDOW).state == "apart"
        for gap in concurrency.gaps(INITIATIVES, goal, sector, WINDOW)
    }
    assert moves == {True, False}


def test_the_years_headline():
    year = concurrency.year(INITIATIVES, SECTORS, WINDOW)
    assert (year.all_sectors.central, year.all_sectors.together, year.all_sectors.at_the_same_time) == (25, 25, 23)
    assert (year.undated_central, year.all_sectors.undated_local) == (3, 9)
