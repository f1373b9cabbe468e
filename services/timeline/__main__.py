"""The timeline's jobs besides answering HTTP: `python -m services.timeline migrate | consume | rebuild | replay`."""

import argparse
import sys

from services.timeline import consumer, model
from services.timeline.projection import TimelineProjection
from shared import telemetry
from shared.config import settings
from shared.inbox.inbox import Inbox


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m services.timeline")
    jobs = parser.add_subparsers(dest="job", required=True)
    jobs.add_parser("migrate", help="create the read model, or rebuild it when its definition has changed")
    jobs.add_parser("consume", help="project the events of all services, until stopped")
    jobs.add_parser("rebuild", help="build the read model anew from the first event on, and switch to it")
    jobs.add_parser("replay", help="try again, in order, what was set aside")
    job = parser.parse_args().job
    telemetry.start(f"timeline-{job}")
    match job:
        case "migrate":
            telemetry.log.info("read model", outcome=model.migrate(settings()))
        case "consume":
            sys.exit(consumer.run(settings()))
        case "rebuild":
            model.rebuild(settings())
        case "replay":
            with model.connect(settings()) as connection:
                through, still = Inbox(TimelineProjection(), "").replay(connection)
            telemetry.log.info("replayed", went_through=through, still_set_aside=still)


main()
