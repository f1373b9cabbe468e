"""A Chromium for the tests: `python -m infra.local.browser` installs Debian's where there is none and it may.

It may where it is root on a machine with apt-get: in a container, in CI. Elsewhere it says what to install; the browser
tests then fail with the same sentence. The demo needs no browser of this machine.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence

from infra.local.progress import say, step

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
"""Where a browser is that is not on the PATH: Debian's package, macOS."""

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
"""To start it with: in a container it may make no sandbox, and it is to ask nobody but us."""

MISSING = (
    "No Chromium or Google Chrome was found; the browser tests need one.\n"
    "Install it (Debian: `sudo apt-get install chromium`; macOS: `brew install --cask chromium`; else Google Chrome), "
    "then run the same command again. `make test-quick` does without."
)

UPDATE_SECONDS = 120
INSTALL_SECONDS = 600
TRIES = 2

APT_GET = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=2")
STEPS = (
    ((*APT_GET, "update"), UPDATE_SECONDS),
    ((*APT_GET, "install", "--yes", "--no-install-recommends", "chromium"), INSTALL_SECONDS),
)
"""Each command with the seconds that it may take."""

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""Packages set themselves up with programs of the system, which a user's PATH need not name."""


class FailedError(Exception):
    """apt-get did not do it; the message is the end of what it said."""


def find() -> str | None:
    """The program of a Chromium that is there, or None."""
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or next((place for place in PLACES if os.access(place, os.X_OK)), None)


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which(APT_GET[0], path=SYSTEM_PATH) is not None


def main() -> int:
    """0 in any case: without a browser only the tests that need one fail."""
    if find():
        return 0
    if not may_install():
        say(MISSING)
        return 0
    try:
        with step("Install Chromium for the browser tests"):
            install()
    except FailedError as error:
        say(f"apt-get could not install it: {error}\n{MISSING}")
    return 0


def install() -> None:
    """Raises FailedError when it did not work twice: a mirror may be in the middle of an update."""
    for left in reversed(range(TRIES)):
        try:
            for command, seconds in STEPS:
                run(command, seconds)
        except FailedError:
            if not left:
                raise
        else:
            return


def run(command: Sequence[str], seconds: float) -> None:
    """Do it without questions. Raises FailedError with the last line it said, or when it takes too long."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    environment["PATH"] = f"{environment.get('PATH', '')}:{SYSTEM_PATH}".lstrip(":")
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGTERM)
            raise FailedError(f"`{' '.join(command)}` took longer than {seconds:.0f} s.") from None
    if process.returncode != 0:
        raise FailedError((output.strip().splitlines() or ["(it said nothing)"])[-1])


def require() -> str:
    """The program of a Chromium. Raises FailedError with what to do where there is none."""
    if found := find():
        return found
    raise FailedError(MISSING)


if __name__ == "__main__":
    sys.exit(main())
