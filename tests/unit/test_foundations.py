"""Clock, settings, database addresses, events: what every feature stands on."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from pydantic import ValidationError
from sqlalchemy.engine import make_url
from starlette.exceptions import HTTPException

from backend.clock import SHANGHAI, FixedClock, SystemClock
from backend.db import libpq_url, sqlalchemy_url
from backend.middleware import BodyLimit
from backend.settings import PROJECT_ROOT, load_settings
from backend.unit_of_work import Event, EventBus

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
TOKEN = "0123456789abcdef"


def test_clocks_know_their_zone():
    assert SystemClock().now().utcoffset() == timedelta(0)
    assert NOON.astimezone(SHANGHAI).hour == 12
    with pytest.raises(ValueError, match="zone"):
        FixedClock(datetime(2026, 11, 23))  # noqa: DTZ001
    clock = FixedClock(NOON)
    clock.set(NOON + timedelta(hours=1))
    assert clock.now() == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://someone:p%40ss%2Fw%3Ard@db.internal:5433/ys",
        "postgresql://postgres@/ys?host=/var/run/pg",
        "postgres+psycopg2://someone@db/ys".replace("postgres+", "postgresql+"),
        "postgresql+psycopg://someone:x@db/ys?sslmode=require&application_name=ys",
    ],
)
def test_one_database_address_serves_both_drivers(url: str):
    given, for_sqlalchemy = make_url(url), make_url(sqlalchemy_url(url))
    assert for_sqlalchemy.drivername == "postgresql+psycopg"
    assert for_sqlalchemy.set(drivername="x") == given.set(drivername="x")
    parameters = psycopg.conninfo.conninfo_to_dict(libpq_url(url))
    assert parameters.get("password") == given.password
    assert parameters["dbname"] == "ys"
    assert parameters.get("user") == given.username
    assert parameters.get("host") == (given.host or given.query.get("host"))


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    for name, value in {
        "DATABASE_URL": "postgresql://db/ys",
        "REDIS_URL": "redis://r/0",
        "YINGSHENG_SERVICE_TOKEN": TOKEN,
        "YINGSHENG_WORKER": "outside",
        "YINGSHENG_BOT_TIMEOUT_SECONDS": "2.5",
        "YINGSHENG_ROOT": "/srv/ys",
    }.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert (settings.database_url, settings.redis_url) == ("postgresql://db/ys", "redis://r/0")
    assert (settings.worker, settings.bot_timeout_seconds) == ("outside", 2.5)
    assert str(settings.wording_file) == "/srv/ys/domain/_system.yml"


def test_defaults_keep_what_was_promised(monkeypatch: pytest.MonkeyPatch):
    """8 s for the bot and 10 s for `wait: true`, everything from the project's own directory."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/ys")
    monkeypatch.setenv("YINGSHENG_SERVICE_TOKEN", TOKEN)
    for name in ("REDIS_URL", "YINGSHENG_WORKER", "YINGSHENG_BOT_TIMEOUT_SECONDS", "YINGSHENG_ROOT"):
        monkeypatch.delenv(name, raising=False)
    settings = load_settings()
    assert (settings.bot_timeout_seconds, settings.wait_limit_seconds) == (8.0, 10.0)
    assert (settings.redis_url, settings.worker, settings.root) == ("", "inside", PROJECT_ROOT)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", None),
        ("YINGSHENG_SERVICE_TOKEN", None),
        ("YINGSHENG_SERVICE_TOKEN", "short"),
        ("YINGSHENG_WORKER", "somewhere"),
        ("YINGSHENG_BOT_TIMEOUT_SECONDS", "0"),
        ("YINGSHENG_POOL_SIZE", "-1"),
        ("YINGSHENG_LOG_FORMAT", "xml"),
        ("YINGSHENG_VOICE_MODE", "relay"),  # without a public address
    ],
)
def test_wrong_settings_stop_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str | None):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/ys")
    monkeypatch.setenv("YINGSHENG_SERVICE_TOKEN", TOKEN)
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        load_settings()


@dataclass(frozen=True, slots=True)
class Happened(Event):
    what: str


@dataclass(frozen=True, slots=True)
class Other(Event):
    what: str


async def test_an_announcement_that_fails_does_not_silence_the_others():
    bus, heard = EventBus(), []

    async def broken(_event: Happened) -> None:
        raise RuntimeError("no line")

    async def listening(event: Happened) -> None:
        heard.append(event.what)

    bus.after_commit(Happened, broken)
    bus.after_commit(Happened, listening)
    await bus.run_after(Happened("漏水"))
    await bus.run_after(Other("别的"))
    assert heard == ["漏水"]


async def test_a_subscriber_inside_the_transaction_undoes_it_by_failing():
    bus = EventBus()

    async def broken(_uow: object, _event: Happened) -> None:
        raise RuntimeError("cannot")

    bus.inside(Happened, broken)
    with pytest.raises(RuntimeError, match="cannot"):
        await bus.run_inside(None, Happened("漏水"))  # type: ignore[arg-type]


async def _read_all(scope: dict, *chunks: bytes, limit: int) -> int:
    """How many bytes an application gets to read behind the limit."""
    waiting, read = list(chunks), 0

    async def receive() -> dict:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def application(_scope, receive, _send) -> None:
        nonlocal read
        more = True
        while more:
            message = await receive()
            read, more = read + len(message["body"]), message["more_body"]

    await BodyLimit(application, limit, {})({"type": "http", "headers": []} | scope, receive, None)  # type: ignore[arg-type]
    return read


async def test_a_body_up_to_the_limit_is_read():
    assert await _read_all({}, b"x" * 60, b"x" * 40, limit=100) == 100


@pytest.mark.parametrize(
    ("headers", "chunks"),
    [
        ([], [b"x" * 60, b"x" * 41]),
        ([(b"content-length", b"5")], [b"x" * 101]),
        ([(b"content-length", b"101")], [b""]),
    ],
)
async def test_a_body_over_the_limit_is_refused_announced_or_not(headers: list, chunks: list[bytes]):
    with pytest.raises(HTTPException) as refused:
        await _read_all({"headers": headers}, *chunks, limit=100)
    assert refused.value.status_code == 413


PROGRAM = """
import logging, sys, structlog
from backend import logs
logs.configure(sys.argv[1])
def fail(password):
    raise ValueError("漏水")
structlog.contextvars.bind_contextvars(conversation_id="c-1")
try:
    fail("Correct-horse-7")
except ValueError:
    structlog.get_logger("ours").exception("turn.failed", ticket="26112300011")
    logging.getLogger("theirs").exception("library failed")
"""


def _logged(log_format: str) -> str:
    command = [sys.executable, "-c", PROGRAM, log_format]
    return subprocess.run(command, cwd=PROJECT_ROOT, check=True, capture_output=True, text=True).stdout


def test_a_log_line_is_one_json_object_with_what_it_is_about():
    ours, theirs = map(json.loads, _logged("json").splitlines())
    assert (ours["event"], ours["ticket"], ours["conversation_id"]) == ("turn.failed", "26112300011", "c-1")
    assert (theirs["event"], theirs["conversation_id"]) == ("library failed", "c-1")
    for line in (ours, theirs):
        assert line["level"] == "error"
        assert datetime.fromisoformat(line["timestamp"]).utcoffset() == timedelta(0)
        assert "ValueError" in str(line)
        assert "漏水" in str(line)


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_traceback_in_the_log_shows_no_values_of_variables(log_format: str):
    """They are what customers wrote, telephone numbers, passwords."""
    text = _logged(log_format).replace('fail("Correct-horse-7")', "")
    assert "ValueError" in text
    assert "Correct-horse-7" not in text
