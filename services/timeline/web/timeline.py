"""The timeline: lanes of bars, and the same facts as a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from flask import request
from markupsafe import Markup

from services.timeline import asking, gaps, history, lanes, matrix, participation, plan
from services.timeline.asking import LARGEST_PAGE, AskSchema, Cursor, meeting_asked
from services.timeline.initiative import find
from services.timeline.lanes import BarPlace
from services.timeline.matrix import Meeting
from services.timeline.pages import gaps as gaps_page
from services.timeline.pages import timeline as timeline_page
from services.timeline.pages.focus import Explaining, Explanation, focus, shown
from services.timeline.pages.grouping import LANES
from services.timeline.pages.spans import Span, fitting, spans
from services.timeline.pages.speaker import Speaker
from services.timeline.pages.timeline import ALL, Asked, Chart, Content, Focus, Of, Telling
from services.timeline.related import explained, related_to
from services.timeline.request import queries
from services.timeline.web.calendar import feed_href
from services.timeline.web.changes import since_known
from services.timeline.web.frame import Asking, blueprint, here, render
from shared.fields import Choice, Text
from shared.http import today

FEW_UNDATED = 8
"""Of a lane, beside the chart; the others are folded away."""
LONGEST_NAME = 2000
"""Characters of what stands for a lane or an initiative in an address."""


class ChartSchema(AskSchema):
    """And by what its lanes are, after which bar it begins."""

    lanes = Choice(LANES, load_default="sector")
    after = Cursor(BarPlace)
    meeting = meeting_asked()


class TimelineSchema(ChartSchema):
    """And how the chart is to be."""

    focus = Text(LONGEST_NAME)
    closed = Text(LONGEST_NAME)
    open = Text(LONGEST_NAME)


@blueprint.get("/timeline")
def timeline() -> str:
    """Lanes of bars, and the same facts as a table."""
    ask = Asking(TimelineSchema, "cursor")
    view, say, address = ask.view, ask.speaker, ask.address
    to = partial(here, address)
    drawn = drawn_of(ask, to)
    bars, chart, explained = drawn.bars, drawn.chart, drawn.explained
    periods = [(bar["start"], bar["end"]) for bar in bars if not bar["undated"]]
    years = plan.years(queries())
    fit = fitting(periods, view.first, view.last)
    return render(
        "timeline",
        ask,
        since_known=since_known(ask),
        chart=chart,
        explained=explained.explanation if explained else None,
        unknown=None if explained else ask.asked.get("focus"),
        leave_href=to(focus=None),
        dated=drawn.dated,
        has_initiatives=bool(drawn.bars),
        what=drawn.what,
        spans=spans(view.first, view.last, fit=fit, years=years, today=today(), speaker=say, to=to),
        groupings=[Span(say(f"lanes.{name}"), to(lanes=name), name == ask.asked["lanes"]) for name in LANES],
        fold_href=to(open=[ALL], closed=None) if chart.is_closed else to(closed=[ALL], open=None),
        kept=[(name, value) for name, values in address.own.items() for value in values],
        columns=timeline_page.FURTHER,
        few=FEW_UNDATED,
        cuts=drawn.cuts,
        is_later=drawn.is_later,
        names=ask.all_names,
        embed_code=embed_code(ask),
        feed_href=feed_href(ask),
    )


def heading(ask: Asking) -> str:
    """The goal and the sector that were chosen, by their names; empty where none was."""
    goal = [ask.all_names.goal(ask.goal).long] if ask.goal else []
    sector = [ask.all_names.sector(ask.sector).name] if ask.sector else []
    return ", ".join([*goal, *sector])


def embed_code(ask: Asking) -> str:
    """HTML for another site, that shows the goal or sector in a frame; empty where none was chosen."""
    what, say, view = heading(ask), ask.speaker, ask.view
    if not what:
        return ""
    chosen = ask.address.own.get("lanes")
    address = urljoin(request.host_url, ask.address.to("embed", lang=say.language, lanes=chosen))
    title = say("embed.title", heading=what, window=say.window(view.first, view.last))
    frame = '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy" style="border: 0"></iframe>'
    return str(Markup(frame).format(address, title))  # noqa: S704 - our own text


@dataclass(frozen=True, slots=True)
class Cut:
    """That the chart does not show all there is, in a sentence, with ways to the rest: text and address."""

    sentence: str
    ways: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The chart that the address asks for: of the page, a picture, an embedded view.

    `what`: how many of each kind are on it, in words; `cuts`: of what it shows a part only.
    """

    chart: Chart
    bars: Sequence[Mapping[str, Any]]
    explained: "Focused | None"
    what: str
    is_later: bool
    cuts: Sequence[Cut]

    @property
    def dated(self) -> int:
        return sum(not bar["undated"] for bar in self.bars)


def drawn_of(ask: Asking, to: Callable[..., str]) -> Drawn:
    """`to`: the address of the page that its links lead to, with other parameters."""
    page = asking.bars_page(ask.view, {**ask.asked, "limit": LARGEST_PAGE}, queries())
    bars, is_later = page.rows, "after" in ask.asked
    is_partial = is_later or page.next is not None
    content, cuts = content_of(ask, bars, is_later=is_later)
    if is_partial:
        ways = [(ask.speaker("timeline.next"), to(cursor=page.cursor))] if page.cursor else []
        cuts.insert(0, Cut(ask.speaker("timeline.more", n=ask.speaker.number(LARGEST_PAGE)), ways))
    if meeting := ask.asked.get("meeting"):
        cuts.insert(0, _only(meeting, ask, to))
    names = ask.chosen_names()
    explained = focused(ask, bars, to, is_whole=not is_partial)
    asked = Asked(
        ask.asked["lanes"],
        _of(ask),
        frozenset(ask.address.own.get("open", ())),
        frozenset(ask.address.own.get("closed", ())),
        explained.focus if explained else None,
    )
    tell = Telling(
        ask.view,
        asked,
        names=ask.all_names,
        speaker=ask.speaker,
        today=today(),
        initiative=ask.address.initiatives(),
        owned=ask.address.owned,
        to=to,
    )
    sectors, goals = ([], goals_of(bars, names.goals)) if is_partial else (names.sectors, names.goals)
    return Drawn(
        timeline_page.chart(content, tell, sectors=sectors, goals=goals),
        bars,
        explained,
        counts(bars, content.activities, ask.speaker),
        is_later,
        cuts,
    )


def _only(meeting: Meeting, ask: Asking, to: Callable[..., str]) -> Cut:
    """That of the central initiatives only some are shown."""
    where = ask.speaker("meeting.in", sector=ask.all_names.sector(ask.sector).name) if ask.sector else ""
    said = ask.speaker("timeline.meeting", which=ask.speaker(f"meeting.{meeting}"), where=where)
    return Cut(said, [(ask.speaker("timeline.meeting.all"), to(meeting=None))])


def _of(ask: Asking) -> Of:
    if ask.goal:
        return "goal_and_sector" if ask.sector else "goal"
    return "sector" if ask.sector else "all"


@dataclass(frozen=True, slots=True)
class Focused:
    """`focus`: as the chart shows it; null where it has no bar there."""

    explanation: Explanation
    focus: Focus | None


def focused(
    ask: Asking, bars: Sequence[Mapping[str, Any]], to: Callable[..., str], *, is_whole: bool
) -> Focused | None:
    """The initiative that the address asks to look at; null where it asks for none, or for one that nobody knows."""
    row = find(queries(), ask.view, ask.asked["focus"]) if "focus" in ask.asked else None
    if row is None:
        return None
    related = related_to(queries(), ask.view, row)
    rows = explained(queries(), ask.view, row, shown(related))
    is_shown = any(bar["id"] == row["id"] and not bar["undated"] for bar in bars)
    explanation = Explaining(ask.view, ask.all_names, ask.speaker, ask.address, to).explanation(
        related,
        {one["id"].bytes: one for one in rows},
        history.history(queries(), ask.view, row["id"]),
        is_shown=is_shown,
        is_whole=is_whole,
    )
    return Focused(explanation, focus(related) if is_shown else None)


def content_of(ask: Asking, bars: Sequence[Mapping[str, Any]], *, is_later: bool) -> tuple[Content, list[Cut]]:
    """What the chart shows besides the bars, and of what of it only a part; lanes of goals, and those of a chosen goal,
    are held against its days.
    """
    content, cuts = Content(bars), []
    if not is_later:
        marks = participation.marks(queries(), ask.view, limit=LARGEST_PAGE, goal=ask.goal, sector=ask.sector)
        activities = lanes.activities(queries(), ask.view, ask.goal)
        content = replace(content, activities=activities, participation=marks.rows, participated=marks.total)
        cuts += cut(ask, "timeline.cut.participation", len(marks.rows), marks.total)
    if ask.asked["lanes"] == "goal" or (ask.goal is not None and ask.asked["lanes"] == "sector"):
        all_sectors = ask.asked["lanes"] == "goal" and ask.sector is None
        kind = "central_only"
        page = gaps.page(
            queries(),
            ask.view,
            limit=LARGEST_PAGE,
            goal=ask.goal,
            sector=ask.sector,
            all_sectors=all_sectors,
            kind=kind,
            sort="date",
        )
        told = gaps_page.gaps(page.rows, ask.all_names, ask.speaker, ask.address)
        cells = {
            (cell["goal"], cell["sector"]): cell
            for cell in matrix.cells(queries(), ask.view, ask.goal, ask.sector)
            if (cell["sector"] is None) == all_sectors
        }
        content = replace(content, cells=cells, gaps=list(zip(page.rows, told, strict=True)))
        ways = [(ask.speaker("gaps.all"), ask.address.to("gaps", kind=kind, sort="date"))] if not all_sectors else []
        cuts += cut(ask, "timeline.cut.gaps", len(page.rows), page.total or 0, ways)
    return content, cuts


def cut(ask: Asking, text: str, n: int, total: int, ways: Sequence[tuple[str, str]] = ()) -> list[Cut]:
    """One where `n` are not all."""
    say = ask.speaker
    return [Cut(say(text, n=say.number(n), total=say.number(total)), ways)] if n < total else []


def goals_of(bars: Sequence[Mapping[str, Any]], goals: Mapping[UUID, Any]) -> list[UUID]:
    """Those that a part of the bars has, in their own order."""
    used = {id_ for bar in bars if bar["lane"] == "local" for id_ in bar["goals"]}
    return [id_ for id_ in goals if id_ in used]


def counts(bars: Sequence[Mapping[str, Any]], activities: Sequence[Mapping[str, Any]], speaker: Speaker) -> str:
    """How many of each kind there are, in words."""
    central = sum(bar["lane"] == "central" for bar in bars)
    numbers = (("central", central), ("local", len(bars) - central), ("activities", len(activities)))
    return speaker.list([speaker.count(name, n) for name, n in numbers])
