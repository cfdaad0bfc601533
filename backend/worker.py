"""The worker on its own: `python -m backend.worker`, for installations with several backend processes."""

import asyncio
import contextlib
import signal

from backend import logs
from backend.bootstrap import build
from backend.settings import load_settings


async def run() -> None:
    """Run jobs until SIGINT or SIGTERM."""
    settings = load_settings()
    logs.configure(settings.log_format)
    parts = build(settings)
    worker = asyncio.create_task(parts.house.jobs.work())
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, worker.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await worker
    await parts.bot.close()
    await parts.house.database.close()


if __name__ == "__main__":
    asyncio.run(run())
