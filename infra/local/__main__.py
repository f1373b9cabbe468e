"""python -m infra.local [--stack demo] up | down | status | logs | urls | clean"""

import argparse
import errno
import os
import shutil
import sys
import time
from pathlib import Path

import psutil

from infra.local import stack as stacks
from infra.local.errors import StackError
from infra.local.progress import say
from infra.local.stack import HOME, Stack

DOWN = "Nothing is running. `make demo` starts it."


def main() -> int:
    arguments = _arguments()
    try:
        stack = stacks.demo(arguments.port, HOME / arguments.stack)
        return {"up": up, "down": down, "status": status, "logs": logs, "urls": urls, "clean": clean}[arguments.do](
            stack
        )
    except StackError as error:
        say(f"\n{error.problem}\n{error.remedy}")
        return 1
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        say(f"\n{error.filename or stacks.HOME}: {error.strerror}.\nMend that, then run the same command again.")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted. Run the same command again to go on, or `make stop` to end what was started.")
        return 130


def up(stack: Stack) -> int:
    started = time.monotonic()
    say("Starting PostgreSQL, Kafka, the gateway and the services …")
    stack.up()
    say(f"All is running after {time.monotonic() - started:.1f} s.")
    return 0


def down(stack: Stack) -> int:
    stack.down()
    say("Stopped. Data stays; `make clean` removes it.")
    return 0


def status(stack: Stack) -> int:
    """One line per process. Returns 0 when all run, 1 when one does not, 3 when the stack is down."""
    states = stack.states()
    if not states:
        say(DOWN)
        return 3
    print(f"{'process':<28}{'state':<10}{'pid':>8}{'up':>10}{'memory':>10}  port")
    processes = stack.processes
    total = 0
    for name in processes:
        state = states[name]
        memory = sum(_resident(pid) for pid in stack.pids(name))
        total += memory
        up_for = f"{time.time() - state.started:.0f} s" if state.running else ""
        print(
            f"{name:<28}{state.state.lower():<10}{state.pid or '':>8}{up_for:>10}{memory / 1e6:>7.0f} MB"
            f"  {processes[name].port or ''}"
        )
    print(f"{'together':<28}{'':<28}{total / 1e6:>7.0f} MB")
    return 0 if all(states[name].running for name in processes) else 1


def logs(stack: Stack) -> int:
    """The last lines of every process, then, on a terminal, what comes."""
    files = {file.stem: file for file in sorted(stack.supervisor.logs.glob("*.log"))}
    places = {name: _print_end(name, file, 10) for name, file in files.items()}
    if not places:
        say(DOWN)
    while sys.stdout.isatty():
        for name, place in places.items():
            places[name] = _print_from(name, files[name], place)
        time.sleep(0.3)
    return 0


def urls(stack: Stack) -> int:
    for name, url in stack.urls().items():
        print(name, url)
    return 0


def clean(_: Stack) -> int:
    """Stop every stack and remove everything that runs have left, also what an interrupted test run left."""
    for folder in [child for child in HOME.glob("*") if (child / "supervisord.conf").exists()]:
        stacks.demo(folder=folder).down()
    shutil.rmtree(HOME, ignore_errors=True)
    say(f"{HOME} is removed.")
    return 0


def _resident(pid: int) -> int:
    """Bytes of memory that are this process's own, or its share of what it has in common with others (Linux)."""
    try:
        process = psutil.Process(pid)
        memory = process.memory_full_info() if hasattr(psutil, "PROCFS_PATH") else process.memory_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0
    return int(getattr(memory, "pss", memory.rss))


def _print_end(name: str, file: Path, lines: int) -> int:
    text = file.read_text(encoding="utf-8", errors="replace")
    for line in text.splitlines()[-lines:]:
        print(f"{name} | {line}")
    return len(text.encode("utf-8", errors="replace"))


def _print_from(name: str, file: Path, place: int) -> int:
    """Print what came after `place` bytes; from the beginning when the file was rotated. Returns the new place."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        opened.seek(place if place <= size else 0)
        for line in opened.read().decode("utf-8", errors="replace").splitlines():
            print(f"{name} | {line}", flush=True)
        return opened.tell()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.local", description=__doc__)
    parser.add_argument("--stack", default="demo", help="name of the stack, and of its folder in .local")
    port = os.environ.get("PORT") or None
    parser.add_argument("--port", type=int, default=port, help="first of its hundred ports (default 8400; also PORT)")
    parser.add_argument("do", choices=["up", "down", "status", "logs", "urls", "clean"])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
