"""A browser without JavaScript, which opens pages, sends forms and follows; and whether pages have their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.test import TestResponse

from shared.fields import Choice
from shared.http import FORM
from shared.pages.widgets import PAGING, asked, choices
from shared.pages.words import WORDS
from shared.service import Service

HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "Accept-Language": "nb"}


@dataclass(frozen=True)
class Shown:
    """A page as it came."""

    response: TestResponse
    path: str

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def mimetype(self) -> str:
        return self.response.mimetype or ""

    @property
    def headers(self) -> Headers:
        return self.response.headers

    @property
    def location(self) -> str:
        return self.response.headers["Location"]

    def form(self) -> "Filled":
        """The page's form with what stands in it, as a browser would send it."""
        reader = _FormReader()
        reader.feed(self.text)
        assert reader.action, "the page has no form that is posted"
        return Filled(reader.action, reader.fields, takes_files=reader.takes_files)


class Filled(MultiDict[str, str]):
    """What would be sent, and where to."""

    def __init__(self, action: str, fields: Any, *, takes_files: bool = False) -> None:
        super().__init__(fields)
        self.action, self.takes_files = action, takes_files


class Browser:
    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def open(self, path: str) -> Shown:
        return self._follow(self._client.get(path, headers=HTML), path)

    def send(self, form: Filled, *, follow: bool = True, **typed: Any) -> Shown:
        """Sends the form with some fields changed; a list is what is ticked, a tuple a file: content and name."""
        data: dict[str, Any] = form.to_dict(flat=False)
        for name, value in typed.items():
            data[name] = (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
        if form.takes_files and "file" not in typed:
            data["file"] = (BytesIO(), "")
        kind = "multipart/form-data" if form.takes_files else FORM
        response = self._client.post(form.action, data=data, headers=HTML, content_type=kind)
        return self._follow(response, form.action) if follow else Shown(response, form.action)

    def _follow(self, response: TestResponse, path: str) -> Shown:
        while response.status_code in (301, 302, 303, 308):
            path = response.headers["Location"]
            response = self._client.get(path, headers=HTML)
        return Shown(response, urlsplit(path).path)


class _FormReader(HTMLParser):
    """The fields of the page's posted form."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.takes_files = False
        self.fields: list[tuple[str, str]] = []
        self._inside = False
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form" and found.get("method") == "post":
            self._inside, self.action = True, found["action"]
        if not self._inside:
            return
        name, kind = found.get("name", ""), found.get("type", "text")
        match tag:
            case "input" if kind == "file":
                self.takes_files = True
            case "input" if name and (kind not in ("checkbox", "radio") or "checked" in found):
                self.fields.append((name, found.get("value", "")))
            case "textarea":
                self._area = name
                self.fields.append((name, ""))
            case "select":
                self._select = name
                self.fields.append((name, ""))
            case "option" if self._select and "selected" in found:
                self.fields[-1] = (self._select, found.get("value", ""))
            case _:
                pass

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            name, before = self.fields[-1]
            self.fields[-1] = (name, before + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            name, text = self.fields[-1]
            self.fields[-1] = (name, text.removeprefix("\n"))
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._inside = False


def assert_words(service: Service) -> None:
    """Every word that the pages of a service may look up is there, and nothing is there that none looks up."""
    assert service.pages is not None
    known = {**WORDS, **service.pages.words}
    wanted = set(_wanted(service))
    missing = wanted - known.keys()
    assert not missing, f"without words: {sorted(missing)}"
    unused = service.pages.words.keys() - wanted - set(_optional(service, wanted))
    assert not unused, f"words that no page uses: {sorted(unused)}"
    for key, (bokmal, english) in service.pages.words.items():
        assert bokmal.strip(), key
        assert english.strip(), key


def _optional(service: Service, wanted: set[str]) -> Iterator[str]:
    """Words that a page looks up if they are there: hints and leads, what the values of a fact are called, its own."""
    assert service.pages is not None
    for key in wanted:
        yield f"{key}.hint"
        yield key.replace(".title", ".lead")
    facts: set[str] = set()
    for collection in service.pages.collections:
        facts |= {*collection.columns, *collection.facts, *collection.further}
        scopes = [(collection.name, collection.filters), *((form.name, form.schema) for form in collection.forms)]
        yield from (f"{scope}.{name}.hint" for scope, schema in scopes for name in asked(schema()))
    yield from (word for word in service.pages.words if word.startswith("own.") or word.rpartition(".")[0] in facts)


def _wanted(service: Service) -> Any:
    assert service.pages is not None
    words = service.pages.words
    for name in service.catalogue.types:
        yield f"event.{name.removeprefix('samtidig.').rpartition('.')[0]}"
    for collection in service.pages.collections:
        yield from (f"{collection.name}.{part}" for part in ("list", "lead", "one"))
        yield from (collection.number, collection.title, *collection.columns, *collection.facts, *collection.further)
        schemas = [(collection.name, collection.filters), *((form.name, form.schema) for form in collection.forms)]
        for scope, schema in schemas:
            for name, field in asked(schema()).items():
                if name not in PAGING:
                    yield f"{scope}.{name}" if f"{scope}.{name}" in words else name
                inner = getattr(field, "inner", field)
                if isinstance(inner, Choice):
                    yield from (f"{name}.{choice}" for choice in choices(inner))
        for form in collection.forms:
            yield from (f"{form.name}.title", f"{form.name}.done")
