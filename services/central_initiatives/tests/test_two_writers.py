"""Rules over several streams, with two who write at the same instant, on a real PostgreSQL (I5)."""

import pytest

from shared import identity
from shared.testing.service import at_the_same_time, faults

ATTEMPTS = range(5)


def one_wins(answers, won=200):
    """The other one's faults."""
    assert sorted(answer.status_code for answer in answers) == [won, 409]
    [loser] = [answer for answer in answers if answer.status_code == 409]
    return faults(loser)


def drafted(central, year, frame=None):
    """The plan of a year, with one area."""
    assert central.post("/plans", {"year": year}).status_code == 201
    assert central.post(f"/plans/{year}/areas", {"name": "Ledelse"}).status_code == 200
    if frame is not None:
        assert central.post(f"/plans/{year}/frame", {"amount": frame}).status_code == 200


def plan(central, name, year, budget=None):
    body = {"external_id": name, "plan_year": year, "area": "Ledelse", "title": f"Tiltak {name}", "budget": budget}
    return central.post("/initiatives", body)


def allocated(central, year):
    return central.get(f"/plans/{year}")["allocated"]


def test_of_two_who_draft_the_same_year_one_wins(central):
    for attempt in ATTEMPTS:
        year = 2018 + attempt
        answers = at_the_same_time(*[lambda year=year: central.post("/plans", {"year": year})] * 2)
        assert one_wins(answers, won=201) <= {("/year", "action-plan-exists")}
        assert len(central.service.store.read(identity.named("action-plan", str(year)))) == 1


def test_of_two_who_add_the_same_area_one_wins(central):
    drafted(central, 2018)
    for attempt in ATTEMPTS:
        name = f"Område {attempt}"
        add = [lambda name=name: central.post("/plans/2018/areas", {"name": name})] * 2
        assert one_wins(at_the_same_time(*add)) <= {("/name", "area-exists")}
    assert central.get("/plans/2018")["areas"] == ["Ledelse", *(f"Område {attempt}" for attempt in ATTEMPTS)]


def test_of_two_initiatives_that_each_fit_into_the_frame_but_not_both_one_is_planned(central):
    for attempt in ATTEMPTS:
        year = 2018 + attempt
        drafted(central, year, frame=500_000)
        answers = at_the_same_time(
            *[lambda name=name, year=year: plan(central, f"{name}{year}", year, 300_000) for name in "AB"]
        )
        assert one_wins(answers, won=201) == {("/budget", "frame-exceeded")}
        assert allocated(central, year) == 300_000


def test_of_two_budgets_that_are_raised_to_the_rest_of_the_frame_one_is(central):
    drafted(central, 2018, frame=500_000)
    for name in "AB":
        plan(central, name, 2018, 200_000)
    for _ in ATTEMPTS:
        answers = at_the_same_time(
            *[
                lambda name=name: central.post(f"/initiatives/{name}/change-budget", {"budget": 300_000})
                for name in "AB"
            ]
        )
        assert one_wins(answers) == {("/budget", "frame-exceeded")}
        assert allocated(central, 2018) == 500_000
        for name in "AB":
            central.post(f"/initiatives/{name}/change-budget", {"budget": 200_000})


def test_of_two_initiatives_that_move_into_one_year_only_as_many_as_fit_do(central):
    drafted(central, 2017)
    for attempt in ATTEMPTS:
        year = 2018 + attempt
        drafted(central, year, frame=500_000)
        names = [f"{name}{year}" for name in "AB"]
        for name in names:
            plan(central, name, 2017, 300_000)
        move = [
            lambda name=name, year=year: central.post(f"/initiatives/{name}/revise", {"plan_year": year})
            for name in names
        ]
        assert one_wins(at_the_same_time(*move)) == {("/plan_year", "frame-exceeded")}
        assert allocated(central, year) == 300_000


def test_a_frame_is_not_lowered_past_an_initiative_that_is_being_planned(central):
    for attempt in ATTEMPTS:
        year = 2018 + attempt
        drafted(central, year, frame=500_000)
        answers = at_the_same_time(
            lambda year=year: central.post(f"/plans/{year}/frame", {"amount": 200_000}),
            lambda year=year: plan(central, f"S{year}", year, 300_000),
        )
        assert {answer.status_code for answer in answers} in ({409, 201}, {200, 409})
        [loser] = [answer for answer in answers if answer.status_code == 409]
        assert faults(loser) <= {("/amount", "frame-below-allocated"), ("/budget", "frame-exceeded")}
        assert allocated(central, year) <= central.get(f"/plans/{year}")["frame"]


def test_nothing_is_planned_in_a_year_while_it_is_closed(central):
    for attempt in ATTEMPTS:
        year = 2018 + attempt
        drafted(central, year)
        central.post(f"/plans/{year}/discussions", {"organisations": ["Kontaktutvalget"], "on": f"{year}-01-10"})
        central.post(f"/plans/{year}/adopt", {"on": f"{year}-01-20"})
        closed, planned = at_the_same_time(
            lambda year=year: central.post(f"/plans/{year}/close", {"on": f"{year}-12-31"}),
            lambda year=year: plan(central, f"S{year}", year),
        )
        assert closed.status_code == 200
        events = [stored.type for _, stored in central.service.store.read_all()]
        if planned.status_code == 409:
            assert faults(planned) == {("/plan_year", "plan-closed")}
        else:
            assert events[-2:] == ["samtidig.central-initiative.planned.v1", "samtidig.action-plan.closed.v1"]


@pytest.mark.parametrize("first", ["file", "command"])
def test_a_file_and_a_command_do_not_both_take_the_rest_of_the_frame(central, first):
    file = "external_id,plan_year,area,title,budget\n{name},{year},Ledelse,Tiltak,300000\n"
    for attempt in ATTEMPTS:
        year = 2018 + attempt
        drafted(central, year, frame=500_000)
        calls = [
            lambda year=year: central.send("/initiatives/import", file.format(name=f"F{year}", year=year)),
            lambda year=year: plan(central, f"S{year}", year, 300_000),
        ]
        answers = at_the_same_time(*(calls if first == "file" else reversed(calls)))
        assert sorted(answer.status_code for answer in answers) in ([200, 409], [201, 422])
        assert allocated(central, year) == 300_000
