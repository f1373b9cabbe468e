"""What sectors learnt and shared: found by its words, its tags, a goal or a sector, the newest first.

The plan wants learning and experience shared across sectors and professions (byrådssak 1055/17, section 3). Words are
stemmed as bokmål by PostgreSQL's own configuration `norwegian`, so that "teamene" finds "team"; what may be asked is
what people know from other searches: "two words", or, -not (`websearch_to_tsquery`, which takes any text).

A learning is shown with what its initiative is known to be at the view's moment: title, goals, sector. The window and
the basis of the view say nothing here: what was learnt is no period.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from services.timeline import paging
from services.timeline.paging import BEFORE_ALL, Page, Small
from services.timeline.queries import Queries
from services.timeline.remembered import Rows
from services.timeline.view import View, known

HIT, END = "\ue000", "\ue001"
"""Stand around each word that was looked for, in `_marked_…`; of the texts themselves they are taken out."""
LESS, MORE = "\ue002", "\ue003"
"""Stand for < and > while words are marked: PostgreSQL would read them as tags, and overlook what a script holds."""
MARKING = f"HighlightAll=true, StartSel={HIT}, StopSel={END}"
MOST_TAGS = 40


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; null is anything."""

    words: str | None = None
    tag: str | None = None
    goal: UUID | None = None
    sector: UUID | None = None

    def parameters(self) -> dict[str, Any]:
        return {"words": self.words, "tag": self.tag, "goal": self.goal, "sector": self.sector}


class LearningPlace(NamedTuple):
    """Where a learning stands among all."""

    before_at: datetime
    before_id: UUID
    before_version: Small


NEWEST = LearningPlace(datetime.max.replace(tzinfo=UTC), BEFORE_ALL, 0)
"""Before all: the newest come first."""


def _found(searched: bool) -> str:
    """The learnings that were known and are looked for. Two queries, so that the one for words uses their index."""
    of_words = "cross join lateral websearch_to_tsquery('pg_catalog.norwegian', %(words)s) asked"
    return f"""
    from learning l {of_words if searched else ""}
    join initiative_version v on v.id = l.id and {known("v")}
    where l.recorded_from < %(moment)s::timestamptz
      {"and l.words @@ asked" if searched else ""}
      and (%(tag)s::text is null or %(tag)s = any(l.tags))
      and (%(goal)s::uuid is null or %(goal)s = any(v.goals))
      and (%(sector)s::uuid is null or v.sector = %(sector)s)
    """


def _marked(text: str, searched: bool) -> str:
    """The text with the words that were looked for between `HIT` and `END`."""
    if not searched:
        return f"translate({text}, '{HIT}{END}', '')"
    plain = f"translate({text}, '<>{LESS}{MORE}{HIT}{END}', '{LESS}{MORE}')"
    return f"translate(ts_headline('pg_catalog.norwegian', {plain}, asked, '{MARKING}'), '{LESS}{MORE}', '<>')"


def _page(searched: bool) -> str:
    return f"""
    with page as materialized (
        select l.id, l.version, l.event, l.type, l.recorded_from, l.actor, l.reason, l.text, l.tags,
               v.external_id, v.title, v.sector, v.agency, v.goals {", asked" if searched else ""}
        {_found(searched)}
          and (l.recorded_from, l.id, l.version) < (%(before_at)s, %(before_id)s, %(before_version)s)
        order by l.recorded_from desc, l.id desc, l.version desc
        limit %(limit)s
    )
    select p.id as initiative, p.version, p.event, p.type, p.recorded_from as recorded_at, p.actor, p.reason, p.text,
           p.tags, p.external_id, p.title, p.sector, s.code as sector_code, s.name as sector_name, a.name as agency,
           p.goals, {_marked("p.text", searched)} as _marked_text, {_marked("p.title", searched)} as _marked_title,
           array(select {_marked("tag", searched)} from unnest(p.tags) with ordinality t(tag, n) order by n)
           as _marked_tags,
           (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'external_id', g.external_id, 'title', g.title,
                                                         'kind', g.kind, 'status', g.status)), '[]')
            from goal_version g where g.id = any(p.goals) and {known("g")}) as _known_goals
    from page p
    left join sector_version s on s.id = p.sector and {known("s")}
    left join agency_version a on a.id = p.agency and {known("a")}
    order by p.recorded_from desc, p.id desc, p.version desc
    """


def _tags(searched: bool) -> str:
    return f"""
    with found as materialized (select l.tags {_found(searched)}),
    tags as (
        select tag, count(*)::int as learnings from found, lateral (select distinct unnest(tags) as tag) each
        group by tag order by learnings desc, tag limit {MOST_TAGS}
    )
    select (select count(*) from found)::int as total, (select coalesce(jsonb_agg(tags), '[]') from tags) as tags
    """


PAGES = {searched: _page(searched) for searched in (True, False)}
TAGS = {searched: _tags(searched) for searched in (True, False)}
HAS_WORDS = "select numnode(websearch_to_tsquery('pg_catalog.norwegian', %(words)s)) > 0 as has_words"


def has_words(queries: Queries, words: str) -> bool:
    """Whether there is anything to look for: signs and the commonest words ("og", "i") are nothing."""
    return bool(queries.rows(HAS_WORDS, {"words": words})[0]["has_words"])


def page(
    queries: Queries, view: View, search: Search, *, limit: int, after: LearningPlace = NEWEST
) -> Page[LearningPlace]:
    """Learnings, the newest first. `_marked_text`, `_marked_title`, `_marked_tags`: with `HIT` and `END` around each
    word that was looked for; `_known_goals`: those of the `goals` that somebody has told of.
    """
    asked = {**view.parameters(), **search.parameters(), **after._asdict()}

    def ask(limit: int) -> Rows:
        return queries.rows(PAGES[search.words is not None], {**asked, "limit": limit})

    return paging.page(ask, limit, place)


def tags(queries: Queries, view: View, search: Search) -> dict[str, Any]:
    """`total`: how many learnings are found; `tags`: the commonest of their tags, each with its number of learnings."""
    return queries.rows(TAGS[search.words is not None], {**view.parameters(), **search.parameters()})[0]


def place(learning: Mapping[str, Any]) -> LearningPlace:
    return LearningPlace(learning["recorded_at"], learning["initiative"], learning["version"])
