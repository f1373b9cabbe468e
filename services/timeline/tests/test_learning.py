"""What was learnt is found by its words in any form, by tag, goal and sector; as it was known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.timeline import learning
from services.timeline.asking import always
from services.timeline.learning import END, HIT, Search
from services.timeline.queries import Queries
from services.timeline.tests import telling
from services.timeline.tests.telling import key, local, name_of, sector, stream_of
from services.timeline.tests.test_queries_against_counting import told
from shared.envelope import Envelope
from shared.testing.plugin import Postgres

FIRST = datetime(2018, 1, 15, 9, tzinfo=UTC)
NOW = always(None)
REVISED = {"agency": None, "title": "Ny tittel", "description": None, "goals": [], "responsible": None}
LEARNT = {
    "team": ("Faste team trenger en fast dag", ["hjemmetjeneste", "team"], "A", ["g1"]),
    "brev": ("Brevene ble lest høyt for mottakeren", ["klarspråk"], "B", ["g1", "g2"]),
    "hostile": ('<script>alert("team")</script> & % \\ \ue000 «O\'Reilly»', ["<b>team</b>"], "B", []),
    "skjema": ("Skjemaene forsvant ikke av seg selv", ["rapportering"], "A", ["g2"]),
}


def events() -> list[Envelope]:
    """Each on a day of its own; the title of one was another when it was shared."""
    found = stream_of("A", sector("A", "Første sektor"))
    for n, (name, (text, tags, code, goals)) in enumerate(LEARNT.items()):
        day = FIRST + timedelta(days=n)
        shared = telling.learning(text, *tags)
        proposed = local(name, code, goals=goals, title=f"Prøveprosjektet {name}")
        found += stream_of(name, proposed, shared, when=[day, day])
    later = FIRST + timedelta(days=9)
    return [*found, telling.event(key("skjema"), 3, "local-initiative.revised", REVISED, later)]


@pytest.fixture(scope="module")
def queries(postgres: Postgres) -> Iterator[Queries]:
    with telling.read_model(postgres.database()) as connection, told(connection, events()) as asked:
        yield asked


def names(queries: Queries, view: Any = NOW, **search: Any) -> list[str | None]:
    return [name_of(row["initiative"]) for row in learning.page(queries, view, Search(**search), limit=10).rows]


def test_the_newest_come_first_page_by_page(queries: Queries) -> None:
    assert names(queries) == ["skjema", "hostile", "brev", "team"]
    first = learning.page(queries, NOW, Search(), limit=3)
    assert first.next
    rest = learning.page(queries, NOW, Search(), limit=3, after=first.next)
    assert [name_of(row["initiative"]) for row in [*first.rows, *rest.rows]] == names(queries)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("brev", ["brev"]),
        ("brevet", ["brev"]),
        ("SKJEMA", ["skjema"]),
        ("teamene", ["hostile", "team"]),
        ("hjemmetjenestene", ["team"]),
        ("prøveprosjekt", ["skjema", "hostile", "brev", "team"]),
        ("brev or skjema", ["skjema", "brev"]),
        ("prøveprosjekt -team", ["skjema", "brev"]),
        ('"fast dag"', ["team"]),
        ('"dag fast"', []),
        ("xyzzy", []),
        ("team') or 1=1 --", ["hostile", "team"]),
        ("<team> & (", ["hostile", "team"]),
    ],
)
def test_words_are_found_in_any_of_their_forms(queries: Queries, words: str, found: list[str]) -> None:
    assert sorted(names(queries, words=words), key=list(LEARNT).index, reverse=True) == found


@pytest.mark.parametrize("words", ["", "   ", "& | !", "og i på", "-", '"', ":*", "\\", "()<->"])
def test_signs_and_the_commonest_words_are_nothing_to_look_for(queries: Queries, words: str) -> None:
    assert not learning.has_words(queries, words)
    assert names(queries, words=words) == []
    assert learning.has_words(queries, "team")


def test_what_was_looked_for_is_marked_and_nothing_of_the_text_is_lost(queries: Queries) -> None:
    (row,) = learning.page(queries, NOW, Search(words="team dager", sector=key("A")), limit=10).rows
    assert row["_marked_text"] == f"Faste {HIT}team{END} trenger en fast {HIT}dag{END}"
    assert row["_marked_tags"] == ["hjemmetjeneste", f"{HIT}team{END}"]
    (row,) = learning.page(queries, NOW, Search(words="alert"), limit=10).rows
    text, tags, *_ = LEARNT["hostile"]
    assert row["_marked_text"].replace(HIT, "").replace(END, "") == text.replace(HIT, "")
    assert (row["text"], row["tags"]) == (text, tags)


def test_tags_are_counted_among_what_is_found(queries: Queries) -> None:
    found = learning.tags(queries, NOW, Search())
    assert found["total"] == 4
    assert {row["tag"]: row["learnings"] for row in found["tags"]} == {
        "hjemmetjeneste": 1,
        "team": 1,
        "klarspråk": 1,
        "<b>team</b>": 1,
        "rapportering": 1,
    }
    assert learning.tags(queries, NOW, Search(words="xyzzy")) == {"total": 0, "tags": []}
    assert [row["tag"] for row in learning.tags(queries, NOW, Search(words="brev"))["tags"]] == ["klarspråk"]


def test_by_tag_by_goal_and_by_sector(queries: Queries) -> None:
    assert names(queries, tag="team") == ["team"]
    assert names(queries, tag="tea") == []
    assert names(queries, goal=key("g1")) == ["brev", "team"]
    assert names(queries, sector=key("B")) == ["hostile", "brev"]
    assert names(queries, sector=key("B"), goal=key("g2"), words="mottakeren") == ["brev"]


def test_as_it_was_known(queries: Queries) -> None:
    """With the title and the goals that the initiative had then; found by the title that it had when it was shared."""
    day = FIRST.date() + timedelta(days=3)
    assert names(queries, always(day - timedelta(days=1))) == ["hostile", "brev", "team"]
    assert names(queries, always(day), goal=key("g2")) == ["skjema", "brev"]
    assert names(queries, goal=key("g2")) == ["brev"]
    then, now = (learning.page(queries, view, Search(), limit=1).rows[0]["title"] for view in (always(day), NOW))
    assert (then, now) == ("Prøveprosjektet skjema", "Ny tittel")
    assert names(queries, always(date(2017, 1, 1))) == []


def test_where_it_comes_from_is_told(queries: Queries) -> None:
    row = learning.page(queries, NOW, Search(tag="team"), limit=10).rows[0]
    source = next(event for event in events() if event.subject == str(key("team")) and event.sequence == 2)
    assert (row["event"], row["version"], row["type"], row["recorded_at"]) == (source.id, 2, source.type, source.time)
    assert (row["sector_code"], row["sector_name"]) == ("A", "Første sektor")
