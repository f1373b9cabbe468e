"""Days in tests, which may run across midnight."""

import time
from datetime import date, datetime, timedelta

from shared.http import OSLO, today

ENOUGH = timedelta(seconds=10)
"""What a test needs that sends a few commands and asks what day they were given."""


def unbroken_day() -> date:
    """Today, and still today in ten seconds: where midnight is nearer, it is waited for."""
    now = datetime.now(OSLO)
    if (left := datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), OSLO) - now) < ENOUGH:
        time.sleep(left.total_seconds() + 0.1)
    return today()


def unknown_day() -> date:
    """A day on which nobody can have known anything yet, also if midnight passes before it is asked for."""
    return today() + timedelta(days=2)
