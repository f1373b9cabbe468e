"""Where everything is: one site behind the gateway, or one service alone on its own port."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from shared.pages.words import WORDS
from shared.problems import Language

PREFIXES: Mapping[str, str] = {
    "timeline": "",
    "goals": "/goals",
    "central_initiatives": "/central",
    "local_initiatives": "/local",
    "communication": "/communication",
}
"""Service → its place behind the gateway (infra/gateway/Caddyfile)."""

NAVIGATION: tuple[tuple[str, str, str], ...] = (
    ("overview", "timeline", "/"),
    ("timeline", "timeline", "/timeline"),
    ("goals", "goals", "/goals"),
    ("plans", "central_initiatives", "/plans"),
    ("central", "central_initiatives", "/initiatives"),
    ("local", "local_initiatives", "/initiatives"),
    ("sectors", "local_initiatives", "/sectors"),
    ("communication", "communication", "/activities"),
)
"""Word, service, path: the same on every page of every service."""

ITEMS: Mapping[str, tuple[str, str]] = {
    "goal": ("goals", "/goals"),
    "action-plan": ("central_initiatives", "/plans"),
    "central-initiative": ("central_initiatives", "/initiatives"),
    "local-initiative": ("local_initiatives", "/initiatives"),
    "sector": ("local_initiatives", "/sectors"),
    "agency": ("local_initiatives", "/agencies"),
    "communication-activity": ("communication", "/activities"),
}
"""Kind → the service that owns it, and where its items are there."""


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    current: bool


class Site:
    """The addresses that a page of `service` can link to."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.is_whole = "X-Forwarded-Host" in request.headers
        """Whether the other services are reached at the same origin."""

    def href(self, service: str, path: str) -> str | None:
        """None where the other service is not known to be anywhere."""
        if service == self.service:
            return request.script_root + path
        return PREFIXES[service] + path if self.is_whole else None

    def item(self, kind: str, name: str) -> str | None:
        service, path = ITEMS[kind]
        return self.href(service, f"{path}/{name}")

    @property
    def home(self) -> str:
        """The overview; alone, the service's own first page."""
        return self.href("timeline", "/") or f"{request.script_root}/"

    def navigation(self, language: Language) -> list[Link]:
        """The same on every page, as far as it leads anywhere."""
        return [
            Link(WORDS[f"nav.{key}"][0 if language == "nb" else 1], href, self._is_here(service, path))
            for key, service, path in NAVIGATION
            if (href := self.href(service, path))
        ]

    def _is_here(self, service: str, path: str) -> bool:
        below = path != "/" and request.path.startswith(f"{path}/")
        return service == self.service and (request.path == path or below)
