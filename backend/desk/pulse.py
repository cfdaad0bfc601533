"""Announcing what changes often: at once, and then at most once in a while for the same thing."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

import structlog

Key = TypeVar("Key", bound=Hashable)

PAUSE_SECONDS = 1.0
TICK_SECONDS = 0.05
AT_ONCE = 50

log = structlog.get_logger(__name__)


class Pulse(Generic[Key]):
    """Calls `announce` with the keys that were touched, each at most once a pause; no touch is lost."""

    def __init__(
        self, announce: Callable[[list[Key]], Awaitable[None]], pause: float = PAUSE_SECONDS
    ) -> None:
        self._announce = announce
        self._pause = pause
        self._touched: dict[Key, None] = {}
        self._last: dict[Key, float] = {}
        self._task: asyncio.Task[None] | None = None

    def touch(self, key: Key) -> None:
        """Say that something about the key is new."""
        self._touched[key] = None
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._beat())

    async def finish(self) -> None:
        """Stop; what is not announced yet will not be."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _beat(self) -> None:
        time = asyncio.get_running_loop().time
        while self._touched:
            now = time()
            self._last = {key: at for key, at in self._last.items() if at + self._pause > now}
            due = [key for key in self._touched if key not in self._last][:AT_ONCE]
            if not due:
                await asyncio.sleep(TICK_SECONDS)
                continue
            for key in due:
                del self._touched[key]
                self._last[key] = now
            try:
                await self._announce(due)
            except Exception:  # pages fetch what they miss
                log.exception("pulse.failed")
