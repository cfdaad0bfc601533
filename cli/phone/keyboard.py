"""Lines of a terminal, a pipe or a file, waited for as long as one likes."""

import os
import select
import time

MOST_BYTES = 4_096


class Keyboard:
    """Reads a file descriptor by itself: what another reader has already buffered is not seen."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._read = b""
        self._ended = False

    def line(self, seconds: float | None = None) -> str | None:
        """The next line without its end; nothing, if none is complete within `seconds`.

        Raises:
            EOFError: there are no more.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self._read and not self._ended:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not select.select([self._descriptor], [], [], left)[0]:
                return None
            got = os.read(self._descriptor, MOST_BYTES)
            self._read += got
            self._ended = not got
        if not self._read:
            raise EOFError
        line, _, self._read = self._read.partition(b"\n")
        return line.decode(errors="replace").strip()
