"""The single checks of `yingsheng doctor`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

import httpx
import psycopg
from sqlalchemy.exc import SQLAlchemyError

from cli import backend_calls
from runtime.child_process import ChildProcesses
from runtime.instance_lock import running_instance
from runtime.ports import listener, port_taken
from runtime.problems import StackProblem
from runtime.programs import bot_python
from runtime.secrets_file import read_secrets, secrets_path
from runtime.settings import StackSettings
from runtime.setup_steps import setup_chains
from runtime.stack import embedded_postgres

OLDEST_PYTHON = (3, 11)
NEEDED_DISK_MB = 2000
MEGABYTE = 1024 * 1024
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Verdict(Enum):
    """How good a finding is. Only BAD means that the product cannot work."""

    GOOD = "good"
    NOTE = "note"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """Outcome of a check; `wording` names its text, `values` fill it."""

    verdict: Verdict
    wording: str
    values: dict[str, object] = field(default_factory=dict)


Check = Callable[[StackSettings], Finding]


def python(_settings: StackSettings) -> Finding:
    """The backend's interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] >= OLDEST_PYTHON
    return Finding(
        Verdict.GOOD if good else Verdict.BAD, "python" if good else "python_old", {"version": version}
    )


def bot_interpreter(settings: StackSettings) -> Finding:
    """Rasa's interpreter."""
    program = bot_python(settings.root)
    if not program.exists():
        return Finding(Verdict.BAD, "bot_missing")
    answered = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    if answered.returncode != 0:
        return Finding(Verdict.BAD, "bot_missing")
    return Finding(Verdict.GOOD, "python", {"version": answered.stdout.strip().removeprefix("Python ")})


def root_environment(settings: StackSettings) -> Finding:
    """Whether the backend's environment is what the lock says."""
    installed = settings.root / ".venv" / "installed.lock"
    locked = [settings.root / "requirements.lock", settings.root / "pyproject.toml"]
    current = installed.is_file() and installed.read_bytes() == b"".join(path.read_bytes() for path in locked)
    return Finding(Verdict.GOOD, "matches_lock") if current else Finding(Verdict.WARNING, "root_outdated")


def _setup_step(name: str, verdict: Verdict, good: str, bad: str) -> Check:
    def check(settings: StackSettings) -> Finding:
        steps = {step.name: step for chain in setup_chains(settings, ChildProcesses()) for step in chain}
        return Finding(verdict, bad) if steps[name].needed() else Finding(Verdict.GOOD, good)

    return check


def node(settings: StackSettings) -> Finding:
    """The Node.js that builds the web client."""
    program = settings.root / ".venv" / "bin" / "node"
    if not program.exists():
        return Finding(Verdict.BAD, "node_missing")
    answered = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    if answered.returncode != 0:
        return Finding(Verdict.BAD, "node_missing")
    return Finding(Verdict.GOOD, "node", {"version": answered.stdout.strip()})


def secrets(settings: StackSettings) -> Finding:
    """The file with the generated secrets."""
    path = secrets_path(settings.var_dir)
    try:
        present = bool(read_secrets(path))
    except StackProblem:
        return Finding(Verdict.BAD, "secrets_readable", {"path": path})
    return Finding(Verdict.GOOD if present else Verdict.NOTE, "secrets" if present else "secrets_none")


def database(settings: StackSettings) -> Finding:
    """Whether the database answers and its schema is the newest."""
    url = settings.database_url
    if settings.embedded:
        postgres = embedded_postgres(settings)
        if postgres.running_pid() is None:
            return Finding(Verdict.NOTE, "database_stopped")
        url = postgres.url()
    try:
        current, head = backend_calls.revisions(url)
    except (psycopg.Error, SQLAlchemyError, OSError) as error:
        return Finding(Verdict.BAD, "database_away", {"reason": str(error).splitlines()[0]})
    if current != head:
        return Finding(Verdict.BAD, "database_old", {"current": current or "-", "head": head or "-"})
    return Finding(Verdict.GOOD, "database", {"current": current})


def _service(address: Callable[[StackSettings], str], path: str) -> Check:
    def check(settings: StackSettings) -> Finding:
        url = address(settings) + path
        if running_instance(settings) is None and settings.embedded:
            return Finding(Verdict.NOTE, "service_stopped")
        try:
            answered = httpx.get(url, timeout=5.0, trust_env=False)
        except httpx.HTTPError:
            return Finding(Verdict.BAD, "service_away", {"url": url})
        if answered.is_error:
            return Finding(Verdict.BAD, "service_failing", {"url": url, "status": answered.status_code})
        return Finding(Verdict.GOOD, "service", {"url": url})

    return check


def ports(settings: StackSettings) -> Finding:
    """Whether the ports are free, or ours."""
    wanted = (settings.backend_port, settings.bot_port, settings.actions_port)
    if running_instance(settings) is not None:
        return Finding(Verdict.GOOD, "ports_ours", {"ports": ", ".join(map(str, wanted))})
    taken = [port for port in wanted if port_taken("127.0.0.1", port)]
    if taken:
        return Finding(Verdict.BAD, "port_taken", {"port": taken[0], "process": listener(taken[0]) or "?"})
    return Finding(Verdict.GOOD, "ports_free", {"ports": ", ".join(map(str, wanted))})


def disk(settings: StackSettings) -> Finding:
    """Free space where state is kept."""
    place = next(path for path in (settings.var_dir, *settings.var_dir.parents) if path.exists())
    free = shutil.disk_usage(place).free // MEGABYTE
    good = free >= NEEDED_DISK_MB
    values: dict[str, object] = {"free": free, "needed": NEEDED_DISK_MB}
    return Finding(Verdict.GOOD if good else Verdict.BAD, "disk" if good else "disk_low", values)


def chromium(_settings: StackSettings) -> Finding:
    """A browser for the end-to-end tests; the product does not need it."""
    found = os.environ.get("YINGSHENG_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    downloaded = list((Path.home() / ".cache" / "ms-playwright").glob("chromium-*"))
    if found or downloaded:
        return Finding(Verdict.GOOD, "chromium", {"path": found or downloaded[0]})
    return Finding(Verdict.WARNING, "chromium_missing")


CHECKS: dict[str, Check] = {
    "python": python,
    "root_environment": root_environment,
    "bot_python": bot_interpreter,
    "bot_environment": _setup_step("bot-environment", Verdict.BAD, "matches_lock", "bot_outdated"),
    "node": node,
    "web": _setup_step("web-build", Verdict.BAD, "web_built", "web_outdated"),
    "model": _setup_step("train", Verdict.BAD, "model_trained", "model_outdated"),
    "secrets": secrets,
    "ports": ports,
    "database": database,
    "backend": _service(lambda settings: settings.backend_url, "/readyz"),
    "bot": _service(lambda settings: settings.environ.get("YINGSHENG_BOT_URL") or settings.bot_url, "/"),
    "actions": _service(
        lambda settings: settings.environ.get("YINGSHENG_ACTIONS_URL") or settings.actions_url, "/health"
    ),
    "disk": disk,
    "chromium": chromium,
}
