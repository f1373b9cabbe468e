"""The page of a list: items, narrowed by the filters of the API, a page at a time."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Response, request, url_for
from werkzeug.datastructures import MultiDict

from shared.exporting import FORMATS
from shared.pages.page import CollectionPage, ask, decoded
from shared.pages.widgets import PAGING, Asker, by_field


class ListPage(CollectionPage):
    def show(self) -> Response:
        schema = self.collection.filters()
        known = {field.data_key or name for name, field in schema.fields.items()}
        given = MultiDict(
            (name, value) for name, value in request.args.items(multi=True) if value.strip() and name in known
        )
        request.args = given  # a filter that was left empty is none; whatever else others add to a link is not ours
        response = ask(self.collection.list, {})
        wrong = response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        if response.status_code != HTTPStatus.OK and not wrong:
            return response
        answer = {"items": [], "next": None, "errors": [], **decoded(response)}
        columns = (self.collection.number, self.collection.title, *self.collection.columns)
        self.shown.know((column, item.get(column)) for item in answer["items"] for column in columns)
        options = {name: of(given.to_dict()) for name, of in self.collection.options.items()}
        asker = Asker(self.say, self.service.lists, scope=self.collection.name, options=options)
        widgets = asker.widgets(schema, given, by_field(answer["errors"]))
        return self.render(
            self.collection.list_template,
            response.status_code,
            collection=self.collection,
            columns=columns,
            items=answer["items"],
            filters=list(widgets),
            faults=answer["errors"],
            is_narrowed=any(name not in PAGING for name in given),
            export_hrefs=self._exports(given),
            first_href=_here(given, cursor=None) if "cursor" in given else None,
            next_href=_here(given, cursor=answer["next"]) if answer["next"] else None,
        )

    def _exports(self, given: MultiDict[str, str]) -> dict[str, str]:
        """All pages of what is shown, in the columns of the import."""
        if self.collection.imports is None:
            return {}
        chosen: dict[str, Any] = {name: value for name, value in given.items() if name not in PAGING}
        export = f"import.{self.collection.imports.endpoint}.export"
        return {form: _with_query(url_for(export, form=form), chosen) for form in FORMATS}


def _here(given: MultiDict[str, str], **changes: str | None) -> str:
    values: dict[str, Any] = {**given.to_dict(flat=False), **changes}
    return _with_query(request.script_root + request.path, values)


def _with_query(address: str, values: Mapping[str, Any]) -> str:
    """Not by `url_for`: what anybody writes in an address may be called as one of its own arguments."""
    query = urlencode({name: value for name, value in values.items() if value is not None}, doseq=True)
    return f"{address}?{query}" if query else address
