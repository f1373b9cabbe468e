"""What is taken away: files, links, calendars."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    # Take away
    "take.title": ("Ta med", "Take away"),
    "take.lead": ("Det siden viser, med samme utvalg.", "What the page shows, with the same selection."),
    "take.pdf": ("PDF, slik siden skrives ut", "PDF, the page as it prints"),
    "take.svg": ("Bilde (SVG)", "Picture (SVG)"),
    "take.png": ("Bilde (PNG)", "Picture (PNG)"),
    "take.xlsx": ("Regneark (XLSX)", "Spreadsheet (XLSX)"),
    "take.csv": ("Regneark (CSV)", "Spreadsheet (CSV)"),
    "take.json": ("JSON, for systemer", "JSON, for systems"),
    "take.link": ("Lenke til nettopp dette utvalget", "Link to exactly this selection"),
    "take.embed": ("Bygg inn på en annen side", "Embed in another page"),
    "take.embed.label": (
        "HTML som viser dette målet eller denne sektoren på en annen nettside, slik det er når siden lastes:",
        "HTML that shows this goal or sector on another site, as it is when the page is loaded:",
    ),
    "embed.title": ("{heading}, tidslinje {window}", "{heading}, timeline {window}"),
    "embed.sentence.one": (
        "{window} virker {n} av {of} lokale tiltak samtidig med sentrale tiltak.",
        "{window}, {n} of {of} local initiatives works at the same time as central ones.",
    ),
    "embed.sentence.other": (
        "{window} virker {n} av {of} lokale tiltak samtidig med sentrale tiltak.",
        "{window}, {n} of {of} local initiatives work at the same time as central ones.",
    ),
    "embed.no_local": (
        "Ingen lokale tiltak har dager {period} i dette utvalget.",
        "No local initiative has days {period} in this selection.",
    ),
    "embed.undated.one": (
        "{n} lokalt tiltak er ikke tidfestet og er ikke regnet med.",
        "{n} local initiative is undated, so not counted.",
    ),
    "embed.undated.other": (
        "{n} lokale tiltak er ikke tidfestet og er ikke regnet med.",
        "{n} local initiatives are undated, so not counted.",
    ),
    "embed.known": ("Slik det var kjent ved utgangen av {day}.", "As it was known at the end of {day}."),
    "embed.whole": ("Se hele tidslinjen i Samtidig (åpnes i ny fane)", "See the whole timeline in Samtidig (new tab)"),
    # Calendar
    "take.calendar": ("Kalender å abonnere på (iCalendar)", "Calendar to subscribe to (iCalendar)"),
    "calendar.name": ("Samtidig: {what}", "Samtidig: {what}"),
    "calendar.all": ("alle tiltak", "all initiatives"),
    "calendar.events.one": ("{n} hendelse i kalenderen.", "{n} event in the calendar."),
    "calendar.events.other": ("{n} hendelser i kalenderen.", "{n} events in the calendar."),
    "calendar.undated.one": ("{n} er ikke tidfestet og er ikke med.", "{n} is undated and left out."),
    "calendar.undated.other": ("{n} er ikke tidfestet og er ikke med.", "{n} are undated and left out."),
    "calendar.open_end": (
        "Slutten er åpen: bare den første dagen står i kalenderen.",
        "The end is open: only the first day is in the calendar.",
    ),
    "calendar.open_start": (
        "Starten er åpen: bare den siste dagen står i kalenderen.",
        "The start is open: only the last day is in the calendar.",
    ),
    "status.withdrawn": ("trukket", "withdrawn"),
}
