"""The state of a page is its address: links change one thing in it and keep the rest."""

from collections.abc import Mapping
from typing import Any

from flask import url_for

STATE = ("year", "from", "to", "basis", "known_on", "goal", "sector", "lang")
"""What is kept from page to page, in the order in which it is written."""


class Address:
    def __init__(self, asked: Mapping[str, str]) -> None:
        """`asked`: the request's parameters; empty ones, as forms send them, were not given."""
        self.state = {name: asked[name].strip() for name in STATE if asked.get(name, "").strip()}
        if "year" in self.state:
            self.state.pop("from", None)
            self.state.pop("to", None)

    def to(self, page: str, **changes: str | None) -> str:
        """The address of a page with this state; null drops a parameter, `year` drops `from` and `to`."""
        state: dict[str, str | None] = {**self.state, **changes}
        if changes.get("year"):
            state |= {"from": None, "to": None}
        if changes.get("from"):
            state["year"] = None
        given: dict[str, Any] = {name: value for name, value in state.items() if value}
        return url_for(f"pages.{page}", **given)

    def initiatives(self) -> tuple[str, str]:
        """What stands before and after an initiative's id in its address: made once for all bars of a page."""
        before, _, after = self.to("initiative", reference="@").partition("@")
        if not before.endswith("/"):
            before, _, after = self.to("initiative", reference="@").partition("%40")
        return before, after
