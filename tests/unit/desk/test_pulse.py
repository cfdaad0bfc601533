"""What changes often is announced at once, then at most once a pause, and never forgotten."""

import asyncio
from collections import Counter
from collections.abc import Callable

from backend.desk.pulse import AT_ONCE, Pulse

PAUSE = 0.2
LONG = 3600.0  # so that a slow machine cannot outlast it


class Heard:
    def __init__(self) -> None:
        self.keys: list[object] = []
        self.fails = 0

    async def __call__(self, keys: list[object]) -> None:
        self.keys += keys
        if self.fails:
            self.fails -= 1
            raise ConnectionError("no browser")


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not done():
            await asyncio.sleep(0.01)


async def test_the_first_touch_is_announced_at_once_and_none_within_the_pause():
    heard = Heard()
    pulse: Pulse[str] = Pulse(heard, LONG)
    pulse.touch("a")
    await until(lambda: heard.keys == ["a"])
    for _ in range(10):
        pulse.touch("a")
    await asyncio.sleep(PAUSE)
    assert heard.keys == ["a"]
    await pulse.finish()


async def test_many_touches_within_the_pause_are_announced_once_after_it():
    heard = Heard()
    pulse: Pulse[str] = Pulse(heard, PAUSE)
    for _ in range(10):
        pulse.touch("a")
    await until(lambda: heard.keys == ["a"])
    for _ in range(10):
        pulse.touch("a")
    await until(lambda: len(heard.keys) > 1)
    await asyncio.sleep(PAUSE * 1.5)
    assert heard.keys == ["a", "a"]


async def test_one_key_does_not_wait_for_another():
    heard = Heard()
    pulse: Pulse[str] = Pulse(heard, LONG)
    pulse.touch("a")
    await until(lambda: heard.keys == ["a"])
    pulse.touch("a")
    await asyncio.sleep(0.01)
    pulse.touch("b")
    await until(lambda: heard.keys == ["a", "b"])
    await pulse.finish()


async def test_many_keys_are_announced_in_parts_and_each_once():
    heard = Heard()
    pulse: Pulse[int] = Pulse(heard, PAUSE)
    for key in range(AT_ONCE * 2 + 1):
        pulse.touch(key)
    await until(lambda: len(heard.keys) > AT_ONCE * 2)
    await asyncio.sleep(PAUSE)
    assert Counter(heard.keys) == Counter(range(AT_ONCE * 2 + 1))


async def test_after_a_failure_the_next_touch_is_announced():
    heard = Heard()
    heard.fails = 1
    pulse: Pulse[str] = Pulse(heard, PAUSE)
    pulse.touch("a")
    await until(lambda: heard.keys == ["a"])
    pulse.touch("a")
    await until(lambda: len(heard.keys) > 1)
    assert heard.keys == ["a", "a"]
