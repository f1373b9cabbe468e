"""The timeline."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "timeline.title": ("Tidslinje {window}", "Timeline {window}"),
    "timeline.lead": (
        (
            "Sentrale tiltak øverst, sektorenes egne under. Skravert: dager da et lokalt tiltak virker samtidig med et "
            "sentralt tiltak som det deler mål med eller støtter."
        ),
        (
            "Central initiatives on top, the sectors' own below. Hatched: days on which a local initiative works at "
            "the same time as a central one whose goal it shares or that it supports."
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
    "timeline.cut.participation": (
        (
            "Her vises de første {n} av {total} ganger noen medvirket. Velg et mål, en sektor eller en kortere periode "
            "for å se de andre."
        ),
        (
            "Of {total} times that somebody took part, the first {n} show here. Choose a goal, a sector or a shorter "
            "period to see the others."
        ),
    ),
    "timeline.cut.gaps": (
        (
            "Her vises de første {n} av {total} hull uten lokalt arbeid. Velg et mål, en sektor eller en kortere "
            "periode for å se de andre."
        ),
        (
            "Of {total} gaps without local work, the first {n} show here. Choose a goal, a sector or a shorter period "
            "to see the others."
        ),
    ),
    "timeline.next": ("Vis de neste", "Show the next ones"),
    "timeline.first": ("Vis de første", "Show the first ones"),
    "timeline.later_page": ("Du ser en senere del av tiltakene.", "You see a later part of the initiatives."),
    "lanes.label": ("Grupper etter", "Group by"),
    "lanes.sector": ("sektor", "sector"),
    "lanes.goal": ("mål", "goal"),
    "lanes.area": ("område", "area"),
    "lanes.close": ("Fold sammen alle", "Fold all"),
    "lanes.open": ("Fold ut alle", "Unfold all"),
    "span.label": ("Vis", "Show"),
    "span.week": ("uke", "week"),
    "span.month": ("måned", "month"),
    "span.tertial": ("tertial", "tertial"),
    "span.year": ("år", "year"),
    "span.years": ("flere år", "several years"),
    "span.fit": ("alt som vises", "all that shows"),
    "span.today": ("i dag", "today"),
    "axis.week": ("uke {n}", "week {n}"),
    "axis.tertial": ("{n}. tertial", "tertial {n}"),
    "chart.label": ("Tidslinje som diagram, kan rulles sidelengs", "Timeline as a chart, scrolls sideways"),
    "lane.central": ("Sentrale tiltak", "Central initiatives"),
    "lane.central.area": ("årlige handlingsplaner", "annual action plans"),
    "lane.activities": ("Kommunikasjon", "Communication"),
    "lane.participation": ("Medvirkning", "Participation"),
    "lane.without_goal": ("Uten mål", "Without a goal"),
    "lane.without_area": ("Uten område", "Without an area"),
    "lane.without_central": ("Uten sentralt tiltak", "Without a central initiative"),
    "lane.close": ("Fold sammen", "Fold"),
    "lane.open": ("Fold ut", "Unfold"),
    "lane.closed": (
        "{title}, foldet sammen: {bars}, på det meste {most} i gang",
        "{title}, folded: {bars}, at most {most} going on",
    ),
    "lane.gaps": ("{days} uten lokalt arbeid", "{days} without local work"),
    "filter.meeting": ("Sentrale tiltak", "Central initiatives"),
    "meeting.together": ("virker sammen med lokale tiltak", "work together with local ones"),
    "meeting.concurrent": ("virker samtidig med lokale tiltak", "work at the same time as local ones"),
    "meeting.apart": (
        "har lokale tiltak å virke sammen med, men ingen felles dag",
        "have local ones to work together with, but no day in common",
    ),
    "meeting.alone": (
        "ikke har lokale tiltak å virke sammen med",
        "have no local one to work together with",
    ),
    "meeting.in": (" ({sector})", " ({sector})"),
    "timeline.meeting": (
        "Av de sentrale tiltakene vises bare de som {which}{where}.",
        "Of the central initiatives only those are shown that {which}{where}.",
    ),
    "timeline.meeting.all": ("Vis alle sentrale tiltak", "Show all central initiatives"),
    "gap.mark.move": ("flytt det nærmeste {move}", "move the nearest {move}"),
    "gap.mark.nobody": ("ingen tidfestet", "none dated"),
    "lane.none": ("ingen tiltak", "no initiatives"),
    "lane.concurrent": (
        "samtidig {days} av {of} med egne tiltak",
        "at the same time on {days} of its {of}",
    ),
    "lane.met.all": ("{n} av {of} samtidig med lokale", "{n} of {of} at the same time as local ones"),
    "lane.met.sector": ("{n} av {of} samtidig med sektorens", "{n} of {of} at the same time as the sector's"),
    "lane.met.goal": (
        "{n} av {of} samtidig med lokale for målet",
        "{n} of {of} at the same time as local ones for the goal",
    ),
    "lane.met.goal_and_sector": (
        "{n} av {of} samtidig med sektorens for målet",
        "{n} of {of} at the same time as the sector's for the goal",
    ),
    "lane.degree": ("grad {degree} for målet", "degree {degree} for the goal"),
    "lane.undated": ("{n} uten dato", "{n} undated"),
    "lane.idle": ("Ingenting i gang {period} ({days})", "Nothing going on {period} ({days})"),
    "focus.label": ("Om tiltaket i fokus", "About the initiative in focus"),
    "focus.moved": ("Flyttet fra {period}, {moment}.", "Moved from {period}, {moment}."),
    "focus.goals": ("Mål", "Goals"),
    "focus.bar": ("Vis stolpen i diagrammet", "Show the bar in the chart"),
    "focus.page": ("Alt om tiltaket", "All about the initiative"),
    "focus.leave": ("Vis alle tiltak like tydelig igjen", "Show all initiatives alike again"),
    "focus.more.one": ("og {n} til", "and {n} more"),
    "focus.more.other": ("og {n} til", "and {n} more"),
    "focus.unknown": (
        "Tiltaket {name} finnes ikke på tidslinjen.",
        "There is no initiative {name} on the timeline.",
    ),
    "focus.then": (
        "Tiltaket {name} var ikke kjent ved utgangen av {day}.",
        "The initiative {name} was not known at the end of {day}.",
    ),
    "focus.undated": (
        "Tiltaket er ikke tidfestet, og har derfor ingen stolpe.",
        "The initiative is undated, and so has no bar.",
    ),
    "focus.filtered": ("Utvalget viser ikke dette tiltaket.", "The selection does not show this initiative."),
    "focus.elsewhere": (
        "Tiltaket står på en annen side av tidslinjen.",
        "The initiative is on another page of the timeline.",
    ),
    "focus.show": ("Vis {period}", "Show {period}"),
    "undated.title": ("Uten dato", "Undated"),
    "undated.lead": (
        "Disse er med i planene, men ikke tidfestet, og har derfor ingen stolpe.",
        "These are in the plans but have no dates, and so no bar.",
    ),
    "undated.more.one": ("{n} til", "{n} more"),
    "undated.more.other": ("{n} til", "{n} more"),
    "undated.nobody": ("Det er ingen tiltak i utvalget.", "There are no initiatives in the selection."),
    "undated.none": ("Alle tiltak i utvalget er tidfestet.", "All initiatives in the selection have dates."),
    "table.title": ("De samme opplysningene som tabell", "The same facts as a table"),
    "table.caption": ("Tiltak {period}: {what}", "Initiatives {period}: {what}"),
    "table.scroll": ("Tabell over tiltakene, kan rulles sidelengs", "Table of the initiatives, scrolls sideways"),
    "table.initiative": ("Tiltak", "Initiative"),
    "table.where": ("Område eller virksomhet", "Area or agency"),
    "table.where.short": ("Hvor", "Where"),
    "table.goals": ("Mål", "Goals"),
    "table.status": ("Status", "Status"),
    "table.period": ("Periode", "Period"),
    "table.common": ("Felles dager", "Days in common"),
    "table.activities": ("Kommunikasjonstiltak {period}", "Communication activities {period}"),
    "table.participation": ("Medvirkning {period}", "Participation {period}"),
    "table.sector": ("Sektor", "Sector"),
    "table.phase": ("Fase", "Phase"),
    "table.who": ("Hvem", "Who"),
    "table.day": ("Dato", "Date"),
    "table.sentence": ("Hva som kom ut av det", "What came of it"),
    "participation.mark": ("{phase}: {who}", "{phase}: {who}"),
    "participation.one": ("{n} gang", "{n} time"),
    "participation.other": ("{n} ganger", "{n} times"),
    "table.activity": ("Kommunikasjonstiltak", "Communication activity"),
    "table.audiences": ("Målgrupper", "Audiences"),
    "table.channel": ("Kanal", "Channel"),
    "table.no_common": ("ingen", "none"),
    "table.met.all": ("ingen", "none"),
    "table.met.sector": ("ingen med sektoren", "none with the sector"),
    "table.met.goal": ("ingen for målet", "none for the goal"),
    "table.met.goal_and_sector": ("ingen med sektoren for målet", "none with the sector for the goal"),
}
