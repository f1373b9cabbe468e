"""What the pages of all services say, in bokmål and English, and how days and sums are written."""

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from shared.http import OSLO
from shared.problems import Language

Words = Mapping[str, tuple[str, str]]
"""Key → bokmål, English; `{name}` is filled in."""

LOCALES = {"nb": "nb_NO", "en": "en_GB"}

AUDIENCES: Words = {
    "employees": ("Ansatte", "Employees"),
    "leaders": ("Ledere", "Leaders"),
    "top_leaders": ("Toppledere", "Top leaders"),
    "organisations": ("Arbeidstakerorganisasjoner", "Employees' organisations"),
    "residents": ("Innbyggere", "Residents"),
}

WORDS: Words = {
    "product": ("Samtidig", "Samtidig"),
    "footer": (
        "Samtidig viser om sentrale og lokale tiltak virker sammen, og virker samtidig. Åpent for alle.",
        "Samtidig shows whether central and local initiatives work together, and at the same time. Open to everybody.",
    ),
    "footer.systems": ("For dem som lager systemer:", "For those who build systems:"),
    "footer.api": ("API-et", "the API"),
    "footer.events": ("hendelsene", "the events"),
    "skip.content": ("Hopp til innholdet", "Skip to the content"),
    # navigation
    "nav.label": ("Hovedmeny", "Main menu"),
    "nav.language": ("English", "Norsk"),
    "nav.overview": ("Oversikt", "Overview"),
    "nav.timeline": ("Tidslinje", "Timeline"),
    "nav.goals": ("Mål", "Goals"),
    "nav.plans": ("Handlingsplaner", "Action plans"),
    "nav.central": ("Sentrale tiltak", "Central initiatives"),
    "nav.local": ("Lokale tiltak", "Local initiatives"),
    "nav.sectors": ("Sektorer", "Sectors"),
    "nav.communication": ("Kommunikasjon", "Communication"),
    # lists
    "list.filter": ("Avgrens listen", "Narrow the list"),
    "list.apply": ("Vis", "Show"),
    "list.reset": ("Vis alle", "Show all"),
    "list.any": ("Alle", "All"),
    "list.none": ("Ingen å vise.", "Nothing to show."),
    "list.none.filtered": ("Ingen passer til det du har valgt.", "Nothing fits what you have chosen."),
    "list.next": ("Neste side", "Next page"),
    "list.first": ("Første side", "First page"),
    "list.shown": ("Viser {n}.", "Showing {n}."),
    "list.shown.more": ("Viser {n}; det er flere.", "Showing {n}; there are more."),
    "list.cursor": ("Side", "Page"),
    # items
    "item.actions": ("Hva vil du gjøre?", "What would you like to do?"),
    "item.history": ("Historie", "History"),
    "item.history.lead": ("Alt som er registrert, det nyeste først.", "All that was recorded, the latest first."),
    "item.timeline": ("Se det på tidslinjen", "See it on the timeline"),
    "item.list": ("Tilbake til listen", "Back to the list"),
    "item.unknown": ("ikke oppgitt", "not given"),
    "item.unresolved": ("ukjent her: {name}", "not known here: {name}"),
    "history.by": ("Av {by}", "By {by}"),
    "history.reason": ("Begrunnelse: {reason}", "Reason: {reason}"),
    "history.changes": ("Hva som ble endret", "What was changed"),
    "history.field": ("Felt", "Field"),
    "history.before": ("Før", "Before"),
    "history.after": ("Etter", "After"),
    # forms
    "form.optional": ("valgfritt", "optional"),
    "form.cancel": ("Avbryt", "Cancel"),
    "form.faults": ("Noe må rettes. Ingenting er lagret.", "Something must be corrected. Nothing was stored."),
    "form.fault": ("Feil:", "Fault:"),
    "form.title.fault": ("Feil: {title}", "Fault: {title}"),
    "form.none": ("Ingen", "None"),
    "form.choose": ("Velg", "Choose"),
    "form.find": ("Søk med navn eller nummer", "Search by name or number"),
    "form.find.go": ("Søk", "Search"),
    "form.find.none": ("Ingenting her heter «{text}».", "Nothing here is called “{text}”."),
    "form.find.as-is": ("«{text}» (ikke kjent her ennå)", "“{text}” (not known here yet)"),
    "form.find.choose": ("Velg blant treffene.", "Choose among what was found."),
    "form.find.more": ("Det er flere treff. Søk med flere ord.", "There is more. Search with more words."),
    "form.lines": ("En på hver linje.", "One on each line."),
    "form.unchanged": ("Ingenting ble endret.", "Nothing was changed."),
    # two people at once
    "conflict.title": ("Noen andre har endret dette mens du skrev", "Somebody else changed this while you wrote"),
    "conflict.lead": (
        "Ingenting av ditt er lagret ennå. Se hva som er nytt, og send inn en gang til om du fortsatt vil.",
        "Nothing of yours was stored yet. Look at what is new, and send once more if you still want to.",
    ),
    "conflict.field": ("Felt", "Field"),
    "conflict.now": ("Slik det er nå", "As it is now"),
    "conflict.yours": ("Slik du skrev det", "As you wrote it"),
    "conflict.events": ("Dette skjedde imens", "This happened meanwhile"),
    # problems, where what systems are told is not for people
    "problem.outcome-unknown": (
        "Forbindelsen til databasen ble brutt. Send det en gang til: det blir ikke lagret to ganger.",
        "The connection to the database was lost. Send it once more: it is not stored twice.",
    ),
    "problem.key-reused": (
        "Dette skjemaet er sendt før, med et annet innhold. Åpne siden på nytt og se hva som er lagret.",
        "This form was sent before, with another content. Open the page anew and see what is stored.",
    ),
    "problem.too-large": (
        "Dette er for stort til å bli tatt imot. Ingenting er lagret.",
        "This is too large to be taken. Nothing was stored.",
    ),
    # spreadsheets
    "import.way": ("Importer fra regneark", "Import from a spreadsheet"),
    "export.xlsx": ("Last ned som XLSX", "Download as XLSX"),
    "export.csv": ("Last ned som CSV", "Download as CSV"),
    "import.title": ("Importer {what}", "Import {what}"),
    "import.lead": (
        "Send listen slik dere har den. Du får se hva som vil skje, før noe blir lagret.",
        "Send the list as you have it. You will see what would happen before anything is stored.",
    ),
    "import.file": ("Regneark", "Spreadsheet"),
    "import.file.hint": ("XLSX eller CSV, en rad for hvert element.", "XLSX or CSV, one row for each item."),
    "import.file.missing": ("Velg en fil.", "Choose a file."),
    "import.refused": ("Filen kan ikke leses. Ingenting er lagret.", "The file can't be read. Nothing was stored."),
    "import.read": ("Les filen", "Read the file"),
    "import.template": ("Har dere ingen liste ennå?", "No list yet?"),
    "import.template.lead": ("Begynn med en mal.", "Begin with a template."),
    "import.template.xlsx": ("Mal som XLSX", "Template as XLSX"),
    "import.template.csv": ("Mal som CSV", "Template as CSV"),
    "import.columns": ("Kolonnene som leses", "The columns that are read"),
    "import.column": ("Kolonne", "Column"),
    "import.column.about": ("Hva den er", "What it is"),
    "import.preview": ("Dette vil skje med «{file}»", "What “{file}” would do"),
    "import.nothing-yet": ("Ingenting er lagret ennå.", "Nothing is stored yet."),
    "import.overtaken": ("Dette er ikke lenger det du så", "This is no longer what you saw"),
    "import.overtaken.lead": (
        "Noen har endret noe i mellomtiden. Se gjennom dette på nytt før du importerer.",
        "Somebody has changed something meanwhile. Look this through once more before you import.",
    ),
    "import.created": ("nye", "new"),
    "import.updated": ("endret", "changed"),
    "import.unchanged": ("uendret", "unchanged"),
    "import.faulty": ("rader med feil", "rows with faults"),
    "import.skipped": ("rader utelatt", "rows left out"),
    "import.faults": ("Dette må rettes", "This must be corrected"),
    "import.faults.lead": (
        "Rett filen og send den på nytt, eller importer alle unntatt disse radene.",
        "Correct the file and send it again, or import all but these rows.",
    ),
    "import.faults.whole": (
        "Rett dette før noe kan importeres: i filen, eller ved å si hva kolonnene er.",
        "Correct this before anything can be imported: in the file, or by saying what the columns are.",
    ),
    "import.faults.more": (
        "Det er {n} feil i alt. Filen med merkede feil har alle.",
        "There are {n} faults in all. The marked file has them all.",
    ),
    "import.row": ("Rad", "Row"),
    "import.cell": ("Det som står i cellen", "What the cell says"),
    "import.fault": ("Hva som er galt", "What is wrong"),
    "import.marked": ("Last ned filen med feilene merket", "Download the file with its faults marked"),
    "import.marked.name": ("med merknader", "marked"),
    "import.again": ("Send en annen fil", "Send another file"),
    "import.go": ("Importer {n}", "Import {n}"),
    "import.go.rest": (
        "Importer {n}, alle unntatt de {faulty} med feil",
        "Import {n}, all but the {faulty} with faults",
    ),
    "import.nothing-changed": (
        "Alt i filen er her allerede. Ingenting vil bli endret.",
        "Everything in the file is here already. Nothing would be changed.",
    ),
    "import.mapping": ("Kolonnene i filen", "The columns of the file"),
    "import.mapping.lead": (
        "Slik er kolonnene forstått. Det du velger, huskes til neste gang.",
        "How the columns were understood. What you choose is remembered for next time.",
    ),
    "import.mapping.theirs": ("I filen", "In the file"),
    "import.mapping.samples": ("Eksempler", "Samples"),
    "import.mapping.ours": ("Leses som", "Read as"),
    "import.mapping.why": ("Hvorfor", "Why"),
    "import.mapping.leave": ("Utelates", "Left out"),
    "import.mapping.go": ("Les filen på nytt slik", "Read the file again like this"),
    "import.why.remembered": ("Som sist", "As last time"),
    "import.why.same-name": ("Samme navn", "Same name"),
    "import.why.close-spelling": ("Ligner", "Close spelling"),
    "import.why.part-of-name": ("En del av navnet", "Part of the name"),
    "import.why.unknown": ("Ukjent", "Unknown"),
    "import.why.yours": ("Ditt valg", "Your choice"),
    "import.changes": ("Det som blir nytt og endret", "What would be new and changed"),
    "import.changes.more": ("De første {n} av {total}.", "The first {n} of {total}."),
    "import.change.created": ("ny", "new"),
    "import.change.updated": ("endret", "changed"),
    "import.done": ("«{file}» er importert", "“{file}” is imported"),
    "import.done.lead": ("Alt er lagret.", "Everything is stored."),
    "import.done.rest": (
        "Radene uten feil er lagret. Resten er utelatt.",
        "The rows without faults are stored. The others were left out.",
    ),
    "import.skipped.title": ("Utelatt", "Left out"),
    "import.see": ("Se listen", "See the list"),
    "import.another": ("Importer en fil til", "Import another file"),
    "import.working": ("Leser «{file}»", "Reading “{file}”"),
    "import.working.lead": (
        "Store filer tar litt tid. La siden stå åpen.",
        "Large files take a moment. Leave the page open.",
    ),
    "import.phase.read": ("Lest {done} av {total} rader", "Read {done} of {total} rows"),
    "import.phase.decide": ("Vurdert {done} av {total} rader", "Looked at {done} of {total} rows"),
    "import.phase.store": ("Lagrer {total} rader", "Storing {total} rows"),
    "import.finished": ("Ferdig: se hva som ble importert", "Done: see what was imported"),
    # errors
    "error.way.back": ("Gå tilbake", "Go back"),
    "error.way.list": ("Gå til listen", "Go to the list"),
    # fields that several services have
    "external_id": ("Nummer", "Number"),
    "external_id.hint": (
        "Det som tiltaket eller målet heter i deres egne lister. Settes en gang.",
        "What it is called in your own lists. Set once.",
    ),
    "title": ("Tittel", "Title"),
    "name": ("Navn", "Name"),
    "code": ("Kode", "Code"),
    "description": ("Beskrivelse", "Description"),
    "status": ("Status", "Status"),
    "goals": ("Mål", "Goals"),
    "goal": ("Mål", "Goal"),
    "audiences": ("Målgrupper", "Audiences"),
    "audience": ("Målgruppe", "Audience"),
    **{f"audiences.{name}": words for name, words in AUDIENCES.items()},
    **{f"audience.{name}": words for name, words in AUDIENCES.items()},
    "responsible": ("Ansvarlig", "Responsible"),
    "responsible.hint": ("En rolle eller en enhet, ikke en person.", "A role or a unit, not a person."),
    "start": ("Fra og med", "From"),
    "end": ("Til og med", "To"),
    "on": ("Dato", "Date"),
    "on.hint": ("I dag, hvis du ikke skriver noe.", "Today, unless you say otherwise."),
    "effect": ("Effekt", "Effect"),
    "reason": ("Begrunnelse", "Reason"),
    "reason.hint": ("Vises i historien.", "Shown in the history."),
    "by": ("På vegne av", "On behalf of"),
    "by.hint": (
        "En rolle eller en enhet, ikke en person. Vises i historien.",
        "A role or a unit, not a person. Shown in the history.",
    ),
    "text": ("Søk", "Search"),
    "changed_at": ("Sist endret", "Last changed"),
    "started_on": ("Startet", "Started"),
    "sector": ("Sektor", "Sector"),
    "agency": ("Virksomhet", "Agency"),
    "plan_year": ("Planår", "Plan year"),
    "area": ("Område", "Area"),
}


class Say:
    """Words in one language: `say("list.none")`. Raises KeyError for a key without words: a slip in a service."""

    def __init__(self, language: Language, words: Words) -> None:
        self.language = language
        self._words = {**WORDS, **words}
        self._locale = LOCALES[language]

    def __call__(self, key: str, **filled: object) -> str:
        text = self._words[key][0 if self.language == "nb" else 1]
        return text.format(**filled) if filled else text

    def label(self, field: str) -> str:
        """What a field is called; its own name where it has no words, as a history must be shown whatever is in it."""
        return self(field) if self.knows(field) else field

    def knows(self, key: str) -> bool:
        return key in self._words

    def day(self, day: date) -> str:
        return format_date(day, "d. MMMM y" if self.language == "nb" else "d MMMM y", locale=self._locale)

    def moment(self, moment: datetime) -> str:
        pattern = "d. MMMM y 'kl.' HH.mm" if self.language == "nb" else "d MMMM y 'at' HH:mm"
        return format_datetime(moment.astimezone(OSLO), pattern, locale=self._locale)

    def number(self, number: int) -> str:
        return format_decimal(number, locale=self._locale)
