"""A schema's fields as a person meets them: how each is asked for, and how what was typed becomes JSON again.

What was typed is never lost: it is shown again as it was, also where it can't be understood.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, missing
from marshmallow import fields as marshmallow
from marshmallow.validate import OneOf
from werkzeug.datastructures import MultiDict

from shared import identity
from shared.fields import LINE, Choice, Day, Reference, Several, Text
from shared.pages.model import Option
from shared.pages.words import Say
from shared.references import Lists
from shared.references import Reference as Named

SHOWN_AT_ONCE = 40
"""So many items of a kind are shown to choose from; of more, those that a search finds."""

FIND = ".find"
"""`goals.find`: the text that items are searched with; a name that no field has."""


PAGING = ("cursor", "limit")
"""Of a list: they stand in its links, and nobody types them."""
LAST = ("start", "end", "on", "reason", "by")
"""When, why and who: asked for after what."""
OF_THE_FORM = ("title", "lead", "done")
"""`adopt.title` is what the form is called; a field `title` is called the same in all forms."""


@dataclass(frozen=True)
class Widget:
    """One field of a form. `shape`: which macro of `fields.html` draws it.

    value: what is typed or chosen, as the form sends it. faults: sentences. find: what was searched for.
    """

    name: str
    shape: str
    label: str
    hint: str
    required: bool
    value: str | Sequence[str]
    options: Sequence[Option] = ()
    maximum: int = LINE
    faults: Sequence[str] = ()
    find: str | None = None
    finding: str = ""
    """What came of the search, in a sentence."""

    @property
    def id(self) -> str:
        return f"field-{self.name}"

    @property
    def described_by(self) -> str:
        parts = [f"{self.id}-hint" if self.hint else "", f"{self.id}-fault" if self.faults else ""]
        return " ".join(filter(None, parts))


@dataclass
class Typed:
    """What a form sent: the JSON that it means, and what could not be decided."""

    body: dict[str, Any] = field(default_factory=dict)
    undecided: dict[str, str] = field(default_factory=dict)
    """Field → a text that names no item, or several."""


class Asker:
    """Makes widgets of a schema in one language, with the names that the service knows."""

    def __init__(
        self, say: Say, lists: Lists, *, scope: str = "", options: Mapping[str, Sequence[Option]] | None = None
    ) -> None:
        """`scope`: of its words; a form or list may call a field otherwise than the others do: `plan.start`."""
        self._say = say
        self._lists = lists
        self._scope = scope
        self._options = options or {}

    def widgets(
        self, schema: Schema, typed: MultiDict[str, str], faults: Mapping[str, Sequence[str]] | None = None
    ) -> Iterator[Widget]:
        """A widget for each field, in the schema's order; when, why and who come last. `faults`: field → sentences."""
        fields = {name: of for name, of in asked(schema).items() if name not in PAGING}
        for name in sorted(fields, key=lambda name: LAST.index(name) + 1 if name in LAST else 0):
            yield self._widget(name, fields[name], typed, (faults or {}).get(name, ()))

    def _widget(
        self, name: str, of: marshmallow.Field[Any], typed: MultiDict[str, str], faults: Sequence[str]
    ) -> Widget:
        say = self._say
        inner = of.inner if isinstance(of, Several) else of
        several = isinstance(of, Several)
        hint = self._word(f"{name}.hint") or ""
        common: dict[str, Any] = {
            "name": name,
            "label": self._word(name) or say(name),
            "required": must_be_given(of),
            "faults": faults,
        }
        if options := self._options.get(name):
            value = typed.get(name, "")
            known = value in ("", *(choice for choice, _ in options))
            options = options if known else [*options, (value, value)]
            return Widget(shape="select", hint=hint, value=value, options=options, **common)
        if isinstance(inner, Choice):
            options = [(choice, say(f"{name}.{choice}")) for choice in choices(inner)]
            shape = "checkboxes" if several else "radios" if common["required"] else "select"
            chosen = typed.getlist(name) if several else typed.get(name, "")
            return Widget(shape=shape, hint=hint, value=chosen, options=options, **common)
        if isinstance(inner, Reference):
            chosen = [value for value in typed.getlist(name) if value]
            find = typed.get(name + FIND, "").strip()
            options, finding = self._found(inner.kind, chosen, find)
            searched = find if find or self._lists.count(inner.kind) > SHOWN_AT_ONCE or not options else None
            return Widget(
                shape="checkboxes" if several else "radios",
                hint=hint,
                value=chosen,
                options=options if several or common["required"] else [("", say("form.none")), *options],
                find=searched,
                finding=finding,
                **common,
            )
        if several:
            lines = "\n".join(typed.getlist(name))
            return Widget(shape="lines", hint=f"{hint} {say('form.lines')}".strip(), value=lines, **common)
        if isinstance(of, Day):
            return Widget(shape="day", hint=hint, value=typed.get(name, ""), **common)
        if isinstance(of, marshmallow.Integer):
            return Widget(shape="number", hint=hint, value=typed.get(name, ""), maximum=15, **common)
        maximum = int(of.metadata.get("maxLength", LINE))
        shape = "line" if maximum <= LINE else "text"
        return Widget(shape=shape, hint=hint, value=typed.get(name, ""), maximum=maximum, **common)

    def _word(self, key: str) -> str | None:
        own = [] if key in OF_THE_FORM else [f"{self._scope}.{key}"]
        return next((self._say(name) for name in (*own, key) if self._say.knows(name)), None)

    def _found(self, kind: str, chosen: Sequence[str], find: str) -> tuple[list[Option], str]:
        """What can be chosen: what is chosen, what the search found, or all if they are few."""
        ids = [identity.resolve(kind, written) for written in chosen]
        names = self._lists.names(kind, ids)
        options = [
            (written, names[id_].label if id_ in names else self._say("item.unresolved", name=written))
            for written, id_ in zip(chosen, ids, strict=True)
        ]
        taken = set(ids)
        finding = ""
        if find:
            found = self._lists.search(kind, find, SHOWN_AT_ONCE + 1)
            if not found:
                finding = self._say("form.find.none", text=find)
                if identity.resolve(kind, find) not in taken:
                    options.append((find, self._say("form.find.as-is", text=find)))
            elif len(found) > SHOWN_AT_ONCE:
                finding = self._say("form.find.more")
        elif self._lists.count(kind) <= SHOWN_AT_ONCE:
            found = self._lists.all_of(kind, SHOWN_AT_ONCE)
        else:
            found = []
        return [
            *options,
            *((str(item.id), item.label) for item in found[:SHOWN_AT_ONCE] if item.id not in taken),
        ], finding

    def read(self, schema: Schema, typed: MultiDict[str, str]) -> Typed:
        """The JSON that the form means. What is empty is null where it may be, and a fault where it must be given."""
        meant = Typed()
        for name, of in asked(schema).items():
            value = self._value(name, of, typed, meant)
            if value is not None or of.allow_none:
                meant.body[name] = value
            elif must_be_given(of) and not of.required:
                meant.body[name] = ""  # not absent: that would leave it as it is, without a word
        return meant

    def _value(self, name: str, of: marshmallow.Field[Any], typed: MultiDict[str, str], meant: Typed) -> Any:
        inner = of.inner if isinstance(of, Several) else of
        if isinstance(inner, Reference):
            chosen = [value for value in typed.getlist(name) if value]
            if (find := typed.get(name + FIND, "").strip()) and not (of is inner and chosen):
                match = self._only(inner.kind, find)
                if match is None:
                    meant.undecided[name] = find
                else:
                    chosen.append(str(match.id))
            return chosen if isinstance(of, Several) else chosen[-1] if chosen else None
        if isinstance(of, Several):
            values = [line.strip() for value in typed.getlist(name) for line in value.splitlines()]
            return [value for value in values if value]
        value = typed.get(name, "").strip()
        if not value:
            return None
        if isinstance(of, marshmallow.Integer):
            digits = "".join(value.split())
            return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 15 else value  # noqa: PLR2004
        return _with_line_feeds(value) if isinstance(of, Text) else value

    def _only(self, kind: str, text: str) -> Named | None:
        """The item that the text names without doubt: by its external id, its title, or because it is the only one."""
        found = self._lists.search(kind, text, 2)
        same = [
            item for item in found if text.casefold() in ((item.external_id or "").casefold(), item.title.casefold())
        ]
        if len(same) == 1:
            return same[0]
        return found[0] if len(found) == 1 else None


def asked(schema: Schema) -> dict[str, marshmallow.Field[Any]]:
    """Its fields by the name that the API calls them."""
    return {of.data_key or name: of for name, of in schema.fields.items()}


def must_be_given(of: marshmallow.Field[Any]) -> bool:
    """Also in a change: what may be left out of its JSON stands in the form, and can't be emptied there."""
    return of.required or not (of.allow_none or isinstance(of, Several) or of.load_default is not missing)


def choices(of: Choice) -> Sequence[str]:
    return [choice for validator in of.validators if isinstance(validator, OneOf) for choice in validator.choices]


def typed_from(schema: Schema, item: Mapping[str, Any]) -> MultiDict[str, str]:
    """An item's fields as a form would send them."""
    typed: MultiDict[str, str] = MultiDict()
    for name in asked(schema):
        for each in as_typed(item.get(name)):
            typed.add(name, each)
    return typed


def as_typed(value: Any) -> list[str]:
    """A value as a form would send it: nothing, one text, or several."""
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each is not None]


def _with_line_feeds(text: str) -> str:
    """A browser sends CR LF for each line break of a text area."""
    return text.replace("\r\n", "\n")


def by_field(faults: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The sentences of a problem document by the field that they are about."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(field_of(fault), []).append(fault["message"])
    return found


def field_of(fault: Mapping[str, Any]) -> str:
    """`/goals/0` is about `goals`; "" about the whole."""
    return str(fault["pointer"]).strip("/").partition("/")[0]
