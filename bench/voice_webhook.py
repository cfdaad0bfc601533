"""What a caller waits for: from webhook to TwiML, with 1, 10 and 50 calls at once.

`make bench-voice-webhook`. The whole product runs; each call begins and says six things, and listening and
speaking take the caller some seconds. With `--breathless` they take none: 50 such calls are many more
telephones. With `--scripted` the bot answers at once, which leaves our part.
"""

import argparse
import asyncio
import random
import statistics
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urljoin

import httpx
from defusedxml.ElementTree import fromstring
from rich.console import Console
from rich.table import Table
from twilio.request_validator import RequestValidator

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from backend import migrations_runner
from backend.settings import Settings
from cli.phone.line import CALL_PATH
from runtime.postgres_process import temporary_postgres
from runtime.stack import running_stack
from tests.support.scripted_bot import running_bot
from tests.support.served_backend import served

AT_ONCE = (1, 10, 50)
ROUNDS = {1: 12, 10: 4, 50: 1}
SAID = (
    "喂你好我家洗衣机漏水了我要报修",
    "不知道型号",
    "去年五月在京东买的",
    "我姓王",
    "苏州市姑苏区人民路一百号",
    "不知道",
)
AIM_MILLISECONDS = 300
SPEAKING_SECONDS = (4.0, 9.0)
AT_ONCE_SPOKEN = (0.0, 0.0)
TOKEN = "token-of-the-benchmark"  # noqa: S105


async def call(
    client: httpx.AsyncClient, base: str, token: str, speaking: tuple[float, float], took: list[float]
) -> None:
    """One call; notes what each answer took, in seconds. Listening and speaking take from, to seconds."""
    dice = random.Random(len(took))
    usual = {"CallSid": f"CA{uuid.uuid4().hex}", "From": "anonymous", "To": "+864008000000"}

    async def post(address: str, given: dict[str, str]) -> str:
        url, body = urljoin(base, address), {**usual, **given}
        headers = {"X-Twilio-Signature": RequestValidator(token).compute_signature(url, body)}
        began = time.perf_counter()
        response = await client.post(url, data=body, headers=headers)
        took.append(time.perf_counter() - began)
        response.raise_for_status()
        return response.text

    document = fromstring(await post(CALL_PATH, {}))
    for words in SAID:
        await asyncio.sleep(dice.uniform(*speaking))
        gather = document.find("Gather")
        if gather is None:
            break
        document = fromstring(await post(gather.get("action"), {"SpeechResult": words, "Confidence": "0.9"}))
        while (redirect := document.find("Redirect")) is not None and document.find("Record") is None:
            document = fromstring(await post(redirect.text, {}))


async def measure(base: str, token: str, speaking: tuple[float, float]) -> dict[int, list[float]]:
    """Seconds by how many calls at once."""
    found: dict[int, list[float]] = {}
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(timeout=30, trust_env=False, limits=limits) as client:
        await call(client, base, token, AT_ONCE_SPOKEN, [])
        for many in AT_ONCE:
            took: list[float] = []
            for _ in range(ROUNDS[many]):
                await asyncio.gather(*(call(client, base, token, speaking, took) for _ in range(many)))
            found[many] = took
    return found


async def scripted(speaking: tuple[float, float]) -> dict[int, list[float]]:
    """With a bot that answers at once."""
    with temporary_postgres(["bench"]) as server:
        url = server.url("bench")
        migrations_runner.upgrade(url)
        async with running_bot() as bot:
            settings = Settings(
                database_url=url,
                bot_url=bot.url,
                service_token="benchmark-service-token",  # noqa: S106
                voice_demo_token=TOKEN,
            )
            async with served(settings) as running:
                return await measure(running.url, TOKEN, speaking)


def show(title: str, found: dict[int, list[float]]) -> None:
    """A table of percentiles."""
    table = Table("calls at once", "answers", "p50 ms", "p95 ms", "max ms", title=title)
    for many, took in found.items():
        cuts = statistics.quantiles(took, n=100)
        figures = [f"{value * 1000:.0f}" for value in (cuts[49], cuts[94], max(took))]
        table.add_row(str(many), str(len(took)), *figures)
    Console().print(table)
    Console().print(f"aim: p95 under {AIM_MILLISECONDS} ms with 10 calls")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scripted", action="store_true", help="a bot that answers at once instead of Rasa")
    parser.add_argument("--breathless", action="store_true", help="callers who neither listen nor pause")
    options = parser.parse_args()
    speaking = AT_ONCE_SPOKEN if options.breathless else SPEAKING_SECONDS
    if options.scripted:
        show("webhook to TwiML, bot answering at once", asyncio.run(scripted(speaking)))
        return
    with running_stack() as stack:
        base, token = stack.settings.backend_url, stack.voice_demo_token
        show("webhook to TwiML", asyncio.run(measure(base, token, speaking)))


if __name__ == "__main__":
    main()
