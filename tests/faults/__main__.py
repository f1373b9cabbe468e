"""The long form, on a stack of its own: `python -m tests.faults --kills 50`. Ends with 1 where anything was found."""

import argparse
import sys

from infra.local.stack import for_tests
from tests.faults.faults import plan
from tests.faults.run import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1, help="of the load's choices")
    asked = parser.parse_args()
    stack = for_tests()
    try:
        stack.up()
        report = run(stack, plan(asked.kills), seed=asked.seed, tell=True)
    finally:
        stack.remove()
    print(report)
    return 1 if report.findings else 0


sys.exit(main())
