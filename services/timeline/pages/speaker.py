"""Says things in the reader's language: texts, numbers, days and periods by locale (CLDR, through babel)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import dates, numbers
from markupsafe import Markup

from services.timeline.pages.texts import TEXTS
from shared.problems import Language

OSLO = ZoneInfo("Europe/Oslo")
LOCALES: dict[Language, str] = {"nb": "nb", "en": "en_GB"}

FEW = 0.01
NEARLY_ALL = 0.99
STALE_SECONDS = 60
"""A timeline that hasn't reached the end of its topics for so long is called not updated."""


@dataclass(frozen=True, slots=True)
class Speaker:
    language: Language

    @property
    def locale(self) -> str:
        return LOCALES[self.language]

    def __call__(self, key: str, **parameters: object) -> str:
        """The text. Where a parameter is Markup, so is the text, and everything else in it is escaped."""
        text = TEXTS[key][0 if self.language == "nb" else 1]
        if any(isinstance(value, Markup) for value in parameters.values()):
            return Markup(text).format(**parameters)  # noqa: S704 - our own texts
        return text.format(**parameters) if parameters else text

    def count(self, key: str, n: int, **parameters: object) -> str:
        """The text for so many; `parameters`: what else it says."""
        return self(f"{key}.one" if n == 1 else f"{key}.other", n=self.number(n), **parameters)

    def list(self, parts: Sequence[str]) -> str:
        """Parts with commas, and a word before the last."""
        if len(parts) < 2:  # noqa: PLR2004
            return "".join(parts)
        return self("and", first=", ".join(parts[:-1]), last=parts[-1])

    def sentence(self, text: str) -> str:
        """With a capital letter and a full stop."""
        return f"{text[:1].upper()}{text[1:]}."

    def number(self, n: int) -> str:
        return _number(n, self.locale)

    def kroner(self, amount: int) -> str:
        return self("kroner", n=self.number(amount))

    def percent(self, share: float) -> str:
        """Rounded, but never down to nothing or up to all."""
        if 0 < share < FEW:
            return "< " + _percent(FEW, self.locale)
        return _percent(min(share, NEARLY_ALL) if share < 1 else share, self.locale)

    def day(self, day: date) -> str:
        return _day(day, self.locale)

    def limit(self, name: str, value: str) -> str:
        """A parameter of a fault: the days between which another has to be as on the page, all else as it is."""
        return self.iso_day(value) if name in ("minimum", "maximum") else value

    def iso_day(self, text: str) -> str:
        """A day written in ISO 8601; text that isn't one stays as it is."""
        try:
            return self.day(date.fromisoformat(text))
        except ValueError:
            return text

    def month(self, day: date) -> str:
        return _month(day, self.locale)

    def short_day(self, day: date) -> str:
        return _short_day(day, self.locale)

    def month_of_year(self, day: date) -> str:
        return _month_of_year(day, self.locale)

    def weekday(self, day: date) -> str:
        """The short name of the weekday, and which day of the month it is."""
        return _weekday(day, self.locale)

    def moment(self, moment: datetime) -> str:
        """In Oslo, to the minute."""
        return dates.format_datetime(moment, "medium", tzinfo=OSLO, locale=self.locale).rsplit(":", 1)[0]

    def period(self, first: date | None, last: date | None) -> str:
        """An inclusive period; null is open, and both null is undated."""
        if first is None and last is None:
            return self("period.undated")
        if last is None:
            return self("period.from", day=self.day(first)) if first else ""
        if first is None:
            return self("period.until", day=self.day(last))
        return _period(first, last, self.locale)

    def window(self, first: date, last: date) -> str:
        """A year as its number, several whole ones from the first to the last, another window as its period."""
        if is_year(first, last):
            return str(first.year)
        if is_whole_years(first, last):
            return f"{first.year}–{last.year}"
        return self.period(first, last)

    def in_window(self, first: date, last: date) -> str:
        if is_year(first, last):
            return self("in.year", year=first.year)
        return self("in.window", period=self.period(first, last))

    def ago(self, seconds: float) -> str:
        past = timedelta(seconds=-max(1, round(seconds)))
        return dates.format_timedelta(past, add_direction=True, threshold=1.5, locale=self.locale)

    def move(self, days: int) -> str:
        """A signed number of days as a move: + later, − earlier."""
        return self("later" if days > 0 else "earlier", days=self.count("days", abs(days)))

    def quoted(self, text: str) -> str:
        return self("quoted", text=text)

    def unresolved(self, kind: str, id_: UUID | str) -> str:
        return self(f"unresolved.{kind}", id=id_)


def is_year(first: date, last: date) -> bool:
    return is_whole_years(first, last) and first.year == last.year


def is_whole_years(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


# CLDR's patterns are slow to apply, and a page of 2,000 initiatives has few different days and numbers.


@lru_cache(maxsize=2_000)
def _number(n: int, locale: str) -> str:
    return numbers.format_decimal(n, locale=locale)


@lru_cache(maxsize=20_000)
def _percent(share: float, locale: str) -> str:
    return numbers.format_percent(share, locale=locale)


@lru_cache(maxsize=20_000)
def _day(day: date, locale: str) -> str:
    return dates.format_skeleton("yMMMd", day, locale=locale)


@lru_cache(maxsize=20_000)
def _short_day(day: date, locale: str) -> str:
    return dates.format_skeleton("MMMd", day, locale=locale)


@lru_cache(maxsize=2_000)
def _month(day: date, locale: str) -> str:
    return dates.format_date(day, "LLL", locale=locale).rstrip(".")


@lru_cache(maxsize=2_000)
def _month_of_year(day: date, locale: str) -> str:
    return dates.format_skeleton("yMMM", day, locale=locale)


@lru_cache(maxsize=2_000)
def _weekday(day: date, locale: str) -> str:
    return dates.format_skeleton("Ed", day, locale=locale)


@lru_cache(maxsize=20_000)
def _period(first: date, last: date, locale: str) -> str:
    return str(dates.format_interval(first, last, "yMMMd", locale=locale))
