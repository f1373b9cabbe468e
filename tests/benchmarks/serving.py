"""A service under the settings of its own server, on a free port."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import requests
from psycopg import sql

from infra.local.ports import free_ports
from infra.local.stack import Stack


@contextmanager
def served(app: str, url: str) -> Iterator[int]:
    """`app` as gunicorn names it, on the database at `url`; its port."""
    port = free_ports().base
    environment = {**os.environ, "DATABASE_URL": url, "PORT": str(port), "LOG_LEVEL": "WARNING"}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "-c", "python:shared.serving", app], env=environment)
    try:
        for _ in range(600):
            try:
                if requests.get(f"http://127.0.0.1:{port}/readyz", timeout=1).ok:
                    break
            except requests.ConnectionError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def empty_database(stack: Stack, name: str) -> str:
    """The address of a database with nothing in it."""
    with psycopg.connect(stack.postgres.superuser_url, autocommit=True) as connection:
        connection.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    return f"{stack.postgres.superuser_url.rsplit('/', 1)[0]}/{name}"
