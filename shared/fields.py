"""marshmallow fields whose messages are stable codes, and how a marshmallow error becomes faults with pointers.

A message is `code` or `code?parameter=value`; the edge makes a sentence of it in the language asked for.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import marshmallow
from marshmallow import ValidationError, fields, validate

from shared import identity
from shared.importing.model import INVISIBLE
from shared.limits import FIRST_DAY, LAST_DAY, YEARS
from shared.problems import Fault, Language, Sentences, sentence

# ruff: noqa: RUF012 - messages as class attributes are marshmallow's way

COMMON = {"required": "required", "null": "required", "validator_failed": "invalid-value"}

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""What no spreadsheet can hold, and nobody can see."""

TITLE = 600
"""Characters. Titles in real plans run to 460."""
PROSE = 8000
"""Characters of a description, a reason or an effect."""
LINE = 300
"""Characters of a name, a unit or a channel."""


class Schema(marshmallow.Schema):
    """Unknown fields are faults, like everything else that would be dropped silently."""

    error_messages = {"unknown": "unknown-field", "type": "wrong-type?detail=object"}

    class Meta:
        unknown = marshmallow.RAISE
        ordered = True


class Text(fields.String):
    """Text as it is kept: composed (NFC), with line feeds only, no blanks around it, of whatever width; the same
    wherever it came from.
    """

    default_error_messages = {
        **COMMON,
        "invalid": "wrong-type?detail=text",
        "invalid_utf8": "wrong-type?detail=text",
    }

    def __init__(self, maximum: int = LINE, **options: Any) -> None:
        options["metadata"] = {**_described(maximum), **options.get("metadata", {})}
        super().__init__(validate=_text(maximum), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        text: str = super()._deserialize(value, attr, data, **options)
        return unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip(INVISIBLE)


def _described(maximum: int) -> dict[str, Any]:
    """For OpenAPI: what `_text` asks of a text, as far as JSON Schema can say it."""
    return {"minLength": 1, "maxLength": maximum}


def _text(maximum: int) -> Any:
    def check(value: str) -> None:
        if not value:
            raise ValidationError("empty")
        if len(value) > maximum:
            raise ValidationError(f"too-long?maximum={maximum}")
        if CONTROL.search(value):
            raise ValidationError("control-character")

    return check


class Day(fields.Date):
    """An inclusive calendar day, ISO 8601 (`2018-05-31`)."""

    default_error_messages = {**COMMON, "invalid": "not-a-date", "format": "not-a-date"}

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", validate=_plausible, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> date:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        found: date = super()._deserialize(value, attr, data, **options)
        return found


def _plausible(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(f"out-of-range?minimum={FIRST_DAY}&maximum={LAST_DAY}")


class Year(fields.Integer):
    default_error_messages = {**COMMON, "invalid": "not-a-year"}

    def __init__(self, *, strict: bool = True, **options: Any) -> None:
        first, last = YEARS[0], YEARS[-1]
        within = validate.Range(first, last, error=f"out-of-range?minimum={first}&maximum={last}")
        super().__init__(strict=strict, validate=within, **options)


class Choice(fields.String):
    default_error_messages = {**COMMON, "invalid": "wrong-type?detail=text"}

    def __init__(self, choices: Sequence[str], **options: Any) -> None:
        listed = urlencode({"choices": ", ".join(choices)})
        super().__init__(validate=validate.OneOf(choices, error=f"not-a-choice?{listed}"), **options)


class Reference(fields.Field[UUID]):
    """An item of the given kind, by its id or by its external id (DESIGN section 5)."""

    default_error_messages = {**COMMON, "invalid": "wrong-type?detail=id"}

    def __init__(self, kind: str, **options: Any) -> None:
        about = {"description": f"id or external id of a {kind}", **_described(LINE)}
        options["metadata"] = {**about, **options.get("metadata", {})}
        super().__init__(**options)
        self.kind = kind

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> UUID:  # noqa: ARG002
        if not isinstance(value, str) or not value.strip():
            raise self.make_error("invalid")
        if len(value) > LINE:
            raise ValidationError(f"too-long?maximum={LINE}")
        return identity.resolve(self.kind, value.strip())

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> str | None:  # noqa: ARG002
        return None if value is None else str(value)


class Containing(Text):
    """Words that a list is searched for; a pattern for SQL's `ilike`, which finds them in this order in a text."""

    def deserialize(self, *given: Any, **options: Any) -> Any:
        found = super().deserialize(*given, **options)
        if not isinstance(found, str):
            return found
        literal = re.sub(r"([\\%_])", r"\\\1", found)
        return "%" + "%".join(literal.split()) + "%"


class Several(fields.List[Any]):
    """A list without repetitions, its order kept; a tuple for the domain."""

    default_error_messages = {**COMMON, "invalid": "wrong-type?detail=list"}

    def __init__(self, inner: fields.Field[Any], **options: Any) -> None:
        super().__init__(
            inner, validate=validate.Length(max=500, error="out-of-range?minimum=0&maximum=500"), **options
        )

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        return tuple(dict.fromkeys(super()._deserialize(value, attr, data, **options)))


def faults(
    messages: Any,
    language: Language,
    sentences: Sentences,
    *,
    said: Callable[[str, str], str] = lambda _, value: value,
    pointer: str = "",
) -> Iterator[Fault]:
    """Each message of a marshmallow error, with its JSON pointer.

    said: how the sentence writes a parameter, by its name and value; without it, as the wire does.
    """
    if isinstance(messages, Mapping):
        for key, value in messages.items():
            step = "" if key == "_schema" else "/" + str(key).replace("~", "~0").replace("/", "~1")
            yield from faults(value, language, sentences, said=said, pointer=pointer + step)
        return
    for message in messages if isinstance(messages, list) else [messages]:
        code, _, query = str(message).partition("?")
        parameters = {name: said(name, value) for name, value in parse_qsl(query, keep_blank_values=True)}
        yield Fault(pointer, code, sentence(code, language, sentences, **parameters))
