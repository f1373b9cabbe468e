"""What if."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "what_if.title": ("Hva om {window}", "What if {window}"),
    "what_if.lead": (
        (
            "Flytt, ta bort og legg til tiltak på prøve, og se hva det gjør med samtidigheten. Ingenting blir lagret: "
            "forslaget står i adressen, så du kan sende den videre."
        ),
        (
            "Move, drop and add initiatives on trial, and see what that does to concurrency. Nothing is stored: the "
            "scenario is in the address, so you can pass it on."
        ),
    ),
    "what_if.state.before": ("Slik det er", "As it is"),
    "what_if.state.after": ("Slik det blir", "As it would be"),
    "what_if.changes.one": ("{n} endring i forslaget", "{n} change in the scenario"),
    "what_if.changes.other": ("{n} endringer i forslaget", "{n} changes in the scenario"),
    "what_if.move": (
        "Flytt {title} ({where}). Før: {old}. Etter: {new}.",
        "Move {title} ({where}). Before: {old}. After: {new}.",
    ),
    "what_if.drop": ("Ta bort {title} ({where}, {old}).", "Drop {title} ({where}, {old})."),
    "what_if.add.central": (
        "Legg til et sentralt tiltak for {goal}, {period}.",
        "Add a central initiative for {goal}, {period}.",
    ),
    "what_if.add.local": (
        "Legg til et lokalt tiltak i {sector} for {goal}, {period}.",
        "Add a local initiative in {sector} for {goal}, {period}.",
    ),
    "what_if.carried.label": ("Forslaget ditt", "Your scenario"),
    "what_if.carried.one": (
        "Du har et forslag med {n} endring. Det vises ikke her.",
        "You have a scenario with {n} change. It is not shown here.",
    ),
    "what_if.carried.other": (
        "Du har et forslag med {n} endringer. Det vises ikke her.",
        "You have a scenario with {n} changes. It is not shown here.",
    ),
    "what_if.carried.see": ("Se forslaget", "See the scenario"),
    "what_if.carried.drop": ("Legg det bort", "Put it away"),
    "what_if.undo": ("Angre", "Undo"),
    "what_if.undo.which": ("endring {n}", "change {n}"),
    "what_if.empty": ("Angre alle", "Undo all"),
    "what_if.copy": ("Endringene som tekst", "The changes as text"),
    "what_if.copy.label": ("Endringene som tekst, til å kopiere", "The changes as text, to copy"),
    "what_if.cells": ("Ruter som blir annerledes", "Cells that would differ"),
    "what_if.cells.none": (
        "Ingen ruter i utvalget blir annerledes.",
        "No cell of the selection would differ.",
    ),
    "what_if.days": ("Felles dager", "Common days"),
    "what_if.days.changed": ("{before} → {after} ({change})", "{before} → {after} ({change})"),
    "what_if.days.same": ("{n}, som før", "{n}, as before"),
    "what_if.as_before": (
        "Setningen om året er den samme som før: like mange sentrale tiltak virker samtidig med lokale.",
        "The sentence on the year is as before: as many central initiatives work at the same time as local ones.",
    ),
    "what_if.caption": (
        "Rutene i matrisen som forslaget endrer, før og etter.",
        "The cells of the matrix that the scenario changes, before and after.",
    ),
    "what_if.scroll": ("Tabell over ruter, kan rulles sidelengs", "Table of cells, scrolls sideways"),
    "what_if.more": ("Legg en endring til forslaget", "Add a change to the scenario"),
    "what_if.full": (
        "Forslaget har {n} endringer, og flere er det ikke plass til. Angre noen av dem først.",
        "The scenario has {n} changes, and there is no room for more. Undo some of them first.",
    ),
    "what_if.help": (
        "Skriv hele eller en del av tittelen på tiltaket. En tom dato er åpen start eller slutt.",
        "Write the title of the initiative or a part of it. An empty date is an open start or end.",
    ),
    "what_if.faults": ("Endringen kan ikke legges til", "The change can't be added"),
    "what_if.initiative": ("Tiltak", "Initiative"),
    "what_if.start": ("Fra og med", "From"),
    "what_if.end": ("Til og med", "Until, and including"),
    "what_if.side": ("Hvor", "Where"),
    "what_if.choose": ("Velg", "Choose"),
    "what_if.form.move": ("Flytt et tiltak", "Move an initiative"),
    "what_if.form.drop": ("Ta bort et tiltak", "Drop an initiative"),
    "what_if.form.add": ("Legg til et tiltak", "Add an initiative"),
    "what_if.do.move": ("Flytt på prøve", "Move on trial"),
    "what_if.do.drop": ("Ta bort på prøve", "Drop on trial"),
    "what_if.do.add": ("Legg til på prøve", "Add on trial"),
    "what_if.did.move": ("Flytt", "Move"),
    "what_if.did.drop": ("Ta bort", "Drop"),
    "what_if.did.add": ("Legg til", "Add"),
}
