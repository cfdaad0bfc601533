"""The whole product on one machine: start in the order that is quickest, stop without leaving anything."""

import contextlib
import dataclasses
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from runtime.child_process import ChildProcesses
from runtime.embedded_postgres import TRACKER_DATABASE, EmbeddedPostgres
from runtime.instance_lock import InstanceLock
from runtime.leftovers import end_leftovers
from runtime.model_training import model_path
from runtime.ports import free_ports, listener, port_taken
from runtime.postgres_account import server_account
from runtime.problems import StackProblem
from runtime.programs import (
    VOICE_FALLBACK,
    Program,
    actions_program,
    backend_program,
    bot_program,
    postgres_program,
    rasa_environ,
    root_python,
    serving_environ,
    voice_fallback_program,
)
from runtime.progress import Progress
from runtime.secrets_file import DEMO_PASSWORD, VOICE_DEMO_TOKEN, ensure_secrets
from runtime.settings import PROGRAMS, StackSettings, load_settings
from runtime.supervised_programs import SupervisedPrograms
from runtime.warm_up import warm_up

POSTGRES_SECONDS = 30.0


class Stack:
    """One copy of the product. `start()`, then `stop()` in any case."""

    def __init__(self, settings: StackSettings, progress: Progress | None = None) -> None:
        self.settings = settings
        self.progress = progress or Progress()
        self.secrets: dict[str, str] = {}
        self.supervised: SupervisedPrograms | None = None
        self._postgres = embedded_postgres(settings) if settings.embedded else None
        self._children = ChildProcesses()
        self._held = contextlib.ExitStack()
        self._claimed = False

    @property
    def database_url(self) -> str:
        """The backend's database."""
        return self._postgres.url() if self._postgres else self.settings.database_url

    @property
    def rasa_database_url(self) -> str:
        """The database of Rasa's trackers."""
        if self._postgres and not self.settings.rasa_database_url:
            return self._postgres.url(TRACKER_DATABASE)
        return self.settings.rasa_database_url

    @property
    def demo_password(self) -> str:
        """Password of the demo accounts."""
        return self.secrets[DEMO_PASSWORD]

    @property
    def voice_demo_token(self) -> str:
        """Signs demo calls; none beside a real telephone account or a database that others use, too."""
        real = self.settings.environ.get("YINGSHENG_TWILIO_AUTH_TOKEN")
        return self.secrets[VOICE_DEMO_TOKEN] if self.settings.embedded and not real else ""

    def claim(self) -> None:
        """Make this the only run on its `var` directory, and end what an earlier one left behind.

        Raises:
            StackProblem: another one is running, or somebody else uses a port.
        """
        self._held.enter_context(InstanceLock(self.settings))
        self._claimed = True
        end_leftovers(self.settings.identity, self._postgres)
        self._check_ports()

    def start(self) -> None:
        """Start all programs of the settings and wait until they answer.

        Raises:
            StackProblem: it cannot start, with what to do about it.
        """
        if not self._claimed:
            self.claim()
        self.secrets = ensure_secrets(self.settings.var_dir, self.settings.environ)
        wanted = self.settings.programs
        if self._postgres and "postgres" in wanted:
            with self.progress.step("postgres-data"):
                self._postgres.prepare(self.settings.log_dir / "setup-postgres.log")
        supervised = SupervisedPrograms(self.settings, self._programs(), self.environ())
        self.supervised = supervised
        supervised.launch()
        if VOICE_FALLBACK in supervised.programs:
            supervised.start(VOICE_FALLBACK)
        if "postgres" in supervised.programs:
            self._start_postgres(supervised)
        # Rasa takes longest by far: it starts first, and loads while the backend's database is made ready.
        early = [name for name in ("bot", "actions") if name in supervised.programs]
        for name in early:
            supervised.start(name)
        late = ["backend"] if "backend" in supervised.programs else []
        if late:
            self._prepare_database()
            supervised.start("backend")
        supervised.wait_ready([*late, *reversed(early)], self.settings.start_timeout, self.progress)
        if {"bot", "actions"} <= set(early):
            with self.progress.step("warm-up"):
                warm_up(self.settings)

    def stop(self, *, force: bool = False) -> None:
        """Stop everything. Forced: at once, without giving anything time to finish."""
        if not self._claimed:
            return
        try:
            self._children.stop_all()
            if self.supervised is not None and not force:
                self.supervised.stop()
            elif self.supervised is not None:
                self.supervised.kill()
            end_leftovers(self.settings.identity, self._postgres)
        finally:
            self._held.close()

    def environ(self) -> dict[str, str]:
        """Environment of all programs."""
        settings = self.settings
        return {
            **settings.environ,
            **rasa_environ(),
            **serving_environ(),
            **self.secrets,
            VOICE_DEMO_TOKEN: self.voice_demo_token,
            "DATABASE_URL": self.database_url,
            "RASA_DB_URL": self.rasa_database_url,
            "YINGSHENG_BACKEND_URL": settings.backend_url,
            "YINGSHENG_BOT_URL": settings.bot_url,
            "YINGSHENG_ACTIONS_URL": settings.actions_url,
            "YINGSHENG_VAR_DIR": str(settings.var_dir),
            "PYTHONPATH": str(settings.root),
            "PYTHONUNBUFFERED": "1",
        }

    def _programs(self) -> list[Program]:
        settings, wanted = self.settings, self.settings.programs
        programs: list[Program] = []
        if self._postgres and "postgres" in wanted:
            programs.append(postgres_program(self._postgres))
        if "bot" in wanted:
            model = model_path(settings)
            if not model.is_file():
                raise StackProblem("no_model", path=model)
            programs.append(bot_program(settings, model))
        if "actions" in wanted:
            programs.append(actions_program(settings))
        if "backend" in wanted:
            programs.append(backend_program(settings))
            if settings.environ.get("YINGSHENG_VOICE_FALLBACK_URL"):
                programs.append(voice_fallback_program(settings))
        return programs

    def _check_ports(self) -> None:
        settings = self.settings
        ports = {
            "backend": (settings.host, settings.backend_port, "YINGSHENG_PORT"),
            "bot": ("127.0.0.1", settings.bot_port, "YINGSHENG_BOT_PORT"),
            "actions": ("127.0.0.1", settings.actions_port, "YINGSHENG_ACTIONS_PORT"),
        }
        for program in set(ports) & set(settings.programs):
            host, port, variable = ports[program]
            if port_taken(host, port):
                raise StackProblem("port_taken", port=port, variable=variable, process=listener(port) or "?")

    def _start_postgres(self, supervised: SupervisedPrograms) -> None:
        if self._postgres is None:
            return
        log = self.settings.log_dir / "postgres.log"
        with self.progress.step("postgres"):
            supervised.start("postgres")
            try:
                self._postgres.wait_until_ready(POSTGRES_SECONDS, supervised.alive)
            except TimeoutError:
                raise StackProblem("program_failed", log=log, program="postgres") from None
            self._postgres.ensure_databases()

    def _prepare_database(self) -> None:
        demo = ["--demo"] if self.settings.embedded else []
        command = [str(root_python(self.settings.root)), "-m", "cli.main", "db", "prepare", *demo]
        log = self.settings.log_dir / "setup-database.log"
        with self.progress.step("database"):
            self._children.run("database", command, log, self.environ(), self.settings.root)


def embedded_postgres(settings: StackSettings) -> EmbeddedPostgres:
    """The embedded server of this copy."""
    data_dir = settings.var_dir / "postgres"
    return EmbeddedPostgres(data_dir, settings.socket_dir, server_account(), settings.durable)


@contextlib.contextmanager
def running_stack(
    var_dir: Path | None = None,
    programs: tuple[str, ...] = PROGRAMS,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Stack]:
    """A whole copy of the product for tests: free ports, embedded database, state in `var_dir`.

    The model must have been trained (`yingsheng train`). Without a `var_dir` a temporary one is used, and
    removed. `environ` goes over the present environment.

    Raises:
        StackProblem: it could not be started.
    """
    home = Path(tempfile.mkdtemp(prefix="ys-")) if var_dir is None else var_dir
    settings = temporary_settings(home, programs, environ or {})
    stack = Stack(settings)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
        if var_dir is None:
            shutil.rmtree(home)


def temporary_settings(var_dir: Path, programs: tuple[str, ...], environ: Mapping[str, str]) -> StackSettings:
    """Settings of a copy beside others: own state and ports, the same models."""
    present = load_settings()
    merged = {**present.environ, "DATABASE_URL": "", "RASA_DB_URL": "", "REDIS_URL": "", **environ}
    merged["YINGSHENG_VAR_DIR"] = str(var_dir)
    merged["YINGSHENG_MODELS_DIR"] = str(present.models_dir)
    names = ("YINGSHENG_PORT", "YINGSHENG_BOT_PORT", "YINGSHENG_ACTIONS_PORT")
    merged |= {name: str(port) for name, port in zip(names, free_ports(len(names)), strict=True)}
    return dataclasses.replace(load_settings(merged), programs=programs, durable=False)
