"""The pages of an import: a file is sent, its columns are named, what it would do is shown, and it is imported.

Nothing is imported before it was shown. A file with faults is imported without its faulty rows only where a person says
"all but these". The file waits in the database between the steps, a day at most.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, current_app, g, make_response, redirect, request, stream_with_context, url_for
from markupsafe import Markup
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from shared.commands import KeyReused
from shared.eventstore import Answer
from shared.exporting import FORMATS, MEDIA, Format, export, reference, template
from shared.exporting.marked import marked
from shared.http import Problem
from shared.importing import Refused, Sheet, memory, read, uploads
from shared.importing.columns import Column, day
from shared.importing.execute import import_upload, limits, preview, read_upload
from shared.importing.mapping import Proposal, chosen, propose
from shared.importing.plan import Change, Importer, Plan, Progress
from shared.importing.rows import Fault, refusal
from shared.importing.uploads import Upload
from shared.pages import progress
from shared.pages.model import Collection, Item
from shared.pages.page import CollectionPage, ask, decoded, main_of
from shared.pages.shown import KINDS
from shared.reading import LARGEST_PAGE

SHOWN_CHANGES = 200
SHOWN_FAULTS = 200
"""On the page; the file that is marked has them all."""


BOTH = ("before", "after")
CLOSED = "</ol>\n"
"""Of the list that the progress is told in."""


class ImportPage(CollectionPage):
    def __init__(self, collection: Collection) -> None:
        super().__init__(collection)
        if collection.imports is None:
            raise LookupError(collection.name)
        self.imports = collection.imports
        self.kind = self.imports.endpoint
        self._proposed: list[Proposal] | None = None

    @cached_property
    def importer(self) -> Importer:
        """One for the request: to make it may ask the database which sectors there are."""
        return self.imports.importer()

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """Our columns as people call them."""
        return {column.name: column.header(self.say.language) for column in self.importer.columns}

    # Step 1: a file

    def ask_for_file(self, status: int = HTTPStatus.OK, fault: str | None = None) -> Response:
        return self.render(
            "common/import.html",
            status,
            collection=self.collection,
            columns=self.importer.columns,
            fault=fault,
            action=url_for(self.imports.endpoint),
            templates={form: url_for(f"import.{self.kind}.template", form=form) for form in FORMATS},
        )

    def receive(self) -> Response:
        """Keeps a file that can be read, and goes on to its columns."""
        part = request.files.get("file")
        if part is None or not part.filename:
            return self.ask_for_file(HTTPStatus.UNPROCESSABLE_ENTITY, self.say("import.file.missing"))
        content = part.read()
        try:
            read(content, content_type=part.mimetype, filename=part.filename, limits=limits())
        except Refused as refused:
            return self.ask_for_file(HTTPStatus.UNPROCESSABLE_ENTITY, self._sentence(refusal(refused)))
        with self.service.database.connection() as connection:
            upload = uploads.store(connection, self.kind, part.filename, content)
        return self._go_to(upload)

    # Step 2: what it would do

    def show(self, upload: UUID) -> Response:
        found = self._find(upload)
        if found.answer is not None:
            return self._imported(found)
        return self._with_progress(found, lambda told: self._preview(found, told))

    def act(self, upload: UUID) -> Response:
        """What a person decided: that the columns are named otherwise, or that the file is imported."""
        found = self._find(upload)
        if found.answer is not None:
            return self._go_to(upload)
        if "map" in request.form:
            return self._map(found)
        g.body = {"by": request.form.get("by", "").strip() or None}
        skip = request.form.get("import") == "rest"
        return self._with_progress(found, lambda told: self._import(found, told, skip=skip))

    def _map(self, upload: Upload) -> Response:
        said = {
            proposal.header: column if (column := request.form.get(f"column-{number}")) in self.headers else None
            for number, proposal in enumerate(self._proposals(upload))
        }
        with self.service.database.connection() as connection:
            uploads.set_mapping(connection, upload.id, said)
            memory.remember(connection, self.kind, said)
        return self._go_to(upload.id)

    def _import(self, upload: Upload, told: Progress, *, skip: bool) -> Response:
        mapped = self._mapped(upload)
        seen = request.form.get("seen")
        try:
            outcome = import_upload(mapped, self.importer, skip=skip, seen=seen, progress=told)
        except KeyReused:  # imported already, from another tab and with another choice
            return self._go_to(upload.id)
        if isinstance(outcome, Answer):
            return self._go_to(upload.id)
        return self._shown(mapped, outcome, HTTPStatus.CONFLICT)

    def _preview(self, upload: Upload, told: Progress) -> Response:
        mapped = self._mapped(upload)
        parsed = read_upload(mapped, self.importer, progress=told)
        plan = preview(self.importer, parsed, skip=True, progress=told)
        return self._shown(mapped, plan)

    def _shown(self, upload: Upload, plan: Plan, status: int = HTTPStatus.OK) -> Response:
        """CONFLICT: it is not what the person has agreed to, as others changed something meanwhile."""
        overtaken = status == HTTPStatus.CONFLICT
        content = self._content(upload, plan)
        return self.render("common/import_preview.html", status, overtaken=overtaken, **content)

    def _content(self, upload: Upload, plan: Plan) -> dict[str, Any]:
        changes = [(each, each.fields()) for each in plan.changes[:SHOWN_CHANGES]]
        self.shown.know((field["field"], field[when]) for _, fields in changes for field in fields for when in BOTH)
        proposals = self._proposals(upload)
        return {
            "collection": self.collection,
            "upload": upload,
            "columns": self.importer.columns,
            "proposals": proposals,
            "mapping": upload.mapping or {},
            "sure": all(proposal.sure for proposal in proposals) and not plan.whole,
            "plan": plan,
            "changes": [
                {"row": each.row, "change": each.change, "name": _name(each), "fields": fields}
                for each, fields in changes
            ],
            "faults": [self._fault(fault) for fault in plan.faults[:SHOWN_FAULTS]],
            "importable": plan.count("created") + plan.count("updated"),
            "action": url_for(f"import.{self.kind}.act", upload=upload.id),
            "marked_href": url_for(f"import.{self.kind}.marked", upload=upload.id),
            "again": url_for(self.imports.endpoint),
        }

    def _fault(self, fault: Fault) -> Mapping[str, Any]:
        return {
            "row": fault.row,
            "column": fault.column if fault.place is not None else self._our_column(fault.column),
            "value": fault.value,
            "message": self._sentence(fault),
        }

    def _our_column(self, name: str | None) -> str | None:
        """A column that the file has not, as people call it; anything else as it is."""
        return self.headers.get(name or "", name)

    def _sentence(self, fault: Fault) -> str:
        return fault.message(self.say.language, self.service.sentences)

    # Step 3: what it did

    def _imported(self, upload: Upload) -> Response:
        return self.render(
            "common/imported.html",
            collection=self.collection,
            upload=upload,
            answer=upload.answer,
            marked_href=url_for(f"import.{self.kind}.marked", upload=upload.id),
            again=url_for(self.imports.endpoint),
        )

    def _find(self, upload: UUID) -> Upload:
        with self.service.database.connection() as connection:
            found = uploads.find(connection, self.kind, upload)
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, "not-found")
        return found

    def _proposals(self, upload: Upload) -> list[Proposal]:
        """Of the file that the request is about. A preview reads by them and shows them; they are made once."""
        if self._proposed is None:
            with self.service.database.connection() as connection:
                remembered = memory.recall(connection, self.kind)
            self._proposed = propose(_sheet(upload), self.importer.columns, remembered)
        return self._proposed

    def _mapped(self, upload: Upload) -> Upload:
        """With the mapping that a person gave, else the proposed one."""
        if upload.mapping is not None:
            return upload
        return replace(upload, mapping=chosen(self._proposals(upload)))

    # Files to take away

    def marked(self, upload: UUID) -> Response:
        """The file with its faults in it, to be corrected and sent again."""
        mapped = self._mapped(self._find(upload))
        plan = preview(self.importer, read_upload(mapped, self.importer), skip=True)
        sheet, language = _sheet(mapped), self.say.language
        content = marked(
            sheet, self.importer.columns, plan.faults, language, mapping=mapped.mapping, say=self._sentence
        )
        stem = mapped.filename.rpartition(".")[0] or mapped.filename
        return _file([content], f"{stem} {self.say('import.marked.name')}", "xlsx")

    def template(self, form: Format) -> Response:
        """An empty file with the columns of the import."""
        columns = self.importer.columns
        return _file([template(columns, self.say.language, form)], self.say(f"{self.collection.name}.list"), form)

    def export(self, form: Format) -> Response:
        """The items of the list in the columns of the import: imported again, they change nothing."""
        first = ask(self.collection.list, {})
        if first.status_code != HTTPStatus.OK:
            return first
        columns = self.importer.columns
        rows = list(self._rows(decoded(first), columns))
        return _file(export(rows, columns, self.say.language, form), self.say(f"{self.collection.name}.list"), form)

    def _rows(self, page: Mapping[str, Any], columns: Sequence[Column]) -> Iterator[Mapping[str, object]]:
        asked = MultiDict(request.args)
        while True:
            items = [row for item in page["items"] for row in self.imports.rows(item)]
            self.shown.know((column.name, item.get(column.name)) for item in items for column in columns)
            for item in items:
                yield {column.name: self._cell(column, item) for column in columns}
            if page["next"] is None:
                return
            asked["cursor"], asked["limit"] = page["next"], str(LARGEST_PAGE)
            request.args = ImmutableMultiDict(asked)
            page = decoded(ask(self.collection.list, {}))

    def _cell(self, column: Column, item: Item) -> object:
        """As the import reads it: what is referred to by the name that people use."""
        value = item.get(column.name)
        if column.name == "external_id":
            return reference(value, item["id"])
        if column.name in KINDS:
            several = value if isinstance(value, list) else [value] if value else []
            names = tuple(reference(self.shown.external_id(each), each) for each in several)
            return names if column.many else (names[0] if names else None)
        if column.parse is day and value:
            return date.fromisoformat(value)
        return tuple(value) if isinstance(value, list) else value

    # Long work

    def _with_progress(self, upload: Upload, work: Callable[[Progress], Response]) -> Response:
        return progress.answer(work, page=lambda: self._begun(upload), line=self._line, end=self._end)

    def _begun(self, upload: Upload) -> str:
        page = self.render("common/import_progress.html", collection=self.collection, upload=upload, mark=progress.MARK)
        return page.get_data(as_text=True)

    def _line(self, step: progress.Step) -> str:
        done, total = self.say.number(step.done), self.say.number(step.total)
        return Markup("<li>{}</li>\n").format(self.say(f"import.phase.{step.phase}", done=done, total=total))

    def _end(self, done: progress.Done) -> str:
        try:
            response = done.result()
        except Exception as error:  # noqa: BLE001 - as Flask does it: the error handlers know what each means
            response = self.error(current_app.make_response(current_app.handle_user_exception(error)))
        if response.location:
            way = Markup('<p class="ways"><a class="button" href="{}">{}</a></p>')
            return CLOSED + way.format(response.location, self.say("import.finished"))
        return CLOSED + main_of(response.get_data(as_text=True))

    # The file

    def _go_to(self, upload: UUID) -> Response:
        return make_response(redirect(url_for(f"import.{self.kind}.show", upload=upload), HTTPStatus.SEE_OTHER))


def _sheet(upload: Upload) -> Sheet:
    """It could be read when it was sent."""
    return read(upload.content, filename=upload.filename, limits=limits())


def _file(content: Iterable[bytes], name: str, form: Format) -> Response:
    """To take away. Its name is given twice, as RFC 6266 says: headers take Latin-1 only, and no line breaks."""
    whole = "".join(filter(str.isprintable, f"{name}.{form}"))
    plain = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode()
    names = {"filename": plain, "filename*": f"UTF-8''{quote(whole, safe='')}"}
    response = Response(stream_with_context(iter(content)), content_type=MEDIA[form])
    response.headers.set("Content-Disposition", "attachment", **names)
    return response


def _name(change: Change) -> str:
    """What an item is called: by its title or name, else by its external id."""
    titles = (getattr(change.after, name, None) for name in ("title", "name"))
    title = next((title for title in titles if title), "")
    return f"{change.external_id or ''} {title}".strip() or str(change.id)
