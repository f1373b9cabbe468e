"""Make the virtual environment: `python3 infra/local/bootstrap.py local` for the demo, `test` for the tests.

Needs nothing but a Python. The `make` targets run it with whichever `python3` there is, so it keeps to what Python 3.6
can read: an old one is to say a clear sentence, not a syntax error. When the one that runs it is too old, it looks for
a newer one beside it. `test` includes all of `local`. Nothing is done where the environment is as the lock says.
"""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

MINIMUM = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]
DISK_NEEDED = 3 * 1000**3
"""Bytes: Java, Node, PostgreSQL and the libraries, with the data of a demo."""

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
LEVELS = {"local": ["local"], "test": ["test", "local"]}
"""What is installed when a lock is: the one for the tests holds all of the one for the demo."""

SIGN_OF_LIFE = 5
"""Seconds between two lines that say how far pip is."""

AGAIN = "then run the same command again."

PIP_FAILURES = {
    "The disk is full.\nMake room, " + AGAIN: ["No space left", "Errno 28"],
    "A package that came from the registry is not the one that the lock names.\n"
    "Try again; if it stays, check what stands between this machine and the registry.": ["DO NOT MATCH THE HASHES"],
    "The Python package registry is out of reach.\nCheck the network, the proxy (HTTPS_PROXY) or pip's own settings "
    "(`pip config list`), " + AGAIN: [
        "NewConnectionError",
        "Temporary failure in name",
        "Connection refused",
        "ProxyError",
        "Timeout",
        "Network is unreachable",
        "CERTIFICATE_VERIFY_FAILED",
        "onnection broken",
        "Max retries",
    ],
    "The registry has no ready-made package for this machine or this Python.\nUse 64-bit Linux or macOS and a Python "
    "from 3.11 to 3.14: `make demo PYTHON=/path/to/python3`.": ["No matching distribution"],
}
"""What to tell the user, and by which words in pip's output each is known; the first that fits is said."""


class UnableError(Exception):
    """A sentence for the user: what is wrong and what to do."""


def main(level: str) -> int:
    try:
        require_platform()
        if sys.version_info[:2] < MINIMUM:
            return with_newer_python(level)
        install(level)
    except UnableError as reason:
        say(f"\n{reason}")
        return 1
    except OSError as error:
        say(f"\n{error.filename or ROOT}: {error.strerror}.\n{os_error_remedy(error)}")
        return 1
    except KeyboardInterrupt:
        say("\nInterrupted. Run the same command again to go on.")
        return 130
    return 0


def require_platform() -> None:
    if sys.platform.startswith("win"):
        raise UnableError(
            "Windows itself is not supported. Use WSL (a Linux inside Windows) and run the command there."
        )


def with_newer_python(level: str) -> int:
    """Go on with a Python beside this one. Raises `UnableError` if there is none."""
    for name in NEWER:
        found = shutil.which(name)
        if found and is_new_enough(found):
            return subprocess.call([found, __file__, level])
    raise UnableError(
        f"Python 3.11 or newer is needed; {sys.executable} is {sys.version_info[0]}.{sys.version_info[1]}, "
        f"and none of {', '.join(NEWER)} was found.\n"
        "Install one (Debian, Ubuntu: `apt install python3 python3-venv`; macOS: `brew install python`), "
        f"{AGAIN[:-1]}; or name it: `make demo PYTHON=/path/to/python3`."
    )


def is_new_enough(python: str, imports: str = "sys") -> bool:
    """Whether this Python starts (a name on the PATH may be a shim for none), is new enough and has these modules."""
    code = f"import sys, {imports}; sys.exit(sys.version_info[:2] < {MINIMUM})"
    return subprocess.call([python, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def install(level: str) -> None:
    usable = PYTHON.exists() and is_new_enough(str(PYTHON), "pip")
    if usable and installed().get(level) == digest(level):
        return
    require_disk()
    if not usable:
        make_environment()
    status, output = pip_install(lock(level))
    if status != 0:
        raise UnableError(explanation(output))
    unfinished = STAMP.with_suffix(".new")
    unfinished.write_text("".join(f"{name} {digest(name)}\n" for name in LEVELS[level]))
    unfinished.rename(STAMP)


def lock(level: str) -> Path:
    return ROOT / "infra" / "python" / f"{level}.lock"


def digest(level: str) -> str:
    return hashlib.sha256(lock(level).read_bytes()).hexdigest()


def installed() -> "dict[str, str]":
    """Which locks the environment holds, by the digest of each."""
    try:
        return dict(line.split() for line in STAMP.read_text().splitlines())
    except (OSError, ValueError):
        return {}


def require_disk() -> None:
    free = shutil.disk_usage(str(ROOT)).free
    if free < DISK_NEEDED:
        raise UnableError(
            f"The disk is nearly full: {free / 1e9:.1f} GB are free for {ROOT}, {DISK_NEEDED / 1e9:.0f} are needed.\n"
            f"Make room, {AGAIN}"
        )


def make_environment() -> None:
    """An empty virtual environment. One that was made half, or by a Python that is gone since, is replaced."""
    remedy = f"Install it (Debian, Ubuntu: `apt install python3-venv`), {AGAIN}"
    if not (find_spec("venv") and find_spec("ensurepip")):
        raise UnableError(f"This Python ({sys.executable}) has no venv module.\n{remedy}")
    if VENV.is_symlink() or VENV.exists():
        say("The virtual environment in .venv is not whole; it is made anew.")
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        else:
            shutil.rmtree(str(VENV))
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,  # noqa: UP021  `text` is newer than Python 3.6
        check=False,
    )
    if made.returncode != 0:
        shutil.rmtree(str(VENV), ignore_errors=True)
        raise UnableError(f"{sys.executable} could not make a virtual environment: {last_line(made.stdout)}\n{remedy}")


def pip_install(requirements: Path) -> "tuple[int, str]":
    """Install exactly what the lock names, and say every few seconds how far it is. Returns pip's status and output."""
    count = requirements.read_text().count("==")
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes", "--no-deps"]
    command += ["--no-compile", "--only-binary", ":all:", "--progress-bar", "off", "-r", str(requirements)]
    started = time.monotonic()
    say(f"Installing up to {count} packages into .venv (about a minute the first time) …")
    output = []  # type: list[str]
    ended = threading.Event()

    def signs_of_life() -> None:
        while not ended.wait(SIGN_OF_LIFE):
            found = sum(line.startswith(("Collecting ", "Requirement already")) for line in list(output))
            doing = "unpacking" if any(line.startswith("Installing") for line in list(output)) else "fetching"
            say(f"  … {doing} {found} of {count} packages ({time.monotonic() - started:.0f} s)")

    threading.Thread(target=signs_of_life, daemon=True).start()
    try:
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        ) as pip:
            for line in pip.stdout or ():
                output += [line.rstrip()]
    finally:
        ended.set()
    if pip.returncode == 0:
        say(f"  ✓ Installed ({time.monotonic() - started:.0f} s)")
    return pip.returncode, "\n".join(output)


def explanation(output: str) -> str:
    """Why pip failed, in one sentence where it is a known reason, else in its own words."""
    for sentence, signs in PIP_FAILURES.items():
        if any(sign in output for sign in signs):
            return f"{sentence}\n(pip said: {last_line(output)})"
    return f"pip could not install the packages. Mend what it says, {AGAIN}\n{output}"


def os_error_remedy(error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return f"{'Make room' if full else 'Mend that'}, {AGAIN}"


def last_line(text: str) -> str:
    return ([line.strip() for line in text.splitlines() if line.strip()] or ["(nothing)"])[-1]


def say(line: str) -> None:
    encoding = sys.stderr.encoding or "ascii"
    os.write(sys.stderr.fileno(), (line + "\n").encode(encoding, "replace"))


if __name__ == "__main__":
    if len(sys.argv[1:]) != 1 or sys.argv[1] not in LEVELS:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
