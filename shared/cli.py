"""An owning service's jobs besides HTTP: `python -m services.<name> migrate | topic | relay | names | contracts`."""

import argparse
import sys

from shared import config, contracts, kafka, migrations, relay, telemetry
from shared.references import job as names
from shared.service import Service


def main(service: Service) -> None:
    parser = argparse.ArgumentParser(prog=f"python -m services.{service.name}")
    jobs = parser.add_subparsers(dest="job", required=True)
    jobs.add_parser("migrate", help="bring the database to the present schema")
    jobs.add_parser("topic", help="create the service's Kafka topic, unless it is there")
    jobs.add_parser("relay", help="publish the service's events to Kafka, until stopped")
    if service.references:
        jobs.add_parser("names", help="keep the names of other services' items, from their topics, until stopped")
    jobs.add_parser("contracts", help="write the JSON Schema and the example of each event")
    job = parser.parse_args().job
    telemetry.start(f"{service.name}-{job}", config.log_level())
    match job:
        case "migrate":
            for applied in migrations.migrate(service.settings.database_url, service.folder / "migrations"):
                telemetry.log.info("migrated", migration=applied)
        case "topic":
            created = kafka.create_topic(
                service.settings.kafka_bootstrap,
                service.topic,
                partitions=service.settings.topic_partitions,
                replication=service.settings.topic_replication,
            )
            telemetry.log.info("topic", topic=service.topic, created=created)
        case "relay":
            sys.exit(relay.run(service.settings, service.topic))
        case "names":
            sys.exit(names.run(service.settings, service.references))
        case "contracts":
            try:
                for path in contracts.write(
                    service.catalogue, service.examples, service.meanings, service.folder / "contracts"
                ):
                    print(path)  # noqa: T201 - the job's answer
            except contracts.BreakingChangeError as refusal:
                sys.exit(str(refusal))
