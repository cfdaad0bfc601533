"""Where things lie and which ports and databases are used; read from the environment."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from runtime.problems import StackProblem

PROJECT_ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ("postgres", "backend", "bot", "actions")
TRACKER_SCHEMA = "rasa"
HIGHEST_PORT = 65535
# sun_path holds 104 bytes on macOS and 108 on Linux; the longest name put below is ".s.PGSQL.5432.lock".
MAX_SOCKET_DIRECTORY = 104 - len("/.s.PGSQL.5432.lock") - 1


@dataclass(frozen=True)
class StackSettings:
    """One running copy of the product. `programs` are the processes that it starts."""

    var_dir: Path
    models_dir: Path
    database_url: str
    rasa_database_url: str
    host: str
    backend_port: int
    bot_port: int
    actions_port: int
    start_timeout: float
    programs: tuple[str, ...] = PROGRAMS
    environ: Mapping[str, str] = field(default_factory=dict)
    root: Path = PROJECT_ROOT
    durable: bool = True

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded one."""
        return not self.database_url

    @property
    def log_dir(self) -> Path:
        """Logs of all processes and setup steps."""
        return self.var_dir / "log"

    @property
    def run_dir(self) -> Path:
        """Generated configuration, locks; private to the owner."""
        return self.var_dir / "run"

    @property
    def identity(self) -> str:
        """Marks the processes of this copy in their environment, so that leftovers are found."""
        return hashlib.sha256(str(self.var_dir).encode()).hexdigest()[:16]

    @property
    def socket_dir(self) -> Path:
        """Where Unix sockets are: under `var`, or in a private temporary place if that path is too long."""
        usual = self.run_dir / "pg"
        if len(os.fsencode(usual)) <= MAX_SOCKET_DIRECTORY:
            return usual
        return Path(tempfile.gettempdir()) / f"yingsheng-{self.identity}" / "pg"

    @property
    def backend_url(self) -> str:
        """Base address of the backend as seen from this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{host}:{self.backend_port}"

    @property
    def bot_url(self) -> str:
        """Base address of Rasa."""
        return f"http://127.0.0.1:{self.bot_port}"

    @property
    def actions_url(self) -> str:
        """Base address of the action server."""
        return f"http://127.0.0.1:{self.actions_port}"


def load_settings(environ: Mapping[str, str] | None = None) -> StackSettings:
    """Read the settings from the environment.

    Raises:
        StackProblem: a value cannot be understood.
    """
    env = dict(os.environ if environ is None else environ)
    database_url = env.get("DATABASE_URL", "").strip()
    return StackSettings(
        var_dir=_path(env, "YINGSHENG_VAR_DIR", "var"),
        models_dir=_path(env, "YINGSHENG_MODELS_DIR", "var/models"),
        database_url=database_url,
        rasa_database_url=env.get("RASA_DB_URL", "").strip() or tracker_url(database_url),
        host=env.get("YINGSHENG_HOST", "").strip() or "127.0.0.1",
        backend_port=_number(env, "YINGSHENG_PORT", 8000),
        bot_port=_number(env, "YINGSHENG_BOT_PORT", 5005),
        actions_port=_number(env, "YINGSHENG_ACTIONS_PORT", 5055),
        start_timeout=_number(env, "YINGSHENG_START_TIMEOUT", 180),
        environ=env,
    )


def tracker_url(database_url: str) -> str:
    """Rasa's trackers beside an external database: same server and database, in a schema of their own."""
    if not database_url:
        return ""
    parts = urlsplit(database_url)
    query = [*parse_qsl(parts.query), ("options", f"-csearch_path={TRACKER_SCHEMA}")]
    return urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(query), ""))


def _path(env: Mapping[str, str], name: str, default: str) -> Path:
    return (PROJECT_ROOT / Path(env.get(name, "").strip() or default).expanduser()).resolve()


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, "").strip()
    if text and not (text.isdecimal() and 0 < int(text) <= HIGHEST_PORT):
        raise StackProblem("bad_number", name=name, value=text)
    return int(text) if text else default
