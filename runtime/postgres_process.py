"""Runs an embedded PostgreSQL outside the supervisor: for tests, and for commands while all is down."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from runtime.embedded_postgres import BACKEND_DATABASE, SHUTDOWN_SECONDS, EmbeddedPostgres, run_as
from runtime.postgres_account import server_account
from runtime.problems import StackProblem

START_SECONDS = 30.0


@contextlib.contextmanager
def started_postgres(postgres: EmbeddedPostgres, log: Path) -> Iterator[None]:
    """The server, running for the block.

    Raises:
        StackProblem: it could not be started; carries the log.
    """
    postgres.prepare(log)
    with log.open("ab") as output:
        process = run_as(postgres.account, postgres.command(), output.fileno())
    try:
        try:
            postgres.wait_until_ready(START_SECONDS, lambda: process.poll() is None)
        except TimeoutError:
            raise StackProblem("program_failed", log=log, program="postgres") from None
        yield
    finally:
        # PostgreSQL's "immediate" shutdown where the data is thrown away anyway, else "fast".
        _stop(process, signal.SIGINT if postgres.durable else signal.SIGQUIT)


@contextlib.contextmanager
def temporary_postgres(databases: Iterable[str] = (BACKEND_DATABASE,)) -> Iterator[EmbeddedPostgres]:
    """A throw-away server for tests, with its databases; gone afterwards, data and all.

    Raises:
        StackProblem: it could not be started.
    """
    home = Path(tempfile.mkdtemp(prefix="ys-pg-"))
    postgres = EmbeddedPostgres(home / "data", home / "s", server_account(), durable=False)
    try:
        with started_postgres(postgres, home / "postgres.log"):
            postgres.ensure_databases(databases)
            yield postgres
    finally:
        shutil.rmtree(home)


def _stop(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, how)
    try:
        process.wait(SHUTDOWN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
