"""What must be installed or built before the product can start; each step runs only if something changed."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from runtime.child_process import ChildProcesses
from runtime.content_hash import content_hash
from runtime.model_training import model_path, train
from runtime.problems import StackProblem
from runtime.programs import bot_python
from runtime.settings import StackSettings

WEB_SOURCES = ("web",)
BOT_PYTHON_VERSION = "3.10"


@dataclass(frozen=True)
class SetupStep:
    """Something to install or build. `name` is worded by the CLI."""

    name: str
    needed: Callable[[], bool]
    run: Callable[[], None]


def setup_chains(settings: StackSettings, children: ChildProcesses) -> list[list[SetupStep]]:
    """Steps that depend on each other are in one chain, in order; chains can run side by side."""
    bot = _BotEnvironment(settings, children)
    web = _WebClient(settings, children)
    return [
        [
            SetupStep("bot-environment", bot.needed, bot.install),
            SetupStep("train", partial(_training_needed, settings), partial(_train, settings, children)),
        ],
        [
            SetupStep("web-packages", web.packages_needed, web.install_packages),
            SetupStep("web-build", web.build_needed, web.build),
        ],
    ]


def _training_needed(settings: StackSettings) -> bool:
    return not model_path(settings).is_file()


def _train(settings: StackSettings, children: ChildProcesses) -> None:
    train(settings, children)


class _BotEnvironment:
    """Rasa's Python environment, exactly as locked."""

    def __init__(self, settings: StackSettings, children: ChildProcesses) -> None:
        self._settings = settings
        self._children = children
        self._lock = settings.root / "bot" / "requirements.lock"
        self._installed = settings.root / "bot" / ".venv" / "installed.lock"

    def needed(self) -> bool:
        return not (same_content(self._lock, self._installed) and bot_python(self._settings.root).exists())

    def install(self) -> None:
        bot = self._settings.root / "bot"
        uv = self._settings.root / ".uv" / "bin" / "uv"
        environ = self._settings.environ
        logs = self._settings.log_dir
        wanted = environ.get("YINGSHENG_BOT_PYTHON") or BOT_PYTHON_VERSION
        if not bot_python(self._settings.root).exists():
            make = [str(uv), "venv", "--clear", "--python", wanted, ".venv"]
            try:
                self._children.run("bot-environment", make, logs / "setup-bot-python.log", environ, bot)
            except StackProblem as problem:
                raise StackProblem("no_bot_python", log=problem.log, version=wanted) from problem
        sync = [str(uv), "pip", "sync", "--require-hashes", "--python", ".venv", "requirements.lock"]
        self._children.run("bot-environment", sync, logs / "setup-bot-environment.log", environ, bot)
        shutil.copyfile(self._lock, self._installed)


class _WebClient:
    """The web client's packages and its static build."""

    def __init__(self, settings: StackSettings, children: ChildProcesses) -> None:
        self._settings = settings
        self._children = children
        self._web = settings.root / "web"
        self._lock = self._web / "package-lock.json"
        self._installed = self._web / "node_modules" / ".installed.lock"
        self._built = self._web / "dist" / ".built-from"

    def packages_needed(self) -> bool:
        return not same_content(self._lock, self._installed)

    def install_packages(self) -> None:
        # From nothing, because npm takes the halves of packages that an interrupted run left for whole ones.
        shutil.rmtree(self._web / "node_modules", ignore_errors=True)
        # Not `npm ci`: it refuses a lock without the native packages of other systems, and a lock that was
        # made behind a mirror that lacks those has none. Versions and hashes come from the lock all the same.
        self._npm("web-packages", "install", "--no-save", "--no-audit", "--no-fund")
        shutil.copyfile(self._lock, self._installed)

    def build_needed(self) -> bool:
        return not self._built.is_file() or self._built.read_text() != self._sources_hash()

    def build(self) -> None:
        sources = self._sources_hash()
        self._npm("web-build", "run", "build")
        self._built.write_text(sources)

    def _sources_hash(self) -> str:
        return content_hash(self._settings.root, WEB_SOURCES)

    def _npm(self, step: str, *arguments: str) -> None:
        log = self._settings.log_dir / f"setup-{step}.log"
        environ = node_environ(self._settings)
        npm = self._settings.root / ".venv" / "bin" / "npm"
        self._children.run(step, [npm, *arguments], log, environ, self._web)


def node_environ(settings: StackSettings) -> dict[str, str]:
    """Environment in which `node` is the one from the wheel (linked into the root environment)."""
    programs = str(settings.root / ".venv" / "bin")
    path = settings.environ.get("PATH", os.defpath)
    return {**settings.environ, "PATH": f"{programs}{os.pathsep}{path}", "CI": "true"}


def same_content(one: Path, other: Path) -> bool:
    """Whether both files exist and are equal."""
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
