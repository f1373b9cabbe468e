"""`python -m tests.benchmarks [name …]`: measures, and ends with one line per measure."""

import argparse
import sys
from collections.abc import Callable

from infra.local.stack import Stack, for_tests
from tests.benchmarks import command, latency, memory, projection, reading, relay
from tests.benchmarks.figures import Figure

MEASURES: dict[str, Callable[[Stack], list[Figure]]] = {
    "memory": memory.measure,
    "latency": latency.measure,
    "command": command.measure,
    "relay": relay.measure,
    "projection": projection.measure,
    "reading": reading.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], help="which to run; all without a name")
    names = parser.parse_args().names or list(MEASURES)
    stack = for_tests()
    figures: list[Figure] = []
    try:
        stack.up()
        for name in names:
            print(f"— {name}", flush=True)
            figures += MEASURES[name](stack)
    finally:
        stack.remove()
    print()
    for figure in figures:
        print(figure.line())
    return 0


sys.exit(main())
