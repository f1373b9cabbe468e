"""Which request is answered with a page: a browser's, at the addresses of the API."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Flask, Response, current_app, redirect, request, url_for

from shared import problems
from shared.exporting import FORMATS
from shared.http import FORM, language
from shared.pages import browser
from shared.pages.browser import wants_html
from shared.pages.form import FormPage
from shared.pages.item import ItemPage
from shared.pages.listing import ListPage
from shared.pages.model import Collection, Form, Pages
from shared.pages.page import Page, ask
from shared.pages.spreadsheet import ImportPage


def install(app: Flask, pages: Pages) -> None:
    """After the API: each form gets an address beside its command."""
    app.register_blueprint(browser.blueprint)
    if pages.templates:
        app.register_blueprint(Blueprint("own_templates", __name__, template_folder=pages.templates))
    app.extensions["pages"] = pages
    forms = {form.endpoint for collection in pages.collections for form in collection.forms}
    imports = {f"import.{each.imports.endpoint}.act" for each in pages.collections if each.imports}
    app.extensions["forms"] = forms | imports
    app.before_request(_answer)
    app.after_request(_dress)
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    for collection in pages.collections:
        for form in collection.forms:
            address = f"{rules[form.endpoint]}/new" if form.creates else rules[form.endpoint]
            app.add_url_rule(address, f"form.{form.endpoint}", _form_view(collection, form), methods=["GET"])
        if collection.imports:
            _install_import(app, collection, rules)
    first = pages.collections[0].list
    app.add_url_rule("/", "root", lambda: redirect(url_for(first)), methods=["GET"])


def _install_import(app: Flask, collection: Collection, rules: Mapping[str, str]) -> None:
    """Its steps stand below the address of the import; templates and exports beside it, for systems too."""
    assert collection.imports is not None  # noqa: S101 - looked at by the caller
    kind, address = collection.imports.endpoint, rules[collection.imports.endpoint]

    def add(path: str, name: str, method: str, answer: Callable[..., Response]) -> None:
        app.add_url_rule(path, f"import.{kind}.{name}", answer, methods=[method])

    def ask_for_file() -> Response:
        return ImportPage(collection).ask_for_file() if wants_html() else _item_called(collection, "import")

    add(address, "ask", "GET", ask_for_file)
    add(f"{address}/<uuid:upload>", "show", "GET", lambda upload: ImportPage(collection).show(upload))
    add(f"{address}/<uuid:upload>", "act", "POST", lambda upload: ImportPage(collection).act(upload))
    add(f"{address}/<uuid:upload>/marked.xlsx", "marked", "GET", lambda upload: ImportPage(collection).marked(upload))
    files = f"<any({', '.join(FORMATS)}):form>"
    add(f"{address}/template.{files}", "template", "GET", lambda form: ImportPage(collection).template(form))
    add(f"{rules[collection.list]}/export.{files}", "export", "GET", lambda form: ImportPage(collection).export(form))


def _item_called(collection: Collection, name: str) -> Response:
    """For systems: an item may be called as the address of a page is."""
    [rule] = current_app.url_map.iter_rules(collection.item)
    return ask(collection.item, dict.fromkeys(rule.arguments, name))


def _answer() -> Response | None:
    """The page of this address, for a browser; None: the API answers."""
    pages: Pages = current_app.extensions["pages"]
    endpoint = request.endpoint or ""
    if request.method == "POST" and request.mimetype == FORM:
        found = pages.of_form(endpoint)
        return FormPage(*found).send() if found else None
    if request.method == "POST" and request.mimetype == "multipart/form-data" and wants_html():
        return next(
            (ImportPage(of).receive() for of in pages.collections if of.imports and of.imports.endpoint == endpoint),
            None,
        )
    if request.method not in ("GET", "HEAD") or not wants_html():
        return None
    for collection in pages.collections:
        if endpoint == collection.list:
            return ListPage(collection).show()
        if endpoint in (collection.item, collection.history):
            return ItemPage(collection).show()
    other = pages.others.get(endpoint)
    return other() if other else None


def _form_view(collection: Collection, form: Form) -> Callable[..., Response]:
    def show(**_: Any) -> Response:
        if form.creates and not wants_html():  # an item may be called `new`
            return _item_called(collection, "new")
        return FormPage(collection, form).show()

    return show


def _dress(response: Response) -> Response:
    """A problem is a page for a browser; every page says what a browser may do with it."""
    if response.mimetype == problems.CONTENT_TYPE and wants_html():
        response = Page().error(response)
    if response.mimetype == "text/html":
        browser.protected(response, language())
    return browser.varying(response) if request.method in ("GET", "HEAD") else response
