"""A sentence for every code that an import answers with, in bokmål and English, for the person who made the file."""

from shared.problems import Language, Sentences, sentence

MESSAGES: Sentences = {
    # the file as a whole
    "empty-file": ("Filen er tom.", "The file is empty."),
    "file-too-large": ("Filen er større enn {limit} MB.", "The file is larger than {limit} MB."),
    "not-a-spreadsheet": (
        "Dette er ikke et regneark, men {kind}. Lagre det som XLSX eller CSV og prøv igjen.",
        "This is not a spreadsheet but {kind}. Save it as XLSX or CSV and try again.",
    ),
    "legacy-workbook": (
        "Dette er Excels gamle format (.xls). Åpne filen i et regneark, lagre den som .xlsx og prøv igjen.",
        "This is Excel's old format (.xls). Open the file in a spreadsheet program, save it as .xlsx and try again.",
    ),
    "password-protected": (
        "Filen er beskyttet med passord. Fjern passordet og prøv igjen.",
        "The file is protected by a password. Remove the password and try again.",
    ),
    "damaged-workbook": (
        "Regnearket er skadet og kan ikke leses. Åpne det, lagre det på nytt og prøv igjen.",
        "The workbook is damaged and can't be read. Open it, save it again and try again.",
    ),
    "unpacks-too-large": (
        "Regnearket inneholder mer enn {limit} MB når det pakkes ut. Del det opp, eller slett ark som ikke trengs.",
        "The workbook holds more than {limit} MB when it is unpacked. Split it, or delete sheets that are not needed.",
    ),
    "too-many-cells": (
        "Regnearket har flere celler enn vi kan lese på en gang. Del det opp, eller slett ark som ikke trengs.",
        "The workbook has more cells than can be read at once. Split it, or delete sheets that are not needed.",
    ),
    "no-visible-sheet": ("Regnearket har ingen synlige ark.", "The workbook has no visible sheet."),
    "formula-without-result": (
        "Formelen i celle {cell} er aldri beregnet. Åpne filen i et regneark og lagre den.",
        "The formula in cell {cell} was never calculated. Open the file in a spreadsheet program and save it.",
    ),
    "undecodable": (
        "Tegnene på linje {line} er ikke gyldig {encoding}. Lagre filen som CSV UTF-8 og prøv igjen.",
        "The characters on line {line} are not valid {encoding}. Save the file as CSV UTF-8 and try again.",
    ),
    "nul-character": (
        "Linje {line} inneholder et NUL-tegn: filen er skadet eller ikke en tekstfil. Lagre den som CSV UTF-8.",
        "Line {line} holds a NUL character: the file is damaged or not text. Save it as CSV UTF-8.",
    ),
    "broken-quotes": (
        "Et anførselstegn i raden står galt eller mangler. Skriv anførselstegn inne i en celle dobbelt.",
        "A quotation mark in the row is misplaced or missing. Write quotation marks inside a cell twice.",
    ),
    "cell-too-large": (
        "En celle i raden har mer enn {limit} tegn; trolig mangler et anførselstegn.",
        "A cell in the row has more than {limit} characters; a quotation mark is probably missing.",
    ),
    "too-many-rows": (
        "Filen har mer enn {limit} rader. Del den opp.",
        "The file has more than {limit} rows. Split it.",
    ),
    "too-many-columns": (
        "Filen har mer enn {limit} kolonner (innhold helt ut til {column}).",
        "The file has more than {limit} columns (content as far out as {column}).",
    ),
    # the header
    "header-missing": (
        "Første rad må ha kolonnenavn. Ingen av disse ble funnet: {expected_nb}.",
        "The first row must hold column names. None of these was found: {expected_en}.",
    ),
    "unknown-column": ("Denne kolonnen er ukjent.", "This column is unknown."),
    "duplicate-column": (
        "Kolonne {letter} er den samme som {first}.",
        "Column {letter} is the same as {first}.",
    ),
    "missing-column": ("Kolonnen «{name_nb}» mangler.", "The column “{name_en}” is missing."),
    "mapped-column-missing": (
        "Filen har ingen kolonne som heter dette.",
        "The file has no column of this name.",
    ),
    "mapped-to-unknown": (
        "Kolonnen kan ikke leses som «{target}»: det finnes ikke i denne importen.",
        "The column can't be read as “{target}”: this import has no such column.",
    ),
    # cells; those that HTTP bodies have too stand in shared.problems
    "too-long": ("Teksten har mer enn {maximum} tegn.", "The text has more than {maximum} characters."),
    "not-a-date": (
        "Dette er ikke en dato. Skriv den som 2018-05-31 eller 31.05.2018.",
        "This is not a date. Write it as 2018-05-31 or 31.05.2018.",
    ),
    "no-such-date": ("Denne datoen finnes ikke.", "There is no such date."),
    "not-a-year": ("Dette er ikke et årstall. Skriv det som 2018.", "This is not a year. Write it as 2018."),
    "not-an-amount": (
        "Dette er ikke et beløp i hele kroner. Skriv det som 250000 eller 250 000.",
        "This is not an amount in whole kroner. Write it as 250000 or 250 000.",
    ),
    "not-a-choice": ("Må være en av: {allowed_nb}.", "Must be one of: {allowed_en}."),
    "code-became-date": (
        "Regnearket har gjort koden om til en dato. Formater cellen som tekst og skriv koden på nytt.",
        "The spreadsheet has turned the code into a date. Format the cell as text and write the code again.",
    ),
    "spreadsheet-error": ("Formelen i cellen har feilet.", "The formula in the cell has failed."),
    "cell-without-column": (
        "Cellen står under en kolonne uten navn. Kanskje mangler anførselstegn rundt en tekst med skilletegn.",
        "The cell stands in a column without a name. Perhaps a text with a delimiter in it lacks its quotation marks.",
    ),
    "rows-differ": (
        "En annen rad om det samme sier noe annet her.",
        "Another row about the same item says something else here.",
    ),
    "duplicate-row": ("Rad {first} har samme verdi.", "Row {first} has the same value."),
    "unknown-id": (
        "Det finnes ingenting med denne id-en. Skriv en ekstern id for å lage noe nytt.",
        "There is nothing with this id. Write an external id to make something new.",
    ),
}

SUGGESTION = ("Mente du «{suggestion}»?", "Did you mean “{suggestion}”?")


def message(code: str, language: Language, **params: str | int) -> str:
    """The sentence of a code. A `suggestion` among the params adds a second one."""
    first = sentence(code, language, MESSAGES, **params)
    if "suggestion" not in params:
        return first
    return f"{first} {SUGGESTION[0 if language == 'nb' else 1].format(**params)}"
