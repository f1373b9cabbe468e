"""The files that the pages of all services have in common, and how a browser may keep a static file.

They are served by each service at `/assets` (each works alone on its own port). In a template:

    {{ url_for("assets.static", filename="samtidig.css") }}     → /assets/samtidig.css?v=1f0c9d2a77b4

A service's own static folder is fingerprinted in the same way: every endpoint `….static` is.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, request

FOLDER = Path(__file__).with_name("pages") / "static"
DESIGN_SYSTEM = "vendor/pkt.min.css"
"""Fetched when a service is set up or its image is built; the pages are readable without it."""
STYLE_SHEETS = (DESIGN_SYSTEM, "samtidig.css")
"""In this order: the second has the last word."""

FOR_EVER = "public, max-age=31536000, immutable"
"""Under a fingerprint's address there is one content only."""
ASK_AGAIN = "no-cache"

blueprint = Blueprint("assets", __name__, static_folder=FOLDER, static_url_path="/assets")


@blueprint.app_context_processor
def style_sheets() -> dict[str, Any]:
    """`style_sheets`, for every template: the names of those that are there."""
    return {"style_sheets": [name for name in STYLE_SHEETS if (FOLDER / name).is_file()]}


@blueprint.app_url_defaults
def name_the_version(endpoint: str, values: dict[str, Any]) -> None:
    if is_static(endpoint) and "v" not in values and (version := fingerprint(endpoint, values.get("filename", ""))):
        values["v"] = version


@blueprint.after_app_request
def say_how_long_it_lasts(response: Response) -> Response:
    if is_static(request.endpoint) and response.status_code < 400:  # noqa: PLR2004 - not an error
        asked = request.args.get("v")
        present = fingerprint(str(request.endpoint), (request.view_args or {}).get("filename", ""))
        response.headers["Cache-Control"] = FOR_EVER if asked and asked == present else ASK_AGAIN
    return response


def is_static(endpoint: str | None) -> bool:
    return endpoint is not None and endpoint.endswith(".static")


def fingerprint(endpoint: str, filename: str) -> str | None:
    """Of the file's content; None where there is no such file."""
    folder = current_app.blueprints[endpoint.removesuffix(".static")].static_folder
    file = Path(folder or "") / filename
    try:
        changed = file.stat().st_mtime_ns
    except OSError:
        return None
    return _digest(file, changed) if file.is_file() else None


@lru_cache(maxsize=64)
def _digest(file: Path, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
