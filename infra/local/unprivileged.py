"""PostgreSQL refuses to run as root; where the user is root, it runs as `nobody`."""

import os
import pwd
import shutil
from pathlib import Path

from infra.local.errors import StackError

USER = "nobody"


def command(arguments: list[str], *, reaching: list[Path]) -> list[str]:
    """`arguments`, to be run as an ordinary user who may reach the folders `reaching`.

    A checkout may lie in a folder that only root may enter (`/root`, a folder made by `mktemp -d`). The program is then
    let through with the one capability that this takes; the folders' permissions stay as they are.
    """
    if os.geteuid() != 0:
        return arguments
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise StackError(
            "PostgreSQL does not run as root, and `setpriv`, which would run it as another user, is not there.",
            "Run this as an ordinary user, or install the package util-linux.",
        )
    user = pwd.getpwnam(USER)
    become = [str(Path(setpriv).resolve()), f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    if all(_may_enter(folder) for folder in reaching):
        return [*become, "--inh-caps=-all", *arguments]
    capability = ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
    as_asked_by_access = "--securebits=+no_setuid_fixup"  # initdb looks for its programs with access(2)
    return [*become, as_asked_by_access, *capability, *arguments]


def give(folder: Path) -> None:
    """Make the user that `command` switches to the owner of `folder`."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(USER)
        os.chown(folder, user.pw_uid, user.pw_gid)


def _may_enter(folder: Path) -> bool:
    """Whether everybody may pass through what exists of this path; the rest is made by us."""
    everybody_executes = 0o001
    existing = [place for place in (folder, *folder.parents) if place.exists()]
    return all(place.stat().st_mode & everybody_executes for place in existing)
