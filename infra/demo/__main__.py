"""`python -m infra.demo`: loads the demo into the running stack and prints the concurrency report of its year.

- `python -m infra.demo`: into the local stack, as `make demo` does
- `python -m infra.demo --gateway http://127.0.0.1:8400`: into the services behind a gateway
- `python -m infra.demo report --language en`: the report only, in English
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

from infra.demo.client import PREFIXES, Client, DemoError, behind
from infra.demo.load import YEAR, load
from infra.demo.report import fetch, render


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 with a sentence on what went wrong."""
    asked = _parser().parse_args(arguments)
    try:
        gateway, addresses = _addresses(asked.gateway, asked.service)
        client = Client(addresses)
        if asked.what in ("all", "load"):
            print(f"Loading the demo year {YEAR}", flush=True)
            load(client)
        if asked.what in ("all", "report"):
            print()
            print(render(fetch(client, date(YEAR, 1, 1), date(YEAR, 12, 31)), f"{gateway}/", asked.language), end="")
    except DemoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.demo", description="Load the demo and print the concurrency report of its year."
    )
    parser.add_argument("what", nargs="?", choices=["all", "load", "report"], default="all")
    parser.add_argument("--gateway", metavar="URL", help="where the services are; default: the local stack")
    parser.add_argument(
        "--service",
        metavar="NAME=URL",
        action="append",
        default=[],
        help=f"another address for one of: {', '.join(PREFIXES)}",
    )
    parser.add_argument("--language", choices=["nb", "en"], default="nb", help="of the report (default: %(default)s)")
    return parser


def _addresses(gateway: str | None, services: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The gateway's address and each service's. DemoError for a service that isn't one."""
    known = {"gateway": gateway, **behind(gateway)} if gateway else local_stack()
    for service in services:
        name, equals, address = service.partition("=")
        if not equals or name not in PREFIXES:
            raise DemoError(f"--service {service}: write NAME=URL, where NAME is one of {', '.join(PREFIXES)}.")
        known[name] = address
    if missing := [name for name in ("gateway", *PREFIXES) if name not in known]:
        raise DemoError(f"No address for {', '.join(missing)}.")
    return known.pop("gateway").rstrip("/"), known


def local_stack() -> dict[str, str]:
    """Name → base address, as `python -m infra.local urls` prints them: one line each, a blank between.

    DemoError if it can't say.
    """
    asked = subprocess.run([sys.executable, "-m", "infra.local", "urls"], capture_output=True, text=True, check=False)
    if asked.returncode:
        raise DemoError(f"The local stack did not say where it is: {asked.stderr.strip() or asked.stdout.strip()}")
    return dict(line.split(maxsplit=1) for line in asked.stdout.splitlines() if line.strip())


if __name__ == "__main__":
    sys.exit(main())
