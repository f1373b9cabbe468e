"""Every page of the owning services: found from what they declare, so that a new one is looked at too."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from services.central_initiatives.app import SERVICE as CENTRAL
from services.communication.app import SERVICE as COMMUNICATION
from services.goals.app import SERVICE as GOALS
from services.local_initiatives.app import SERVICE as LOCAL
from shared.pages import Collection
from shared.pages.site import PREFIXES
from shared.service import Service
from tests.browser.checks import assert_accessible, assert_reflows
from tests.browser.conftest import NARROW, NewPage

SERVICES = [GOALS, CENTRAL, LOCAL, COMMUNICATION]
NOTHING = "?text=finnesikkenoested"


def collections(service: Service) -> Iterator[tuple[str, Collection]]:
    """Address of the list, and the collection."""
    assert service.pages is not None
    app = Flask(service.name)
    for blueprint in service.blueprints:
        app.register_blueprint(blueprint)
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    for collection in service.pages.collections:
        yield PREFIXES[service.name] + rules[collection.list], collection


LISTS = [
    pytest.param(address, collection, id=address)
    for service in SERVICES
    for address, collection in collections(service)
]


def look(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status < 500, address
    assert_accessible(page)


@pytest.mark.parametrize(("address", "collection"), LISTS)
def test_lists_forms_and_items_are_accessible(
    page: Page, new_page: NewPage, address: str, collection: Collection
) -> None:
    look(page, address + NOTHING)
    look(page, f"{address}?limit=0")
    look(page, address)
    links = page.locator("table.list tbody th a")
    items = [links.first.get_attribute("href") or ""] if links.count() else []
    if collection.creation:
        look(page, f"{address}/new")
        page.locator("form.form button[type=submit]").last.click()
        assert page.locator(".error-summary").count(), "an empty form was taken"
        assert_accessible(page)
    if collection.imports:
        look(page, f"{address}/import")
    for item in items:
        look(page, item)
        actions = [link.get_attribute("href") or "" for link in page.locator("ul.actions a").all()]
        for form in actions:
            look(page, form)
    narrow = new_page(language="en", width=NARROW)
    for there in [address, *items, *([f"{address}/new"] if collection.creation else [])]:
        narrow.goto(there)
        assert_reflows(narrow)


def test_what_systems_are_told_is_accessible_too(page: Page) -> None:
    """The pages of one service: those of the others are made by the same templates."""
    for path in ("/docs", "/contracts", "/nowhere"):
        look(page, PREFIXES[COMMUNICATION.name] + path)
