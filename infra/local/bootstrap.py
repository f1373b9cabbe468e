"""Make the virtual environment: `python3 infra/local/bootstrap.py local` for the demo, `test` for the tests.

Needs nothing but a Python. The `make` targets run it with whichever `python3` there is, so its syntax is one that old
Pythons can read: they are to say a clear sentence, not a syntax error. When the one that runs it is too old, it looks
for a newer one beside it. `test` includes all of `local`. Nothing is done where the environment is as the lock says.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time

MINIMUM = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]
DISK_NEEDED = 3 * 1000 ** 3
"""Bytes: Java, Node, PostgreSQL and the libraries, with the data of a demo."""

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed")
SIGN_OF_LIFE = 5


class Unable(Exception):
    """A sentence for the user: what is wrong and what to do."""


def main(arguments):
    wanted = arguments[1] if len(arguments) == 2 else ""
    if wanted not in ("local", "test"):
        print(__doc__)
        return 2
    try:
        require_platform()
        if sys.version_info < MINIMUM:
            return with_newer_python(arguments)
        install(wanted)
    except Unable as reason:
        sys.stderr.write("\n%s\n" % reason)
        return 1
    except OSError as error:
        sys.stderr.write("\n%s\n" % explain_os_error(error))
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted. Run the same command again to go on.\n")
        return 130
    return 0


def require_platform():
    if sys.platform.startswith("win"):
        raise Unable("Windows itself is not supported. Use WSL (a Linux inside Windows) and run the same command there.")


def with_newer_python(arguments):
    for name in NEWER:
        found = shutil.which(name)
        if found and runs(found):
            return subprocess.call([found] + arguments)
    raise Unable(
        "Python %d.%d or newer is needed; this one (%s) is %d.%d, and none of %s was found.\n"
        "Install one (Debian, Ubuntu: `apt install python3 python3-venv`; macOS: `brew install python`), then run the same "
        "command again; or name it: `make demo PYTHON=/path/to/python3`."
        % (MINIMUM + (sys.executable,) + tuple(sys.version_info[:2]) + (", ".join(NEWER),))
    )


def runs(python):
    """A name on the PATH may be a shim that starts nothing."""
    code = "import sys; sys.exit(sys.version_info < (%d, %d))" % MINIMUM
    return subprocess.call([python, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def install(wanted):
    lock = os.path.join(ROOT, "infra", "python", wanted + ".lock")
    installed = read_stamp()
    if usable() and installed.get(wanted) == digest(lock):
        return
    require_disk()
    if not usable():
        make_environment()
    require_registry_answers(pip_install(lock))
    note_installed(wanted)


def note_installed(wanted):
    """What is in the environment now. The lock for the tests holds all of the one for the demo."""
    names = ["test", "local"] if wanted == "test" else ["local"]
    lines = ["%s %s\n" % (name, digest(os.path.join(ROOT, "infra", "python", name + ".lock"))) for name in names]
    with open(STAMP + ".new", "w") as stamp:
        stamp.writelines(lines)
    os.rename(STAMP + ".new", STAMP)


def read_stamp():
    try:
        with open(STAMP) as stamp:
            return dict(line.split() for line in stamp)
    except (OSError, ValueError):
        return {}


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def usable():
    """Whether the environment is whole: one made half, or by a Python that is gone since, is not."""
    if not os.path.exists(PYTHON):
        return False
    code = "import sys, pip; sys.exit(sys.version_info < (%d, %d))" % MINIMUM
    return subprocess.call([PYTHON, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def make_environment():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Unable(
            "This Python (%s) has no venv module.\n"
            "Install it (Debian, Ubuntu: `apt install python3-venv`), then run the same command again." % sys.executable
        )
    if os.path.lexists(VENV):
        say("The virtual environment in .venv is not whole; it is made anew.")
        remove(VENV)
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
    )
    if made.returncode != 0:
        raise Unable(
            "The virtual environment could not be made: %s\n"
            "On Debian and Ubuntu, `apt install python3-venv`; then run the same command again."
            % last_line(made.stdout)
        )


def remove(path):
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    else:
        shutil.rmtree(path)


def require_disk():
    free = shutil.disk_usage(ROOT).free
    if free < DISK_NEEDED:
        raise Unable(
            "The disk is nearly full: %.1f GB are free for %s, %.0f GB are needed.\n"
            "Make room, then run the same command again." % (free / 1e9, ROOT, DISK_NEEDED / 1e9)
        )


def pip_install(lock):
    """Install exactly what the lock names, and say every few seconds how far it is. Returns pip's output and status."""
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--require-hashes", "--no-deps"]
    command += ["--no-compile", "--only-binary", ":all:", "--progress-bar", "off", "-r", lock]
    with open(lock) as file:
        packages = sum("==" in line for line in file)
    started = time.time()
    say("Installing %d packages into .venv (first time: about a minute) …" % packages)
    environment = dict(os.environ, PIP_REQUIRE_VIRTUALENV="0")
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, env=environment
    )
    lines = []
    done = threading.Event()
    threading.Thread(target=signs_of_life, args=(lines, packages, started, done), daemon=True).start()
    try:
        for line in process.stdout:
            lines.append(line.rstrip())
        status = process.wait()
    finally:
        done.set()
    if status == 0:
        say("Installed (%.0f s)." % (time.time() - started))
    return "\n".join(lines), status


def signs_of_life(lines, packages, started, done):
    while not done.wait(SIGN_OF_LIFE):
        collected = sum(line.startswith(("Collecting ", "Requirement already")) for line in list(lines))
        phase = "unpacking" if any(line.startswith("Installing") for line in list(lines)) else "fetching"
        say("  … %s: %d of %d packages (%.0f s)" % (phase, collected, packages, time.time() - started))


def require_registry_answers(result):
    """Say in one sentence why pip failed, where pip's own text is long."""
    output, status = result
    if status == 0:
        return
    reasons = [
        (("No space left", "Errno 28"), "The disk is full.\nMake room, then run the same command again."),
        (
            ("DO NOT MATCH THE HASHES", "do not match the hashes"),
            "A package that came from the registry is not the one that the lock names.\n"
            "Try again; if it stays, check what stands between this machine and the registry.",
        ),
        (
            ("NewConnectionError", "Temporary failure in name", "Connection refused", "ProxyError", "ReadTimeout",
             "ConnectTimeout", "Network is unreachable", "CERTIFICATE_VERIFY_FAILED", "connection broken", "Max retries"),
            "The Python package registry is out of reach.\n"
            "Check the network, the proxy (HTTPS_PROXY) or pip's own settings (`pip config list`), then run the same command "
            "again: what was fetched is kept.",
        ),
        (
            ("No matching distribution",),
            "The registry has no ready-made package for this machine or this Python (%d.%d).\n"
            "Use 64-bit Linux or macOS and a Python from 3.11 to 3.14: `make demo PYTHON=/path/to/python3`."
            % tuple(sys.version_info[:2]),
        ),
    ]
    for signs, sentence in reasons:
        if any(sign in output for sign in signs):
            raise Unable("%s\n(pip said: %s)" % (sentence, last_line(output)))
    raise Unable("pip could not install the packages: %s\nIts whole output:\n%s" % (last_line(output), output))


def explain_os_error(error):
    import errno

    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return "The disk is full.\nMake room, then run the same command again."
    return "%s: %s.\nMend that, then run the same command again." % (error.filename or ROOT, error.strerror)


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "(nothing)"


def say(line):
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv))
