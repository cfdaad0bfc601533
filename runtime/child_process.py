"""Programs that the setup runs to their end: output in a log, and nothing left behind when interrupted."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from runtime.problems import StackProblem

GRACE_SECONDS = 5.0
Command = Sequence[str] | Sequence[Path] | Sequence[str | Path]


class ChildProcesses:
    """The programs that run at the moment, from any thread, each in a process group of its own."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopping = False

    def run(self, step: str, command: Command, log: Path, environ: Mapping[str, str], cwd: Path) -> None:
        """Run a program to its end.

        Raises:
            StackProblem: it failed, or all programs are being stopped. Its code is `step_failed`.
        """
        log.parent.mkdir(parents=True, exist_ok=True)
        with self._started(command, log, environ, cwd) as process:
            status = process.wait()
        if status != 0:
            raise StackProblem("step_failed", log=log, step=step, status=status)

    def stop_all(self) -> None:
        """End all programs, with their children; none starts any more."""
        with self._lock:
            self._stopping = True
            running = list(self._running)
        for process in running:
            end_group(process)

    @contextlib.contextmanager
    def _started(
        self, command: Command, log: Path, environ: Mapping[str, str], cwd: Path
    ) -> Iterator[subprocess.Popen[bytes]]:
        with log.open("wb") as output, self._lock:
            if self._stopping:
                raise StackProblem("interrupted")
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self._running.add(process)
        try:
            yield process
        finally:
            end_group(process)
            with self._lock:
                self._running.discard(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a program that leads its process group, politely first, then by force."""
    if process.poll() is None:
        _signal_group(process, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
    _signal_group(process, signal.SIGKILL)
    process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
