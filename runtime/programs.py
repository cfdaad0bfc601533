"""The processes of the product: how each is started and how one asks it whether it is ready."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from runtime.embedded_postgres import EmbeddedPostgres
from runtime.secrets_file import SECRETS_KEY, VOICE_DEMO_TOKEN
from runtime.settings import StackSettings

STOP_SECONDS = 15
RASA = "runtime.rasa_process"
VOICE_FALLBACK = "voice-fallback"
NO_VOICE_TOKENS = {"YINGSHENG_TWILIO_AUTH_TOKEN": "", VOICE_DEMO_TOKEN: ""}


@dataclass(frozen=True)
class Program:
    """One supervised process. `ready_url` answers 200 when it can work; stopped in reverse `order`."""

    name: str
    command: list[str]
    order: int
    ready_url: str | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_signal: str = "TERM"
    # PostgreSQL's server stops its own children, and in order.
    stop_as_group: bool = True


def postgres_program(postgres: EmbeddedPostgres) -> Program:
    """The embedded database. INT is its "fast" shutdown: sessions are ended, data is written."""
    account = postgres.account.name if postgres.account else None
    return Program("postgres", postgres.command(), 10, user=account, stop_signal="INT", stop_as_group=False)


def backend_program(settings: StackSettings) -> Program:
    """The backend, with its worker inside."""
    command = [str(root_python(settings.root)), "-m", "uvicorn", "backend.app:create_app", "--factory"]
    address = ["--host", settings.host, "--port", str(settings.backend_port)]
    options = ["--no-server-header", "--timeout-graceful-shutdown", "5"]
    return Program("backend", command + address + options, 30, f"{settings.backend_url}/readyz")


def bot_program(settings: StackSettings, model: Path) -> Program:
    """Rasa, reachable from this machine only. It needs its tracker database and nothing of the backend's."""
    command = [str(bot_python(settings.root)), "-m", RASA, "run", "--model", str(model)]
    address = ["--interface", "127.0.0.1", "--port", str(settings.bot_port)]
    wiring = ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    environ = {"DATABASE_URL": "", "YINGSHENG_SERVICE_TOKEN": "", SECRETS_KEY: "", **NO_VOICE_TOKENS}
    return Program("bot", command + address + wiring, 20, f"{settings.bot_url}/", environ)


def actions_program(settings: StackSettings) -> Program:
    """The custom actions, reachable from this machine only. They talk to the backend over HTTP."""
    command = [str(bot_python(settings.root)), "-m", "rasa_sdk", "--actions", "actions"]
    environ = {
        "SANIC_HOST": "127.0.0.1",
        "DATABASE_URL": "",
        "RASA_DB_URL": "",
        SECRETS_KEY: "",
        **NO_VOICE_TOKENS,
    }
    port = ["--port", str(settings.actions_port)]
    return Program("actions", command + port, 20, f"{settings.actions_url}/health", environ)


def voice_fallback_program(settings: StackSettings) -> Program:
    """Answers telephone calls when the hotline cannot. It needs neither database nor backend."""
    command = [str(root_python(settings.root)), "-m", "backend.channels.twilio_voice.fallback_app"]
    environ = {"DATABASE_URL": "", "RASA_DB_URL": "", "YINGSHENG_SERVICE_TOKEN": "", SECRETS_KEY: ""}
    return Program(VOICE_FALLBACK, command, 5, environ=environ)


def root_python(root: Path) -> Path:
    """Interpreter of the backend's environment."""
    return root / ".venv" / "bin" / "python"


def bot_python(root: Path) -> Path:
    """Interpreter of Rasa's environment."""
    return root / "bot" / ".venv" / "bin" / "python"


def rasa_environ() -> dict[str, str]:
    """Keeps Rasa and TensorFlow quiet and from calling anybody."""
    return {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "SQLALCHEMY_WARN_20": "0",
        "SANIC_WORKERS": "1",
    }


def serving_environ() -> dict[str, str]:
    """One thread of arithmetic a process: a turn is one sentence, and all programs share the cores."""
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
