"""What a turn takes over the web-chat API, and with the model asked directly; memory of each process.

Both are asked the same sentences in turn in one run, so that a noisy machine is noisy for both. The direct
one is Rasa's REST channel with its trackers in the same PostgreSQL. `make bench-turns`.
"""

import statistics
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from runtime.leftovers import marked_processes
from runtime.stack import Stack, running_stack

CONVERSATIONS = 40
WARM_UP = 5
SCRIPT = (
    "我上个月买的热水器漏水，打了三次电话都没人管",
    "在京东买的",
    "退货",
    "我姓王",
    "13812345678",
    "谢谢",
)
MEBIBYTE = 1024 * 1024


def percentile(values: list[float], share: int) -> float:
    """The share-th percentile in milliseconds."""
    return statistics.quantiles(values, n=100)[share - 1] * 1000


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def web_chat(http: httpx.Client) -> Callable[[str], object]:
    """A conversation over our API."""
    opened = http.post("/api/v1/webchat/conversations", json={}).raise_for_status().json()
    path = f"/api/v1/webchat/conversations/{opened['conversation_id']}/messages"
    headers = {"Authorization": f"Bearer {opened['token']}"}

    def say(text: str) -> object:
        body = {"client_message_id": uuid.uuid4().hex, "text": text, "wait": True}
        turn = http.post(path, json=body, headers=headers).raise_for_status().json()
        assert turn["replies"][0]["sender"] == "bot", turn
        return turn

    return say


def bare_rasa(http: httpx.Client) -> Callable[[str], object]:
    """A conversation with the model itself."""
    sender = uuid.uuid4().hex

    def say(text: str) -> object:
        replies = http.post(
            "/webhooks/rest/webhook", json={"sender": sender, "message": text}
        ).raise_for_status()
        assert replies.json(), text
        return replies

    return say


def measure(stack: Stack) -> dict[str, list[float]]:
    """Seconds a turn by way, the two ways asked in turn."""
    seconds: dict[str, list[float]] = {"bare Rasa": [], "web-chat API": []}
    settings = stack.settings
    with (
        httpx.Client(base_url=settings.backend_url, timeout=20, trust_env=False) as ours,
        httpx.Client(base_url=settings.bot_url, timeout=20, trust_env=False) as rasa,
    ):
        for count in range(WARM_UP + CONVERSATIONS):
            ways = {"bare Rasa": bare_rasa(rasa), "web-chat API": web_chat(ours)}
            for text in SCRIPT:
                for way, say in ways.items():
                    took = timed(lambda say=say, text=text: say(text))
                    if count >= WARM_UP:
                        seconds[way].append(took)
    return seconds


def report_turns(console: Console, seconds: dict[str, list[float]]) -> None:
    """Percentiles, and the ratio of the two ways."""
    table = Table("way", "turns", "p50 ms", "p95 ms", title="A turn")
    for way, values in seconds.items():
        table.add_row(way, str(len(values)), f"{percentile(values, 50):.0f}", f"{percentile(values, 95):.0f}")
    console.print(table)
    bare, ours = seconds.values()
    for share in (50, 95):
        console.print(f"ratio of p{share}: {percentile(ours, share) / percentile(bare, share):.2f}")


def report_memory(console: Console, stack: Stack) -> None:
    """Proportional set size of every process of the product."""
    table = Table("process", "pid", "PSS MiB", title="Memory")
    total = 0.0
    for process in sorted(marked_processes(stack.settings.identity), key=lambda process: process.pid):
        try:
            pss = process.memory_full_info().pss / MEBIBYTE
            line = " ".join(process.cmdline())[-60:]
        except psutil.NoSuchProcess:
            continue
        total += pss
        table.add_row(line, str(process.pid), f"{pss:.0f}")
    console.print(table)
    console.print(f"all processes: {total:.0f} MiB")


def main() -> None:
    """Start a copy of the product, measure, stop it."""
    console = Console()
    with running_stack() as stack:
        report_turns(console, measure(stack))
        report_memory(console, stack)


if __name__ == "__main__":
    main()
