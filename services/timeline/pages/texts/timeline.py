"""The timeline."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "timeline.title": ("Tidslinje {window}", "Timeline {window}"),
    "timeline.lead": (
        (
            "Sentrale tiltak øverst, sektorenes egne under. Skravert: dager da et lokalt tiltak virker samtidig med et "
            "sentralt tiltak som det deler mål med eller støtter. Stiplet: sektoren har ingenting i gang."
        ),
        (
            "Central initiatives on top, the sectors' own below. Hatched: days on which a local initiative works at "
            "the same time as a central one whose goal it shares or that it supports. "
            "Dashed: the sector has nothing going on."
        ),
    ),
    "timeline.for_goal": ("Bare tiltak for målet {goal}.", "Only initiatives for the goal {goal}."),
    "timeline.for_sector": (
        "Bare sektoren {sector}, under de sentrale tiltakene.",
        "Only the sector {sector}, below the central initiatives.",
    ),
    "timeline.everything": ("Vis alle mål og sektorer", "Show all goals and sectors"),
    "timeline.nothing": (
        "Ingen tiltak har dager {period} i dette utvalget.",
        "No initiative has days {period} in this selection.",
    ),
    "timeline.more": (
        "Her vises {n} tiltak om gangen, i tabellens rekkefølge. Velg et mål eller en sektor for å se færre.",
        "{n} initiatives show at a time, in the order of the table. Choose a goal or a sector to see fewer.",
    ),
    "timeline.next": ("Vis de neste", "Show the next ones"),
    "timeline.first": ("Vis de første", "Show the first ones"),
    "timeline.later_page": ("Du ser en senere del av tiltakene.", "You see a later part of the initiatives."),
    "timeline.span": ("Vis", "Show"),
    "timeline.span.year": ("hele {year}", "all of {year}"),
    "timeline.span.third": ("{n}. tertial", "third {n}"),
    "timeline.span.years": ("{first}–{last}", "{first}–{last}"),
    "chart.label": ("Tidslinje som diagram, kan rulles sidelengs", "Timeline as a chart, scrolls sideways"),
    "lane.central": ("Sentrale tiltak", "Central initiatives"),
    "lane.central.area": ("årlig handlingsplan", "annual action plan"),
    "lane.activities": ("Kommunikasjon", "Communication"),
    "lane.none": ("ingen tiltak", "no initiatives"),
    "lane.concurrent": (
        "samtidig {days} av {of} med egne tiltak",
        "together {days} of {of} with own initiatives",
    ),
    "lane.degree": ("grad {degree} for målet", "degree {degree} for the goal"),
    "lane.undated": ("{n} uten dato", "{n} undated"),
    "lane.idle": ("Ingenting i gang {period} ({days})", "Nothing going on {period} ({days})"),
    "undated.title": ("Uten dato", "Undated"),
    "undated.lead": (
        "Disse er med i planene, men ikke tidfestet, og har derfor ingen stolpe.",
        "These are in the plans but have no dates, and so no bar.",
    ),
    "undated.none": ("Alle tiltak i utvalget er tidfestet.", "All initiatives in the selection have dates."),
    "table.title": ("De samme opplysningene som tabell", "The same facts as a table"),
    "table.caption": ("Tiltak {period}: {what}", "Initiatives {period}: {what}"),
    "table.scroll": ("Tabell over tiltakene, kan rulles sidelengs", "Table of the initiatives, scrolls sideways"),
    "table.initiative": ("Tiltak", "Initiative"),
    "table.where": ("Område eller virksomhet", "Area or agency"),
    "table.goals": ("Mål", "Goals"),
    "table.status": ("Status", "Status"),
    "table.period": ("Periode", "Period"),
    "table.common": ("Felles dager", "Days in common"),
    "table.activities": ("Kommunikasjonstiltak {period}", "Communication activities {period}"),
    "table.activity": ("Kommunikasjonstiltak", "Communication activity"),
    "table.audiences": ("Målgrupper", "Audiences"),
    "table.channel": ("Kanal", "Channel"),
    "table.no_common": ("ingen", "none"),
}
