"""The plan of a year, as it is known or as it was adopted."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from services.timeline import changes, differences, plan
from services.timeline.asking import LARGEST_PAGE, PlanSchema
from services.timeline.pages import changes as changes_page
from services.timeline.pages import plan as plan_page
from services.timeline.pages.address import CHOSEN
from services.timeline.pages.names import Names
from services.timeline.pages.plan import Frozen, Since, Telling
from services.timeline.pages.source import source
from services.timeline.plan import Edition
from services.timeline.request import queries
from services.timeline.view import View
from services.timeline.web.frame import Asking, blueprint, here, render
from shared.pages.site import Site


class Planning(Asking):
    """A plan is of a whole year, whatever days the other pages show of it."""

    edition: Edition

    def __init__(self) -> None:
        super().__init__(PlanSchema)
        self.plan = plan.plan(queries(), self.edition)
        areas = self.plan["areas"] if self.plan else []
        self.initiatives = plan.initiatives(queries(), self.edition, areas, self.goal, self.sector)

    def asked_view(self) -> View:
        self.edition = plan.edition(queries(), super().asked_view(), as_adopted=self.asked["version"] == "adopted")
        self.address.state.pop("from", None)
        self.address.state.pop("to", None)
        self.address.state["year"] = str(self.edition.year)
        return self.edition.view

    @property
    def is_chosen(self) -> bool:
        """Whether something of the plan is left out."""
        return bool(self.address.chosen or self.goal or self.sector)


@blueprint.get("/plan", endpoint="plan")
def plan_of_year() -> str | tuple[str, int]:
    """The plan with its areas and initiatives, whom local work meets, its goals; what differs from what was adopted."""
    ask = Planning()
    if missing := nothing(ask):
        text = render("plan", ask, missing=missing, versions=[], kept=[], is_plan=True)
        return text, missing.status
    effects = plan.effects(queries(), ask.edition, [id_ for row in ask.initiatives for id_ in row["goals"]])
    tell = Telling(ask.edition, Names(effects, [], ask.speaker), ask.speaker, ask.address)
    return render(
        "plan",
        ask,
        plan=ask.plan,
        edition=ask.edition,
        facts=plan_page.facts(ask.plan, ask.speaker),
        counted_besides=sum(plan.of_other_plans(queries(), ask.edition.view).values()),
        headline=plan_page.headline(ask.initiatives, ask.edition, ask.speaker),
        areas=plan_page.areas(ask.initiatives, ask.plan, tell),
        goals=plan_page.goals(ask.initiatives, effects, tell),
        versions=plan_page.versions(tell),
        adopted_on=plan_page.adopted_on(ask.edition, ask.speaker),
        columns=plan_page.COLUMNS,
        frozen=frozen(ask),
        since=since(tell, ask),
        chart=changes_page.chart(ask.edition.since, ask.speaker) if ask.edition.since else None,
        kept=[(name, values[-1]) for name, values in ask.address.own.items()],
        is_plan=True,
    )


def since(tell: Telling, ask: Planning) -> Since | None:
    """Null where the plan is shown as adopted, or is not adopted."""
    comparison = ask.edition.since
    if comparison is None or ask.edition.is_as_adopted:
        return None
    page = changes.page(queries(), comparison, limit=LARGEST_PAGE, goal=ask.goal, sector=ask.sector)
    counts = changes.counts(queries(), comparison, ask.goal, ask.sector)
    sections = changes_page.sections(
        page.rows,
        counts,
        differences.names(queries(), comparison.now, page.rows),
        comparison=comparison,
        names=ask.all_names,
        speaker=ask.speaker,
        address=ask.address,
    )
    events = plan.events_since(queries(), ask.edition)
    summary = changes_page.summary(counts, ask.speaker)
    say, n, total = ask.speaker, len(page.rows), sum(counts.values())
    cut = say("plan.since.cut", n=say.number(n), total=say.number(total)) if n < total else ""
    return plan_page.since(events, summary, sections, tell, is_whole=not ask.is_chosen, cut=cut)


def frozen(ask: Planning) -> Frozen | None:
    adoption = ask.edition.adoption
    if adoption is None:
        return None
    known_from = source(adoption, adoption["stream"], ask.speaker, ask.address)
    return plan_page.frozen(ask.edition, known_from, Site("timeline"), ask.speaker)


# Where there is none


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is no plan to show, with ways on: text and address."""

    sentence: str
    ways: list[tuple[str, str]]
    status: int


def nothing(ask: Planning) -> Nothing | None:
    """No such plan, or none that was adopted. A timeline that knows no plan at all has nothing to be asked wrongly."""
    is_there = ask.plan is not None or bool(ask.initiatives)
    if is_there:
        return None if ask.asked["version"] == "now" or ask.edition.is_as_adopted else not_adopted(ask)
    say, year, known_on, years = ask.speaker, ask.edition.year, ask.edition.now.known_on, plan.years(queries())
    if not years:
        return Nothing(say("plan.none.any"), [(say("error.way.timeline"), ask.address.to("timeline"))], HTTPStatus.OK)
    ways = [(say("known_on.now"), plainly(ask, year))] if year in years else []
    ways += [(say("plan.way.year", year=other), plainly(ask, other)) for other in years if other != year]
    if known_on is None:
        return Nothing(say("plan.none", year=year), ways, HTTPStatus.NOT_FOUND)
    return Nothing(say("plan.none.then", year=year, day=say.day(known_on)), ways, HTTPStatus.NOT_FOUND)


def plainly(ask: Planning, year: int) -> str:
    """The whole plan of a year, as it is now."""
    none = dict.fromkeys(("version", "known_on", "goal", "sector", *CHOSEN))
    return here(ask.address, **{**none, "year": str(year)})


def not_adopted(ask: Planning) -> Nothing:
    """With the way to the adopted plan where it was adopted later."""
    say, year, known_on = ask.speaker, ask.edition.year, ask.edition.now.known_on
    ways = [(say("plan.way.draft"), here(ask.address, version=None))]
    if known_on is None:
        return Nothing(say("plan.not_adopted", year=year), ways, HTTPStatus.NOT_FOUND)
    later = plan.edition(queries(), replace(ask.edition.now, known_on=None), as_adopted=True)
    if later.is_as_adopted:
        text = say("plan.version.adopted", day=plan_page.adopted_on(later, say))
        ways.append((text, here(ask.address, known_on=None)))
    return Nothing(say("plan.not_adopted.then", year=year, day=say.day(known_on)), ways, HTTPStatus.NOT_FOUND)
