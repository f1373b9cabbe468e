"""The pages: rendered here, useful without JavaScript, their whole state in the address (DESIGN section 8).

One module for each page; `frame` has what they have in common, `errors` the page that says what went wrong.
"""

from services.timeline.web import (
    calendar,
    changes,
    embed,
    errors,
    exports,
    gaps,
    initiative,
    learning,
    live,
    overview,
    pictures,
    plan,
    printing,
    status,
    timeline,
    what_if,
)
from services.timeline.web.frame import blueprint

__all__ = [
    "blueprint",
    "calendar",
    "changes",
    "embed",
    "errors",
    "exports",
    "gaps",
    "initiative",
    "learning",
    "live",
    "overview",
    "pictures",
    "plan",
    "printing",
    "status",
    "timeline",
    "what_if",
]
