"""Ctrl-C, SIGTERM and SIGHUP: the first stops everything in order, the second by force."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType


class StopRequested(BaseException):  # like KeyboardInterrupt: not an error, and not to be swallowed
    """Somebody wants everything to stop."""


class StopSignals:
    """What was asked for so far."""

    def __init__(self) -> None:
        self.requested = False
        self.interrupted = False
        self.forced = False

    def receive(self, _number: int, _frame: FrameType | None) -> None:
        """Interrupts the main thread at the first signal only, so that stopping is not interrupted itself."""
        if self.requested:
            self.forced = True
            return
        self.requested = self.interrupted = True
        raise StopRequested

    def stopping(self) -> None:
        """From now on a signal no longer interrupts; it means force."""
        self.requested = True


@contextlib.contextmanager
def stop_signals() -> Iterator[StopSignals]:
    """Handle the stop signals inside the block. A hang-up that is ignored (nohup) stays ignored.

    An ignored Ctrl-C does not: shells ignore it for what they start in the background.
    """
    signals = StopSignals()
    handled = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        handled.append(signal.SIGHUP)
    former = {number: signal.signal(number, signals.receive) for number in handled}
    try:
        yield signals
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
