"""gunicorn's settings for every service: `gunicorn -c python:shared.serving "services.goals.app:create()"`.

Two workers, so that one may die; threads, as psycopg and kafka-python want them; the app is loaded before the fork, so
that the workers share its memory. Connections are opened after it.
"""

import ctypes
import gc
import os
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="samtidig-metrics-")

PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("THREADS", "4"))
preload_app = True
keepalive = 30
timeout = 60
graceful_timeout = 10
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's own advice against disk stalls
control_socket_disable = True


COLLECT_AFTER = (5_000, 10, 100)
"""Objects, and rounds: what a process keeps is looked through for cycles far more rarely than Python would.
Answers that the timeline keeps are many objects and no cycles; to look through them took 70 ms, now and then, of a
request.
"""
AT_THE_LATEST = 100
"""Times as many objects: Python looks by itself, whoever waits."""


def post_fork(server: Any, _worker: Any) -> None:
    gc.freeze()  # what was loaded before the fork stays shared
    gc.set_threshold(AT_THE_LATEST * COLLECT_AFTER[0], *COLLECT_AFTER[1:])
    _end_with_the_server(server.pid)


def post_request(_worker: Any, _request: Any, _environ: Any, _response: Any) -> None:
    """Looks for cycles once the answer is sent: while it was made, that took 2 to 20 ms of it, now and then."""
    due = [count > limit for count, limit in zip(gc.get_count(), COLLECT_AFTER, strict=True)]
    if due[0]:
        gc.collect(max(generation for generation, is_due in enumerate(due) if is_due))


def _end_with_the_server(pid: int) -> None:
    """A worker whose server was killed would keep the port from the next server while it lets its requests end.

    So it ends at once (Linux: prctl, PR_SET_PDEATHSIG). That is safe: a command is stored whole or not at all, and is
    repeated with its key.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != pid:  # it died before that was said
            os._exit(1)


def post_worker_init(worker: Any) -> None:
    from shared import config, http, telemetry  # noqa: PLC0415 - only once the server has set up the process

    app = worker.app.callable
    telemetry.start(app.name, config.log_level())
    http.stop_on_sigterm()
    if at_start := app.extensions.get("at_start"):  # while it answers already
        threading.Thread(target=at_start, name="at start", daemon=True).start()


def child_exit(_server: Any, worker: Any) -> None:
    from prometheus_client import multiprocess  # noqa: PLC0415

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(_server: Any) -> None:
    folder = os.environ["PROMETHEUS_MULTIPROC_DIR"]
    if Path(folder).name.startswith("samtidig-metrics-"):
        shutil.rmtree(folder, ignore_errors=True)
