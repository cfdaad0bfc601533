"""Times of the set-up and of a restart, and the memory of each process.

`python bench/startup.py`: a copy of the sources in a temporary directory is set up and started with
`make run`, asked one message, stopped, started again and asked again. Package downloads come from uv's and
npm's caches if they are warm; `--cold` uses empty ones. Prints one JSON document.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil

from runtime.ports import free_ports

ROOT = Path(__file__).resolve().parent.parent
NOT_SOURCES = shutil.ignore_patterns(
    ".git",
    ".venv",
    ".uv",
    "var",
    "node_modules",
    "dist",
    "__pycache__",
    "models",
    ".rasa",
    ".hypothesis",
    ".*_cache",
)
LIMIT_SECONDS = 900
WORDS = "我上个月买的热水器漏水，打了三次电话都没人管"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cold", action="store_true", help="empty package caches")
    cold = parser.parse_args().cold
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the product is stopped, too
    home = Path(tempfile.mkdtemp(prefix="ys-bench-"))
    try:
        shutil.copytree(ROOT, home / "clone", ignore=NOT_SOURCES)
        environ = _environ(home, cold=cold)
        fresh = _run_once(home, environ)
        restart = _run_once(home, environ)
    finally:
        shutil.rmtree(home)
    result = {"load_before": os.getloadavg()[0], "cold_caches": cold, "fresh": fresh, "restart": restart}
    print(json.dumps(result, ensure_ascii=False, indent=2))


def _environ(home: Path, *, cold: bool) -> dict[str, str]:
    names = ("YINGSHENG_PORT", "YINGSHENG_BOT_PORT", "YINGSHENG_ACTIONS_PORT")
    ports = {name: str(port) for name, port in zip(names, free_ports(len(names)), strict=True)}
    environ = {name: value for name, value in os.environ.items() if not name.startswith("YINGSHENG_")}
    environ |= {"DATABASE_URL": "", "RASA_DB_URL": "", "PYTHONPATH": "", **ports}
    if cold:
        environ |= {"UV_CACHE_DIR": str(home / "uv"), "npm_config_cache": str(home / "npm")}
    return environ


def _run_once(home: Path, environ: dict[str, str]) -> dict[str, object]:
    began = time.monotonic()
    with (home / "output.log").open("wb") as output:
        run = subprocess.Popen(
            ["make", "run"],
            cwd=home / "clone",
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        answered = _first_answer(f"http://127.0.0.1:{environ['YINGSHENG_PORT']}", run, home, began)
        memory = _memory(run.pid)
    finally:
        os.killpg(run.pid, signal.SIGINT)
        stopping = time.monotonic()
        run.wait(LIMIT_SECONDS)
    times = {
        "first_answer_seconds": round(answered, 1),
        "stop_seconds": round(time.monotonic() - stopping, 1),
    }
    return {**times, "memory_mb": memory, "memory_sum_mb": sum(memory.values())}


def _first_answer(url: str, run: subprocess.Popen[bytes], home: Path, began: float) -> float:
    """Seconds until the bot itself, not the fallback, has answered a customer's message."""
    while time.monotonic() - began < LIMIT_SECONDS:
        if run.poll() is not None:
            raise SystemExit((home / "output.log").read_text(encoding="utf-8"))
        try:
            ready = httpx.get(f"{url}/readyz", timeout=2).json()
        except (httpx.HTTPError, ValueError):
            ready = {}
        if ready.get("database") and ready.get("bot") and _ask(url):
            return time.monotonic() - began
        time.sleep(0.2)
    raise SystemExit("no answer")


def _ask(url: str) -> bool:
    with httpx.Client(base_url=url, timeout=15) as client:
        opened = client.post("/api/v1/webchat/conversations", json={}).json()
        answer = client.post(
            f"/api/v1/webchat/conversations/{opened['conversation_id']}/messages",
            json={"client_message_id": "1", "text": WORDS, "wait": True},
            headers={"Authorization": f"Bearer {opened['token']}"},
        ).json()
    return bool(answer["replies"])


def _memory(pid: int) -> dict[str, int]:
    """Proportional memory in MB by program, so that pages shared by PostgreSQL's processes count once."""
    found: dict[str, int] = {}
    for process in psutil.Process(pid).children(recursive=True):
        command = " ".join(process.cmdline())
        marks = {
            "postgres": "postgres",
            "uvicorn": "backend",
            "rasa_process": "bot",
            "rasa_sdk": "actions",
            "supervisord": "supervisord",
        }
        name = next((name for mark, name in marks.items() if mark in command), "up")
        found[name] = found.get(name, 0) + process.memory_full_info().pss
    return {name: size // (1024 * 1024) for name, size in found.items()}


if __name__ == "__main__":
    main()
