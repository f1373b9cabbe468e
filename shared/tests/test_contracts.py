"""Contracts that were published hold: for readers with the old one, and for the stored events that lack what is new."""

import json
from dataclasses import dataclass, make_dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest

from shared import contracts
from shared.cli import main
from shared.contracts import BreakingChangeError
from shared.contracts.meaning import DAY, Field, Happening, Meanings
from shared.envelope import Catalogue
from shared.testing.contracts import assert_committed, left_over, undescribed
from shared.tests.notes.service import SERVICE as NOTES

NAME = "samtidig.note.written.v1"


@dataclass(frozen=True)
class Line:
    text: str


@dataclass(frozen=True)
class Written:
    text: str
    reason: str | None
    kind: Literal["long", "short"]
    lines: tuple[Line, ...]
    tags: tuple[Literal["old", "new"], ...]
    on: date
    pages: Annotated[int, msgspec.Meta(ge=0)]
    about: UUID | None = None


@dataclass(frozen=True)
class WithOwner(Written):
    owner: str | None = None


EXAMPLE = Written("Hei", None, "short", (Line("Hei"),), ("new",), date(2018, 2, 12), 1)
MEANINGS = Meanings(
    {NAME: Happening("A note was written.")},
    {name: Field(name.title()) for name in ("text", "reason", "kind", "lines", "tags", "pages", "about")}
    | {"on": Field("The day.", unit=DAY)},
)


def catalogue(event: type) -> Catalogue:
    return Catalogue("notes", {NAME: event})


def changed(*without: str, **fields: Any) -> type:
    """`Written` with other fields: `name=type`, or `name=(type, default)`."""
    kept: dict[str, Any] = {name: (of,) for name, of in Written.__annotations__.items() if name not in without}
    if "about" in kept:
        kept["about"] = (UUID | None, None)
    kept |= {name: of if isinstance(of, tuple) else (of,) for name, of in fields.items()}
    return make_dataclass("Written", [(name, *of) for name, of in kept.items()], frozen=True, kw_only=True)


def publish(folder, example, meanings=MEANINGS):
    return list(contracts.write(catalogue(type(example)), [example], meanings, folder))


def contents(folder):
    return {path: path.read_text() for path in folder.iterdir()}


# What may change


def test_a_field_that_may_be_absent_keeps_the_version(tmp_path):
    publish(tmp_path, EXAMPLE)
    publish(tmp_path, WithOwner(**{name: getattr(EXAMPLE, name) for name in Written.__annotations__}))
    assert '"owner"' in (tmp_path / f"{NAME}.schema.json").read_text()
    old = msgspec.json.encode(EXAMPLE)
    assert catalogue(WithOwner).decode(NAME, old).owner is None


def test_words_may_change(tmp_path):
    publish(tmp_path, EXAMPLE)
    before = (tmp_path / "published.json").read_text()
    publish(tmp_path, EXAMPLE, Meanings({NAME: Happening("Somebody wrote.", since="1.1")}))
    assert json.loads((tmp_path / f"{NAME}.schema.json").read_text())["description"] == "Somebody wrote."
    assert (tmp_path / "published.json").read_text() == before


def test_an_event_may_come(tmp_path):
    publish(tmp_path, EXAMPLE)
    both = Catalogue("notes", {NAME: Written, "samtidig.note.erased.v1": Line})
    list(contracts.write(both, [EXAMPLE, Line("Hei")], MEANINGS, tmp_path))
    assert len(contracts.held(tmp_path)) == 2


# What breaks a reader

BREAKS = {
    "removed field": (changed("text"), "text: removed"),
    "renamed field": (changed("text", body=str), "text: removed"),
    "retyped field": (changed(text=int), r"text: retyped, from string to integer"),
    "retyped by its format": (changed(on=str), r"on: retyped, from string \(date\) to string"),
    "retyped inside a list": (changed(lines=tuple[str, ...]), r"lines\[\]: retyped, from object to string"),
    "one became a list": (changed(text=tuple[str, ...]), "text: retyped, from string to array"),
    "one type more": (changed(text=str | int), "text: retyped, from string to string or integer"),
    "narrowed enum": (changed(kind=Literal["long"]), "kind: enum narrowed by “short”"),
    "widened enum": (changed(kind=Literal["long", "short", "middling"]), "kind: enum widened by “middling”"),
    "narrowed enum inside a list": (changed(tags=tuple[Literal["new"], ...]), r"tags\[\]: enum narrowed by “old”"),
    "enum became free text": (changed(kind=str), "kind: retyped, from enum to string"),
    "new required field": (changed(owner=str | None), "owner: new and required"),
    "made required": (changed(about=UUID | None), "about: made required"),
    "made optional": (changed(text=(str, "")), "text: made optional"),
    "null no more": (changed(reason=str), "reason: may no longer be null"),
    "null now too": (changed(text=str | None), "text: may now be null"),
    "constraint changed": (
        changed(pages=Annotated[int, msgspec.Meta(ge=1)]),
        "pages: constraint changed: minimum 0 → 1",
    ),
    "constraint come": (
        changed(text=Annotated[str, msgspec.Meta(max_length=9)]),
        "text: constraint changed: maxLength nothing → 9",
    ),
    "constraint gone": (changed(pages=int), "pages: constraint changed: minimum 0 → nothing"),
    "default changed": (changed(about=(UUID | None, UUID(int=1))), "about: constraint changed: default"),
    "inside an object": (
        changed(lines=tuple[make_dataclass("Line", [("words", int)]), ...]),  # type: ignore[misc] # made on the fly
        r"lines\[\]\.text: removed",
    ),
}


@pytest.mark.parametrize(("after", "named"), BREAKS.values(), ids=BREAKS)
def test_each_kind_of_break_is_refused_by_its_name(after, named):
    before = contracts.published(catalogue(Written))
    with pytest.raises(BreakingChangeError, match=f"{NAME}, {named}"):
        contracts.refuse_breaking(before, contracts.published(catalogue(after)))


def test_every_break_is_named_at_once():
    before = contracts.published(catalogue(Written))
    with pytest.raises(BreakingChangeError) as refusal:
        contracts.refuse_breaking(before, contracts.published(catalogue(changed("text", kind=str))))
    assert "text: removed" in str(refusal.value)
    assert "kind: retyped" in str(refusal.value)


def test_an_event_that_is_gone_is_named():
    with pytest.raises(BreakingChangeError, match=f"{NAME}: gone"):
        contracts.refuse_breaking(contracts.published(catalogue(Written)), {})


def test_a_refused_change_writes_nothing(tmp_path):
    publish(tmp_path, EXAMPLE)
    before = contents(tmp_path)
    with pytest.raises(BreakingChangeError):
        publish(tmp_path, Line("Hei"))
    assert contents(tmp_path) == before


# The build


def noting(folder, event, **others):
    """The service of the notes, with this event and its contracts in the folder."""
    own = {"catalogue": catalogue(type(event)), "examples": [event], "meanings": MEANINGS, "folder": folder, **others}
    return type(NOTES)(**{name: own.get(name, getattr(NOTES, name)) for name in NOTES.__dataclass_fields__})


def test_the_check_fails_where_a_class_and_its_contract_are_changed_together(tmp_path):
    folder = tmp_path / "contracts"
    publish(folder, EXAMPLE)
    assert_committed(noting(tmp_path, EXAMPLE))
    broken = Line("Hei")
    for name, text in contracts.files(catalogue(Line), [broken], MEANINGS):
        if name != "published.json":
            (folder / name).write_text(text)
    with pytest.raises(BreakingChangeError, match="kind: removed"):
        assert_committed(noting(tmp_path, broken))


def test_the_check_fails_where_an_event_and_its_contract_are_taken_away_together(tmp_path):
    folder = tmp_path / "contracts"
    publish(folder, EXAMPLE)
    for path in folder.glob(f"{NAME}.*"):
        path.unlink()
    with pytest.raises(BreakingChangeError, match="gone"):
        assert_committed(noting(tmp_path, EXAMPLE, catalogue=Catalogue("notes", {}), examples=[]))


def test_the_command_refuses_a_break_in_words(tmp_path, monkeypatch):
    publish(tmp_path / "contracts", EXAMPLE)
    monkeypatch.setattr("sys.argv", ["notes", "contracts"])
    with pytest.raises(SystemExit, match="kind: removed"):
        main(noting(tmp_path, Line("Hei")))


# Words


def test_an_event_without_an_example_is_named(tmp_path):
    with pytest.raises(ValueError, match=NAME):
        list(contracts.write(catalogue(Written), [], MEANINGS, tmp_path))


def test_every_field_says_what_it_means_in_which_unit_and_since_when():
    schema = contracts.schema(catalogue(Written), NAME, MEANINGS)
    assert schema["description"] == "A note was written."
    assert schema["properties"]["on"] == {
        "type": "string",
        "format": "date",
        "description": "The day.",
        "x-unit": DAY,
        "x-since": "1.0",
    }
    assert schema["$defs"]["Line"]["properties"]["text"]["description"] == "Text"
    assert undescribed(catalogue(Written), MEANINGS) == []
    assert left_over(catalogue(Written), MEANINGS) == []


def test_a_field_is_not_older_than_its_event():
    meanings = Meanings({NAME: Happening("", since="1.10"), "other": Happening("")}, {"text": Field("", since="1.9")})
    assert meanings.of(NAME, "text") == Field("", since="1.10")
    assert meanings.of("other", "text") == Field("", since="1.9")


def test_what_an_event_says_of_its_own_field_goes_before_what_all_say():
    own = Meanings({NAME: Happening("", fields={"text": Field("Own")})}, {"text": Field("All")})
    assert contracts.schema(catalogue(Line), NAME, own)["properties"]["text"]["description"] == "Own"


def test_an_event_or_a_field_without_words_is_found_wherever_it_is():
    assert undescribed(catalogue(Line), Meanings()) == [NAME, f"{NAME}.text"]
    lines = changed("text", lines=tuple[Line, ...])
    fields = {name: of for name, of in MEANINGS.fields.items() if name != "text"}
    assert undescribed(catalogue(lines), Meanings(MEANINGS.events, fields)) == [f"{NAME}.text"]


def test_words_about_what_is_not_there_are_found():
    meanings = Meanings(
        {NAME: Happening("", fields={"text": Field("Own"), "line": Field("")}), "gone": Happening("")},
        {"text": Field("Everywhere else"), "reason": Field("")},
    )
    assert set(left_over(catalogue(Line), meanings)) == {"gone", f"{NAME}.line", "text", "reason"}
