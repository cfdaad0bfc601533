"""A scripted bot in a thread of its own, for tests whose own thread has no room for another event loop."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator

from tests.support.scripted_bot import ScriptedBot


@contextlib.contextmanager
def bot_in_thread(port: int) -> Iterator[ScriptedBot]:
    """Answers at the port until the end of the block."""
    bot = ScriptedBot()
    bot.port = port
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(bot.start(), loop).result(10)
    try:
        yield bot
    finally:
        asyncio.run_coroutine_threadsafe(bot.stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
