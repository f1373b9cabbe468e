"""Gaps, on the overview and on their own page."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "gaps.title": ("De største hullene", "The largest gaps"),
    "gaps.lead": (
        "Et hull er en sammenhengende tid da bare den ene siden arbeider for målet i sektoren.",
        "A gap is a run of days on which only one side works for the goal in the sector.",
    ),
    "gaps.none": (
        "Ingen hull: sentrale og lokale tiltak følger hverandre dag for dag.",
        "No gaps: central and local initiatives follow each other day by day.",
    ),
    "gaps.all": ("Se alle hull", "See all gaps"),
    "gaps.page": ("Hull {window}", "Gaps {window}"),
    "gaps.count.one": ("{n} hull i utvalget.", "{n} gap in the selection."),
    "gaps.count.other": ("{n} hull i utvalget.", "{n} gaps in the selection."),
    "gaps.none.page": (
        "Ingen hull her: enten er ingen tiltak tidfestet, eller så følger de to sidene hverandre dag for dag.",
        "No gaps here: either no initiative has dates, or the two sides follow each other day by day.",
    ),
    "gaps.none.filtered": ("Ingen hull passer med dette utvalget.", "No gap fits this selection."),
    "gaps.later_page": ("Du ser en senere del av hullene.", "You see a later part of the gaps."),
    "gaps.first": ("Vis de første", "Show the first ones"),
    "gaps.next": ("Vis de neste hullene", "Show the next gaps"),
    "gaps.sort.largest": ("Størst først", "Largest first"),
    "gaps.sort.goal": ("Etter mål", "By goal"),
    "gaps.sort.sector": ("Etter sektor", "By sector"),
    "gaps.sort.date": ("Etter dato", "By date"),
    "gap.try": ("Prøv flyttingen", "Try the move"),
    "gap.try.too": ("Legg flyttingen til forslaget", "Add the move to the scenario"),
    "gap.where": ("{goal}, {sector}:", "{goal}, {sector}:"),
    "gap.central_only": (
        "{days} med bare sentralt arbeid, {period}.",
        "{days} with central work only, {period}.",
    ),
    "gap.local_only": (
        "{days} med bare lokalt arbeid, {period}.",
        "{days} with local work only, {period}.",
    ),
    "gap.nobody.central_only": (
        "Sektoren har ingen tidfestede tiltak for målet.",
        "The sector has no dated initiative for the goal.",
    ),
    "gap.nobody.local_only": (
        "Ingen tidfestede sentrale tiltak har dette målet.",
        "No dated central initiative has this goal.",
    ),
    "gap.nearest": ("Nærmest er {title} ({period}).", "Nearest is {title} ({period})."),
    "gap.move.central_only": (
        "Flyttes det {move}, virker begge på én av disse dagene.",
        "Move it {move}, and both work on one of these days.",
    ),
    "gap.move.local_only": (
        "Flyttes disse lokale dagene {move}, virker begge på én av dem.",
        "Move these local days {move}, and both work on one of them.",
    ),
    "gap.after.more.one": (
        "I alt blir det {n} felles dag, mot {now} nå.",
        "In all, {n} day is then shared, not {now}.",
    ),
    "gap.after.more.other": (
        "I alt blir det {n} felles dager, mot {now} nå.",
        "In all, {n} days are then shared, not {now}.",
    ),
    "gap.after.same": (
        "I alt blir det like mange felles dager som nå: {n}.",
        "In all, as many days are then shared as now: {n}.",
    ),
    "gap.after.fewer": (
        "Men i alt blir det færre felles dager: {n}, mot {now} nå.",
        "But in all fewer days are then shared: {n}, not {now}.",
    ),
}
