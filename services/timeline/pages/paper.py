"""What a page on paper says of itself: which window, basis, day and selection it shows, from where, and made when."""

from collections.abc import Iterator
from datetime import UTC, datetime

from services.timeline.pages.address import SCENARIO, WINDOW, Address
from services.timeline.pages.names import Names
from services.timeline.pages.parameters import label, said
from services.timeline.pages.speaker import Speaker
from services.timeline.view import View

SAID = (*WINDOW, "basis", "known_on", "lang")
"""What the first three facts say."""
IN_CONTENT = (*SCENARIO, "focus", "open", "closed", "from_known", "to_known", "version")
"""What the content of the page says itself."""


def facts(address: Address, view: View, names: Names, speaker: Speaker, *, page: str) -> list[tuple[str, str]]:
    """Name and value; the selection as far as there is one. `page`: the address of the page."""
    found = [
        (speaker("paper.window"), speaker.period(view.first, view.last)),
        (label("basis", speaker), said("basis", view.basis, speaker)),
        (label("known_on", speaker), _known(view, speaker)),
    ]
    found += _selection(address, names, speaker)
    found += [(speaker("paper.made"), speaker.moment(datetime.now(UTC))), (speaker("paper.address"), page)]
    return found


def _known(view: View, speaker: Speaker) -> str:
    if view.just_after:
        return speaker.moment(view.just_after)
    return speaker.day(view.known_on) if view.known_on else speaker("paper.now")


def _selection(address: Address, names: Names, speaker: Speaker) -> Iterator[tuple[str, str]]:
    for name, value in [*address.state.items(), *((name, one) for name, all_ in address.own.items() for one in all_)]:
        if name not in (*SAID, *IN_CONTENT):
            yield label(name, speaker), said(name, value, speaker, names)
