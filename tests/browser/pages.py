"""The timeline's pages, each with the ways in which it may be asked for: a new page is one line here.

What each must hold, full and empty, in both languages, wide and narrow, with the keyboard: test_timeline.py, and
test_embed.py for those that stand in the pages of others.
"""

from infra.demo.load import YEAR

SCENARIO = "move=S18-02:2018-03-01..2018-03-31&drop=BLK:T01&add=EHA:K3:2018-02-01..2018-05-31"

PAGES = {
    "overview": (f"/?year={YEAR}", 200),
    "overview of one goal": (f"/?year={YEAR}&goal=K3", 200),
    "overview of a year without work": ("/?year=1987", 200),
    "timeline": (f"/timeline?year={YEAR}", 200),
    "timeline of a cell": (f"/timeline?year={YEAR}&goal=K3&sector=BLK", 200),
    "timeline by goal": (f"/timeline?year={YEAR}&lanes=goal", 200),
    "timeline by area, folded": (f"/timeline?year={YEAR}&lanes=area&closed=*", 200),
    "timeline of a week": (f"/timeline?from={YEAR}-03-05&to={YEAR}-03-11", 200),
    "timeline in focus": (f"/timeline?year={YEAR}&focus=S18-02", 200),
    "timeline without the focus asked for": (f"/timeline?year={YEAR}&focus=finnes-ikke", 200),
    "timeline as it was known": (f"/timeline?year={YEAR}&known_on=2018-03-01", 200),
    "timeline of an audience": (f"/timeline?year={YEAR}&audience=leaders&status=started", 200),
    "initiative": ("/initiatives/S18-02", 200),
    "local initiative": (f"/initiatives/BLK:T01?year={YEAR}", 200),
    "gaps": (f"/gaps?year={YEAR}", 200),
    "no gaps": (f"/gaps?year={YEAR}&goal=finnes-ikke", 200),
    "gaps asked wrongly": ("/gaps?min_days=0", 422),
    "changes": (f"/changes?year={YEAR}&from_known=2017-01-01", 200),
    "no changes": (f"/changes?year={YEAR}&from_known=1900-01-01&to_known=1900-01-01", 200),
    "what if": (f"/what-if?year={YEAR}&{SCENARIO}", 200),
    "what if nothing": (f"/what-if?year={YEAR}", 200),
    "what if in a year without work": ("/what-if?year=1987", 200),
    "several that fit": (f"/what-if?year={YEAR}&what=move&initiative=le&start=2018-03-01&end=2018-02-01", 422),
    "no such scenario": ("/what-if?drop=finnes-ikke", 422),
    "learning": ("/learning", 200),
    "learning searched": ("/learning?q=innbyggere&sector=EHA", 200),
    "nothing learnt": ("/learning?q=finnesikke", 200),
    "plan": (f"/plan?year={YEAR}", 200),
    "plan as it was adopted": (f"/plan?year={YEAR}&version=adopted", 200),
    "no plan of a year": ("/plan?year=1987", 404),
    "status": ("/status", 200),
    "nothing there": ("/nothing-here", 404),
    "no such initiative": ("/initiatives/no-such", 404),
    "asked wrongly": ("/timeline?from=2018-02-30&to=2018-03-01", 422),
}
"""Name → address and status of the answer."""

EMBEDDED = {
    "embed of a goal": (f"/embed?year={YEAR}&goal=K3", 200),
    "embed of a sector by goal": (f"/embed?year={YEAR}&sector=BLK&lanes=goal", 200),
    "embed without anything": ("/embed?year=1987&goal=K3", 200),
    "embed of nothing": ("/embed", 422),
}
"""The same, of pages without the site around them: nothing stands before their content that is to be skipped."""

IN_ENGLISH = ("overview", "timeline in focus", "initiative", "gaps", "what if", "changes", "learning", "plan")
"""Looked at by axe in English too: one of each kind, as both languages share their templates."""
