"""What a page on paper says of itself: which window, basis, day and selection it shows, from where, and made when."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from services.timeline.pages.address import Address
from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker
from services.timeline.view import View

WINDOW = ("year", "from", "to", "basis", "known_on", "lang")
"""What the first three facts say."""
IN_CONTENT = ("move", "drop", "add", "focus", "open", "closed", "from_known", "to_known", "version")
"""What the content of the page says itself."""
CALLED = {
    "lanes": "lanes.label",
    "q": "learning.search",
    "tag": "learning.tag",
    "group": "initiative.group",
    "part": "initiative.part",
}
"""What is called otherwise than the field of the selection with its name."""


def facts(address: Address, view: View, names: Names, speaker: Speaker, *, page: str) -> list[tuple[str, str]]:
    """Name and value; the selection as far as there is one. `page`: the address of the page."""
    found = [
        (speaker("paper.window"), speaker.period(view.first, view.last)),
        (speaker("filter.basis"), speaker(f"basis.{view.basis}")),
        (speaker("filter.known_on"), _known(view, speaker)),
    ]
    found += _selection(address, names, speaker)
    found += [(speaker("paper.made"), speaker.moment(datetime.now(UTC))), (speaker("paper.address"), page)]
    return found


def _known(view: View, speaker: Speaker) -> str:
    if view.just_after:
        return speaker.moment(view.just_after)
    return speaker.day(view.known_on) if view.known_on else speaker("paper.now")


def _selection(address: Address, names: Names, speaker: Speaker) -> Iterator[tuple[str, str]]:
    said: dict[str, Callable[[str], str]] = {
        "goal": lambda value: _named([goal.long for goal in names.goals.values() if goal.reference == value], value),
        "sector": lambda value: _named([one.name for one in names.sectors.values() if one.reference == value], value),
        "kind": lambda value: speaker(f"state.{value}"),
        "sort": lambda value: speaker(f"gaps.sort.{value}"),
        "group": lambda value: speaker(f"initiative.{value}"),
        "lanes": lambda value: speaker(f"lanes.{value}"),
        "meeting": lambda value: speaker(f"meeting.{value}"),
        "audience": lambda value: speaker(f"audience.{value}"),
        "status": lambda value: speaker(f"standing.{value}"),
    }
    for name, value in [*address.state.items(), *((name, one) for name, all_ in address.own.items() for one in all_)]:
        if name not in (*WINDOW, *IN_CONTENT):
            yield speaker(CALLED.get(name, f"filter.{name}")), said.get(name, str)(value)


def _named(found: Sequence[str], reference: str) -> str:
    """What is referred to by its id, or by nobody's, stands as it was asked for."""
    return found[0] if found else reference
