"""Reference lists: what the items of other services are called, kept in this service's own database.

So a page lets people pick by name and an export writes external ids, and nobody asks another service. A list is filled
from the others' topics by the job `names` and may be behind, or empty: commands never look at it.

`sources` says what is listened to, `projection` what an event means, `job` reads; pages and exports ask `lists`.
Why it is so: infra/decisions/0007-reference-lists.md.
"""

from shared.references.lists import Lists, Reference
from shared.references.sources import CENTRAL_INITIATIVES, GOALS, LOCAL_INITIATIVES, Kind, Source

__all__ = ["CENTRAL_INITIATIVES", "GOALS", "LOCAL_INITIATIVES", "Kind", "Lists", "Reference", "Source"]
