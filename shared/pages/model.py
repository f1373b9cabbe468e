"""What a service says of its pages: data, and no more."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Response

from shared.fields import Schema
from shared.importing.execute import Importer
from shared.pages.words import Words
from shared.schemas import ChangeSchema, CommandSchema

Item = Mapping[str, Any]
"""An item as the API answers it."""

Option = tuple[str, str]
"""What a form sends, and what a person reads."""


def always(_: Item) -> bool:
    return True


@dataclass(frozen=True)
class Form:
    """The form of one command. It asks for what the schema takes, in its order.

    endpoint: of the API, `goals.adopt`; its last part names the form in the words.
    creates: the command makes the item, and the form stands at `…/new` beside the list.
    offered: item → whether the command would be taken; only then the item's page links to the form.
    options: field → what can be chosen, of an item with what was typed over it, where the schema takes any text; where
    nothing can be, the field is typed.
    given: field → a value to begin with, of an item; of a list, its values.
    """

    endpoint: str
    schema: type[CommandSchema]
    creates: bool = False
    offered: Callable[[Item], bool] = always
    options: Mapping[str, Callable[[Item], Sequence[Option]]] = field(default_factory=dict)
    given: Mapping[str, Callable[[Item], Any]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.endpoint.rpartition(".")[2]

    @property
    def changes(self) -> bool:
        """What is not named stays: the form begins with what the item has, and sends what was changed."""
        return issubclass(self.schema, ChangeSchema)


@dataclass(frozen=True)
class Import:
    """The import of a collection's items from a spreadsheet.

    importer: for the request at hand, as some lean on the sectors that there are.
    rows: item → what its rows are made of; one, unless an item has several.
    """

    endpoint: str
    importer: Callable[[], Importer]
    rows: Callable[[Item], Iterable[Item]] = lambda item: (item,)


@dataclass(frozen=True)
class Collection:
    """Items of one kind: their list, each of them, and what can be done with them.

    kind: the word in their ids; list, item, history: endpoints of the API.
    columns: of the list, after the item's number and title. facts: of an item's page, in this order; further: more of
    them, shown only where there is something to show.
    ways: endpoints of other lists that the list leads to. lists: endpoints of those that an item leads to → the filter
    there that narrows them to what is the item's.
    number, title: the fields that name an item; key: the one that its address ends in.
    options: field → what its list can be narrowed to, where the filter takes any text.
    template, list_template: for an item's page with more than facts and history, and a list that is no table.
    """

    kind: str
    list: str
    item: str
    history: str
    filters: type[Schema]
    columns: Sequence[str]
    facts: Sequence[str]
    further: Sequence[str] = ()
    ways: Sequence[str] = ()
    lists: Mapping[str, str] = field(default_factory=dict)
    forms: Sequence[Form] = ()
    options: Mapping[str, Callable[[Item], Sequence[Option]]] = field(default_factory=dict)
    number: str = "external_id"
    title: str = "title"
    key: str = "id"
    template: str = "common/item.html"
    list_template: str = "common/list.html"
    on_timeline: bool = False
    imports: Import | None = None

    @property
    def name(self) -> str:
        return self.list.rpartition(".")[2]

    @property
    def creation(self) -> Form | None:
        return next((form for form in self.forms if form.creates), None)


@dataclass(frozen=True)
class Pages:
    """All pages of a service. The first collection is what its root leads to.

    others: endpoint of the API → the page that a browser gets there. templates: the folder of the service's own.
    """

    collections: Sequence[Collection]
    words: Words
    others: Mapping[str, Callable[[], Response]] = field(default_factory=dict)
    templates: Path | None = None

    def of_form(self, endpoint: str) -> tuple[Collection, Form] | None:
        return next(
            (
                (collection, form)
                for collection in self.collections
                for form in collection.forms
                if form.endpoint == endpoint
            ),
            None,
        )
