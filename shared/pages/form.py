"""The page of a command: its form, empty, and again with what was typed where something is wrong.

What is hidden in the form stands for the headers of the API: the version that was seen (`If-Match`) and a key
(`Idempotency-Key`), so that a form sent twice is carried out once, and nobody overwrites what they have not seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from uuid import UUID

import msgspec
from flask import Response, g, make_response, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from shared import identity
from shared.pages.model import Collection, Form, Item
from shared.pages.page import CollectionPage, ask, decoded
from shared.pages.widgets import FIND, Asker, as_typed, asked, by_field, field_of, typed_from

TOLD = ("reason", "by")
"""Why and who: they go along with a change, and are none by themselves."""


@dataclass(frozen=True)
class Sent:
    """A form as it is shown or was sent.

    typed: what stands in its fields; version: of the item that was seen; was: what the fields meant then; key: of the
    request that it makes.
    """

    typed: MultiDict[str, str]
    version: int | None = None
    was: Mapping[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=lambda: str(identity.new()))

    @classmethod
    def received(cls) -> "Sent":
        typed = MultiDict(request.form)
        version = typed.get("_version", "")
        return cls(
            typed,
            int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None,  # noqa: PLR2004
            _object(typed.get("_was", "")),
            _key(typed.get("_key", "")),
        )

    def anew(self, **changes: Any) -> "Sent":
        """What is sent next is another request."""
        return replace(self, key=str(identity.new()), **changes)


class FormPage(CollectionPage):
    def __init__(self, collection: Collection, form: Form) -> None:
        super().__init__(collection)
        self.form = form
        self.schema = form.schema()
        self.about: Item = {}
        """The item that the command is about; none where the command makes one."""

    def show(self) -> Response:
        if (problem := self._find_item()) is not None:
            return problem
        typed = typed_from(self.schema, self.about) if self.form.changes else MultiDict(request.args)
        for name, value in self.form.given.items():
            if name not in typed:
                typed.setlist(name, as_typed(value(self.about)))
        was = self._asker(typed).read(self.schema, typed).body if self.form.changes else {}
        return self._page(Sent(typed, self.about.get("version"), was))

    def send(self) -> Response:
        """Carries the command out and goes to the item, or shows the form again."""
        if (problem := self._find_item()) is not None:
            return problem
        sent = Sent.received()
        if "_find" in sent.typed:
            return self._page(sent)
        meant = self._asker(sent.typed).read(self.schema, sent.typed)
        if meant.undecided:
            faults = [{"pointer": f"/{name}", "message": self.say("form.find.choose")} for name in meant.undecided]
            return self._page(sent, HTTPStatus.UNPROCESSABLE_ENTITY, faults)
        body = _changed(meant.body, sent.was) if self.form.changes else meant.body
        if self.form.changes and not body:
            return self._page(sent, faults=[{"pointer": "", "message": self.say("form.unchanged")}])
        response = self._carry_out(body, sent)
        if response.status_code < HTTPStatus.BAD_REQUEST:
            return self._done(response)
        return self._refused(response, body, sent)

    def _find_item(self) -> Response | None:
        if self.form.creates:
            return None
        self.about, problem = self.item()
        return problem

    def _carry_out(self, body: Mapping[str, Any], sent: Sent) -> Response:
        g.body = body
        request.environ["HTTP_IDEMPOTENCY_KEY"] = sent.key
        if sent.version is not None:
            request.environ["HTTP_IF_MATCH"] = f'"{sent.version}"'
        return ask(self.form.endpoint, self.names)

    def _done(self, response: Response) -> Response:
        creates = self.form.creates
        where = response.headers["Location"] if creates else url_for(self.collection.item, **self.names)
        return make_response(redirect(f"{where}?done={self.form.name}", HTTPStatus.SEE_OTHER))

    def _refused(self, response: Response, body: Mapping[str, Any], sent: Sent) -> Response:
        problem, status = decoded(response), response.status_code
        overtaken = status == HTTPStatus.PRECONDITION_FAILED or problem["code"] == "stream-changed"
        if overtaken and not self.form.creates:
            return self._overtaken(status, body, sent)
        faults = problem["errors"] or [{"pointer": "", "message": self.title_of(problem)}]
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return self._page(sent, status, faults)  # with the same key: it may have been carried out
        return self._page(sent.anew(), status, faults)

    def _overtaken(self, status: int, body: Mapping[str, Any], sent: Sent) -> Response:
        """Somebody else was faster: what they did and what was typed, side by side; sending again overrules them.

        What was typed stays; a field that was left as it was follows them.
        """
        events = [event for event in self.events() if event["version"] > (sent.version or 0)]
        now: Mapping[str, Any] = {}
        if self.form.changes:
            fresh = typed_from(self.schema, self.about)
            now = self._asker(fresh).read(self.schema, fresh).body
            for name in asked(self.schema).keys() - body.keys():
                sent.typed.setlist(name, fresh.getlist(name))
        both = [
            {"field": name, "now": now[name], "yours": value}
            for name, value in body.items()
            if name in now and now[name] not in (value, sent.was.get(name))
        ]
        self.shown.know((each["field"], each[whose]) for each in both for whose in ("now", "yours"))
        again = sent.anew(version=self.about["version"], was=now)
        return self._page(again, status, conflict={"events": list(self.told(events)), "both": both})

    def _asker(self, typed: MultiDict[str, str]) -> Asker:
        fields = asked(self.schema)
        item = {**self.about, **{name: values[0] for name, values in typed.lists() if values and name in fields}}
        options = {name: given(item) for name, given in self.form.options.items()}
        return Asker(self.say, self.service.lists, scope=self.form.name, options=options)

    def _page(
        self,
        sent: Sent,
        status: int = HTTPStatus.OK,
        faults: Sequence[Mapping[str, Any]] = (),
        conflict: Mapping[str, Any] | None = None,
    ) -> Response:
        widgets = list(self._asker(sent.typed).widgets(self.schema, sent.typed, by_field(faults)))
        labels = {widget.name: widget.label for widget in widgets}
        item = {} if self.form.creates else self.names
        lead = f"{self.form.name}.lead"
        return self.render(
            "common/form.html",
            status,
            collection=self.collection,
            form=self.form,
            item=self.about,
            lead=self.say(lead) if self.say.knows(lead) else None,
            widgets=widgets,
            find=FIND,
            action=url_for(self.form.endpoint, **item),
            back=url_for(self.collection.list if self.form.creates else self.collection.item, **item),
            sent=sent,
            was=msgspec.json.encode(sent.was).decode(),
            faults=[
                {
                    "message": fault["message"],
                    "field": name if (name := field_of(fault)) in labels else None,
                    "label": labels.get(name),
                }
                for fault in faults
            ],
            conflict=conflict,
        )


def _changed(body: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from what the form began with."""
    changed = {name: value for name, value in body.items() if name not in TOLD and value != was.get(name)}
    return {**changed, **{name: body[name] for name in TOLD if body.get(name)}} if changed else {}


def _key(text: str) -> str:
    """One that we gave out. Anything else was tampered with, and is none."""
    try:
        return str(UUID(text))
    except ValueError:
        return str(identity.new())


def _object(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        return {}
