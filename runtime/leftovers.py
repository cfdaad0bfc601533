"""Finds and ends what a run left behind that was killed before it could stop its processes."""

import os
import signal
import time
from collections.abc import Iterable

import psutil

from runtime.embedded_postgres import SHUTDOWN_SECONDS, EmbeddedPostgres

MARKER = "YINGSHENG_STACK"
GRACE_SECONDS = 10.0


def marked_processes(identity: str) -> list[psutil.Process]:
    """Processes of this copy of the product, by the marker in their environment; this process is none."""
    own = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    return [
        process for process in psutil.process_iter() if process.pid not in own and _marked(process, identity)
    ]


def end_leftovers(identity: str, postgres: EmbeddedPostgres | None) -> int:
    """End all leftovers, the database last and in its own way. Returns how many processes there were."""
    database = postgres.running_pid() if postgres else None
    ended = [process for process in marked_processes(identity) if process.pid != database]
    end_processes(ended)
    if database is not None:
        _end_database(database)
    return len(ended) + (database is not None)


def end_processes(processes: Iterable[psutil.Process], grace: float = GRACE_SECONDS) -> None:
    """Terminate, wait, kill what is left."""
    waiting = list(processes)
    for process in waiting:
        _signal(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(waiting, timeout=grace)
    for process in stubborn:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=grace)


def _end_database(pid: int) -> None:
    deadline = time.monotonic() + SHUTDOWN_SECONDS
    process = psutil.Process(pid)
    _signal(process, signal.SIGINT)
    while time.monotonic() < deadline and process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.05)
    if process.is_running():
        _signal(process, signal.SIGQUIT)


def _marked(process: psutil.Process, identity: str) -> bool:
    try:
        return bool(process.environ().get(MARKER) == identity)
    except (psutil.Error, OSError):
        return False


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
