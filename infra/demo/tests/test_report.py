"""The report from fixed answers of the timeline: what stands where, and that it fits a terminal."""

import pytest

from infra.demo.report import WIDTH, Report, render

ADDRESS = "http://127.0.0.1:8400/"


def cell(goal, sector, state, degree=None):
    return {"goal": goal, "sector": sector, "state": state, "degree": degree}


def totals(**changed):
    usual = {"central": 12, "central_together": 11, "central_concurrent": 9, "undated_central": 2, "undated_local": 3}
    return usual | changed


def matrix(**changed):
    usual = {
        "window": {"from": "2018-01-01", "to": "2018-12-31"},
        "totals": totals(),
        "goals": [
            {"id": "g1", "external_id": "K6", "title": "God samhandling mellom ledelse og medarbeidere og andre"},
            {"id": "g2", "external_id": None, "title": "Åpenhet"},
        ],
        "sectors": [
            {"id": "s1", "code": "EHA", "name": "Eldre, helse og arbeid"},
            {"id": "s2", "code": "FIN", "name": "Finans"},
        ],
        "cells": [
            cell("g1", "s1", "together", 0.834),
            cell("g1", "s2", "apart", 0.0),
            cell("g1", None, "together", 0.004),
            cell("g2", "s1", "central_only", 0.0),
            cell("g2", "s2", "local_only", 0.0),
            cell("g2", None, "none"),
        ],
    }
    return usual | changed


def gap(**changed):
    usual = {
        "goal": "g1",
        "sector": "s2",
        "kind": "central_only",
        "from": "2018-03-01",
        "to": "2018-03-31",
        "days": 31,
        "nearest": {"id": "i", "title": "Klarspråk", "start": "2018-04-03", "end": None},
        "move": -3,
    }
    return usual | changed


def rendered(*gaps, language="nb", **changed):
    return render(Report.of(matrix(**changed), {"gaps": list(gaps)}), ADDRESS, language)


def row(text, beginning):
    return next(line for line in text.splitlines() if line.startswith(beginning))


def test_it_begins_with_the_plans_question_answered_and_ends_with_the_address():
    text = rendered()
    assert text.startswith(
        "I 2018 virker 9 av 12 sentrale tiltak samtidig med lokale tiltak. 2 har lokale tiltak å virke sammen"
    )
    assert "1 har ingen å virke sammen med." in text
    assert "2 av de sentrale og 3 av de lokale." in " ".join(text.split())
    assert text.endswith(f"Se hele året: {ADDRESS}\n")


def test_a_cell_is_a_degree_or_the_words_for_why_there_is_none():
    text = rendered()
    assert row(text, "K6 ").split()[-5:] == ["%", "ulik", "tid", "<1", "%"]
    assert row(text, "Åpenhet").split()[1:] == ["bare", "bare", "–"]
    below = text.splitlines()[text.splitlines().index(row(text, "Åpenhet")) + 1]
    assert below.split() == ["sentralt", "lokalt"]


@pytest.mark.parametrize(("degree", "shown"), [(1.0, "100 %"), (0.996, "99 %"), (0.5, "50 %"), (0.002, "<1 %")])
def test_a_degree_is_never_rounded_down_to_nothing_or_up_to_all(degree, shown):
    cells = [cell(goal, sector, "together", degree) for goal in ("g1", "g2") for sector in ("s1", "s2", None)]
    assert rendered(cells=cells).count(shown) == 6


def test_each_sector_stands_in_the_legend_with_its_name():
    assert "EHA Eldre, helse og arbeid; FIN Finans." in rendered()


def test_a_gap_says_when_how_long_who_is_nearest_and_what_would_mend_it():
    text = rendered(gap())
    assert (
        "1. K6 God samhandling mellom ledelse og medarbeidere og andre · FIN: 31 dager bare sentralt, 1.3.2018–" in text
    )
    assert "   Nærmest: «Klarspråk» (3.4.2018–). Minste flytting av det lokale: 3 dager tidligere." in text


def test_one_day_is_singular_and_the_other_direction_is_later():
    text = rendered(gap(days=1, move=1))
    assert "FIN: 1 dag bare sentralt" in text
    assert "1 dag senere" in text


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("central_only", "Sektoren har ingen tidfestede lokale tiltak for målet."),
        ("local_only", "Ingen tidfestede sentrale tiltak har dette målet."),
    ],
)
def test_a_gap_that_nobody_is_near_says_so(kind, sentence):
    assert sentence in rendered(gap(kind=kind, nearest=None, move=None))


def test_a_gap_of_all_sectors_together_names_them_so():
    assert "· alle sektorer: 31 dager" in rendered(gap(sector=None))


def test_without_gaps_it_says_so():
    assert "Ingen hull" in rendered()


def test_without_central_initiatives_there_is_nothing_to_count():
    none = totals(central=0, central_together=0, central_concurrent=0)
    assert rendered(totals=none).startswith("I 2018 er ingen sentrale tiltak tidfestet.")


def test_what_there_is_none_of_is_not_mentioned():
    text = rendered(totals=totals(central_together=12, central_concurrent=12))
    assert text.startswith("I 2018 virker 12 av 12 sentrale tiltak samtidig med lokale tiltak. Ikke tidfestet")


def test_another_window_is_named_by_its_days():
    text = rendered(window={"from": "2018-02-01", "to": "2018-06-30"})
    assert text.startswith("I tiden 1.2.2018–30.6.2018 virker 9 av 12")


def test_it_is_said_in_english_too():
    text = rendered(gap(), language="en")
    assert text.startswith("In 2018, 9 of 12 central initiatives work at the same time as local ones.")
    assert "83%" in text
    assert "Nearest: “Klarspråk” (2018-04-03–). Smallest move of the local one: 3 days earlier." in text
    assert not {"tiltak", "sektor", "dager", "hull"} & set(text.lower().split())


@pytest.mark.parametrize("language", ["nb", "en"])
def test_eight_sectors_and_long_titles_fit_the_line(language):
    goals = [
        {"id": f"g{n}", "external_id": f"K{n}", "title": "Mer samhandling mellom kommunen og alle " * 4}
        for n in range(12)
    ]
    sectors = [{"id": f"s{n}", "code": f"SEKTOR{n}LANG", "name": "Kultur, idrett og frivillighet"} for n in range(8)]
    ids = [sector["id"] for sector in sectors] + [None]
    cells = [cell(goal["id"], sector, "central_only", 0.0) for goal in goals for sector in ids]
    far = gap(goal="g3", sector="s4", nearest={"id": "i", "title": "Lang tittel " * 40, "start": None, "end": None})
    text = rendered(far, goals=goals, sectors=sectors, cells=cells, language=language)
    assert max(len(line) for line in text.splitlines()) <= WIDTH
