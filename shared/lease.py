"""Leadership as a row with a growing epoch (infra/decisions/0002-event-store.md).

A holder renews its lease; another takes it when it has run out, with a higher epoch. Whatever a holder does for good is
conditional on `HELD` in the same statement: one that was paused (SIGSTOP) and wakes up changes nothing.
"""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from shared import identity
from shared.database import Connection

HELD = "exists (select from lease where name = %(lease)s and holder = %(holder)s and epoch = %(epoch)s for share)"
"""The condition for everything that only the present holder may do."""

RENEW_AND_TAKE = """
with expired as materialized (
    select name from lease
    where name = any(%(names)s) and holder <> %(holder)s and expires_at < clock_timestamp()
    for update skip locked  -- its holder is writing under it at this moment
),
wanted as (
    select name from unnest(%(names)s::text[]) asked(name)
    where name in (select name from expired)
       or not exists (select from lease where lease.name = asked.name and holder <> %(holder)s)
    order by name
),
made as (
    insert into lease (name, holder, epoch, expires_at)
    select name, %(holder)s, 1, clock_timestamp() + %(seconds)s * interval '1 second' from wanted
    on conflict (name) do update
    set holder = excluded.holder,
        epoch = lease.epoch + (lease.holder <> excluded.holder)::int,
        expires_at = excluded.expires_at
    where lease.holder = excluded.holder or lease.expires_at < clock_timestamp()
    returning name, epoch
)
select name, epoch from made
"""

LET_GO = "update lease set expires_at = '-infinity' where name = any(%(names)s) and holder = %(holder)s"


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that takes leases. Its name is new at each start: a process that comes back is another one."""

    name: str

    @classmethod
    def new(cls) -> "Holder":
        return cls(f"{socket.gethostname()}/{os.getpid()}/{identity.new()}")

    def hold(self, connection: Connection, names: Sequence[str], seconds: float) -> dict[str, int]:
        """Renews the named leases or takes those that are free; name → epoch of those that are now held.

        An expired one under which its holder is writing is not free until that is done: nobody waits for it, as whoever
        waits can't renew what they hold themselves.
        """
        found = connection.execute(RENEW_AND_TAKE, {"names": list(names), "holder": self.name, "seconds": seconds})
        return dict(found.fetchall())

    def let_go(self, connection: Connection, names: Sequence[str]) -> None:
        connection.execute(LET_GO, {"names": list(names), "holder": self.name})
