"""How setup and start report what they do; the CLI shows it, tests ignore it."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum


class Phase(Enum):
    """What happened to a step."""

    STARTED = "started"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class StepEvent:
    """One line of progress. `seconds` since the step started."""

    step: str
    phase: Phase
    seconds: float = 0.0


Listener = Callable[[StepEvent], None]


def silent(_event: StepEvent) -> None:
    """Shows nothing."""


class Progress:
    """Reports steps to a listener, from any thread."""

    def __init__(self, listener: Listener = silent) -> None:
        self._listener = listener
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Report the block as a step, as failed when it raises."""
        began = time.monotonic()
        self.report(StepEvent(name, Phase.STARTED))
        try:
            yield
        except BaseException:
            self.report(StepEvent(name, Phase.FAILED, time.monotonic() - began))
            raise
        self.report(StepEvent(name, Phase.DONE, time.monotonic() - began))

    def report(self, event: StepEvent) -> None:
        """Pass an event on."""
        with self._lock:
            self._listener(event)
