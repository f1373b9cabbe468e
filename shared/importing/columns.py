"""What a file may hold, column by column: names in bokmål and English, and how a cell becomes a value."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared.importing.model import INVISIBLE, Cell, Params
from shared.limits import FIRST_DAY, LAST_DAY, YEARS
from shared.problems import Language

WORDS: Mapping[str, tuple[str, ...]] = {
    "external_id": ("ekstern id", "eksternid", "løpenummer", "nummer", "nr"),
    "code": ("kode", "kortkode", "forkortelse"),
    "name": ("navn",),
    "title": ("tittel", "overskrift", "navn"),
    "kind": ("type", "slag", "måltype"),
    "description": ("beskrivelse", "omtale"),
    "expected_effect": ("forventet effekt", "effekt"),
    "parent": ("overordnet mål", "overordnet"),
    "plan_year": ("planår", "år", "handlingsplan"),
    "area": ("område", "innsatsområde", "satsingsområde"),
    "goals": ("mål", "goal"),
    "audiences": ("målgrupper", "målgruppe", "audience"),
    "start": ("startdato", "fra", "fra dato", "fra og med", "f.o.m.", "oppstart", "start date", "from"),
    "end": ("sluttdato", "slutt", "til", "til dato", "til og med", "t.o.m.", "end date", "to"),
    "responsible": ("ansvarlig", "ansvarlig enhet", "ansvar"),
    "sector": ("sektor", "byrådsavdeling"),
    "agency": ("virksomhet", "etat", "bydel"),
    "supports": ("støtter", "støtter tiltak", "støtter sentrale tiltak"),
    "channel": ("kanal", "kanaler"),
    "central_initiatives": ("sentrale tiltak", "sentralt tiltak", "central initiative"),
    "local_initiatives": ("lokale tiltak", "lokalt tiltak", "local initiative"),
}
"""What a column is also called. The first one is its name in sentences in bokmål."""

MEANINGS: Mapping[str, tuple[str, str]] = {
    "external_id": (
        "Nummeret eller navnet i deres egne lister. Raden kjennes igjen på det neste gang.",
        "Its number or name in your own lists. The row is known again by it next time.",
    ),
    "code": ("En kort kode.", "A short code."),
    "name": ("Navnet.", "The name."),
    "title": ("Tittelen.", "The title."),
    "kind": ("Hva slags mål det er.", "What kind of goal it is."),
    "description": ("Fri tekst.", "Free text."),
    "expected_effect": (
        "Hva målet skal føre til. Trengs først når målet vedtas.",
        "What the goal is to lead to. Needed only when the goal is adopted.",
    ),
    "parent": ("Målet som dette er en del av: ekstern id.", "The goal that this one is part of: its external id."),
    "plan_year": ("Året til handlingsplanen, som 2018.", "The year of the action plan, such as 2018."),
    "area": ("Området i handlingsplanen.", "The area of the action plan."),
    "goals": ("Målene det gjelder: ekstern id.", "The goals that it is for: their external ids."),
    "audiences": ("Målgruppene.", "The audiences."),
    "start": ("Første dag, som 2018-05-31 eller 31.05.2018.", "The first day, such as 2018-05-31 or 31.05.2018."),
    "end": (
        "Siste dag, medregnet, som 2018-05-31 eller 31.05.2018.",
        "The last day, included, such as 2018-05-31 or 31.05.2018.",
    ),
    "responsible": ("En rolle eller en enhet, ikke en person.", "A role or a unit, not a person."),
    "sector": ("Sektorens kode.", "The code of the sector."),
    "agency": ("Virksomhetens kode.", "The code of the agency."),
    "supports": (
        "De sentrale tiltakene det støtter: ekstern id.",
        "The central initiatives that it supports: their external ids.",
    ),
    "channel": ("Hvor det blir fortalt.", "Where it is told."),
    "central_initiatives": (
        "De sentrale tiltakene det gjelder: ekstern id.",
        "The central initiatives that it is about: their external ids.",
    ),
    "local_initiatives": (
        "De lokale tiltakene det gjelder, skrevet sektorkode:ekstern id.",
        "The local initiatives that it is about, written sector code:external id.",
    ),
}
"""What a column is for, in bokmål and English, for those who fill in a template."""

AUDIENCES: Mapping[str, tuple[str, ...]] = {
    "employees": ("ansatte", "medarbeidere"),
    "leaders": ("ledere",),
    "top_leaders": ("toppledere",),
    "organisations": ("organisasjoner", "arbeidstakerorganisasjoner", "tillitsvalgte"),
    "residents": ("innbyggere",),
}


class Invalid(Exception):  # noqa: N818 - an outcome, like Rejected
    """A cell can't be what its column holds. `code` and `params` are those of a sentence in `messages`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Params = params


Parse = Callable[[Cell], object]
"""A cell that is not empty → its value, or `Invalid`."""


@dataclass(frozen=True)
class Column:
    """One column of an import.

    `parse` meets cells with content only. An empty cell is `None`, or `()` where `many`; in a `required` column it is
    a fault, and so is a file without that column. With `many`, a cell holds values separated by `;`, `|` or line
    breaks.
    `maximum` is in characters, of one value. `aliases` are further names, beside those in `WORDS`. `meaning`, in bokmål
    and English, where it is not the one in `MEANINGS`.
    """

    name: str
    parse: Parse
    required: bool = False
    many: bool = False
    maximum: int = 300
    aliases: tuple[str, ...] = ()
    meaning: tuple[str, str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *WORDS.get(self.name, ()), *self.aliases)

    @property
    def bokmal(self) -> str:
        return self.names[1] if len(self.names) > 1 else self.name

    def header(self, language: Language) -> str:
        """Its name at the top of a file that we write: `Ekstern id` or `external_id`."""
        return self.bokmal[:1].upper() + self.bokmal[1:] if language == "nb" else self.name

    def told(self, language: Language) -> str:
        """What it is for; nothing where nobody has said so."""
        meaning = self.meaning or MEANINGS.get(self.name, ("", ""))
        return meaning[0 if language == "nb" else 1]


def folded(name: str) -> str:
    """A name as it is compared: without case, blanks, underscores, punctuation and diacritics (å = aa, ø = oe = o)."""
    plain = name.casefold().replace("ø", "o").replace("oe", "o").replace("æ", "ae").replace("aa", "a")
    return "".join(character for character in unicodedata.normalize("NFKD", plain) if character.isalnum())


# From cells to text


def as_text(cell: Cell) -> str:
    """What a person sees in the cell. Text comes in Unicode's composed form (NFC): macOS writes å as two characters."""
    match cell:
        case str():
            composed = cell if cell.isascii() else unicodedata.normalize("NFC", cell)
            return composed.replace("\r\n", "\n").replace("\r", "\n").strip(INVISIBLE)
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            return format(cell, ".15g")  # as many digits as Excel has; more would show 0.30000000000000004
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date():
            return cell.isoformat()
        case time() | timedelta():
            return str(cell)


def items(cell: Cell) -> list[Cell]:
    """The values in a cell of a `many` column, in order, without repetitions."""
    if not isinstance(cell, str):
        return [cell]
    parts = (part.strip() for part in re.split(r"[;|\r\n]", cell))
    return list(dict.fromkeys(part for part in parts if part))


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def text(cell: Cell) -> str:
    """Free text; a number or a date as it is shown."""
    found = as_text(cell)
    if not found.isprintable() and CONTROL.search(found):
        raise Invalid("control-character")
    return found


def code(cell: Cell) -> str:
    """A short name on one line. A date is a fault: Excel has made one of a code such as 1-2."""
    if isinstance(cell, date | time | timedelta):
        raise Invalid("code-became-date")
    return " ".join(text(cell).split())


def reference(cell: Cell) -> str:
    """An id or an external id, as text: whose it is, the service knows."""
    return code(cell)


# Days and years

ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
NORWEGIAN = re.compile(r"(?P<day>[0-9]{1,2})\. ?(?P<month>[0-9]{1,2})\. ?(?P<year>[0-9]{4})")
SERIAL = re.compile(r"[0-9]{5,6}")
SERIAL_ZERO = date(1899, 12, 30)
FIRST_SERIAL = 18_264
"""1950-01-01. A smaller number in a date column is more likely a year: 2018 would be a day in July 1905."""
LAST_SERIAL = (LAST_DAY - SERIAL_ZERO).days


def day(cell: Cell) -> date:
    """A calendar day: an Excel date, its serial number, 2018-05-31 or 31.05.2018."""
    match cell:
        case datetime():
            return _in_range(cell.date())
        case date():
            return _in_range(cell)
        case bool() | time() | timedelta():
            raise Invalid("not-a-date")
        case int() | float():
            return _from_serial(int(cell))
        case _:
            return _from_text(as_text(cell))


def _from_text(written: str) -> date:
    found = ISO.fullmatch(written) or NORWEGIAN.fullmatch(written)
    if found:
        try:
            return _in_range(date(int(found["year"]), int(found["month"]), int(found["day"])))
        except ValueError as error:
            raise Invalid("no-such-date") from error
    if SERIAL.fullmatch(written):
        return _from_serial(int(written))
    raise Invalid("not-a-date")


def _from_serial(days: int) -> date:
    if not FIRST_SERIAL <= days <= LAST_SERIAL:
        raise Invalid("not-a-date")
    return SERIAL_ZERO + timedelta(days=days)


def _in_range(found: date) -> date:
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Invalid("out-of-range", minimum=str(FIRST_DAY), maximum=str(LAST_DAY))
    return found


def year(cell: Cell) -> int:
    """A whole number. A date is a fault: a cell formatted as a date shows 1905 for the number 2018."""
    if isinstance(cell, date | time | timedelta | bool) or not re.fullmatch(r"[0-9]{4}", as_text(cell)):
        raise Invalid("not-a-year")
    found = int(as_text(cell))
    if found not in YEARS:
        raise Invalid("out-of-range", minimum=YEARS[0], maximum=YEARS[-1])
    return found


# One of a few


class Choice:
    """A cell that holds one of a few codes, written as the code or as one of its words in bokmål."""

    def __init__(self, words: Mapping[str, tuple[str, ...]]) -> None:
        self.words = words
        self._meant = {folded(word): chosen for chosen, others in words.items() for word in (chosen, *others)}
        self._allowed = {"allowed_nb": ", ".join(self.written("nb")), "allowed_en": ", ".join(self.written("en"))}

    def __call__(self, cell: Cell) -> str:
        found = self._meant.get(folded(as_text(cell)))
        if found is None:
            raise Invalid("not-a-choice", **self._allowed)
        return found

    def written(self, language: Language) -> list[str]:
        """Each of them in the language's word: the first in bokmål, the code itself in English."""
        return [self.word(chosen, language) for chosen in self.words]

    def word(self, chosen: str, language: Language) -> str:
        others = self.words.get(chosen, ())
        return others[0] if others and language == "nb" else chosen


def choice(words: Mapping[str, tuple[str, ...]]) -> Choice:
    """One of the codes in `words`: code → its words in bokmål."""
    return Choice(words)
