"""Starts, watches and stops a set of programs under a supervisord of their own."""

import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Iterable, Iterator, Mapping

import httpx
import psutil

from runtime.leftovers import MARKER, end_processes, marked_processes
from runtime.problems import StackProblem
from runtime.programs import Program
from runtime.progress import Phase, Progress, StepEvent
from runtime.settings import StackSettings
from runtime.supervisor_config import control_socket, write_config
from runtime.supervisor_control import ProgramState, Supervisor

CONTROL_SECONDS = 10.0
SHUTDOWN_SECONDS = 60.0
POLL_SECONDS = 0.2
WATCH_SECONDS = 1.0
# One restart may be bad luck while everything comes up at once; the second is a fault to show.
EXITS_BEFORE_GIVING_UP = 2
READY_TIMEOUT = httpx.Timeout(2.0)


class SupervisedPrograms:
    """Programs of one copy of the product. Ended, all of them, by `stop()` or with this process."""

    def __init__(
        self, settings: StackSettings, programs: Iterable[Program], environ: Mapping[str, str]
    ) -> None:
        self.programs = {program.name: program for program in programs}
        self._settings = settings
        self._environ = {**environ, MARKER: settings.identity}
        self._daemon: subprocess.Popen[bytes] | None = None
        self._seen: dict[str, set[int]] = {name: set() for name in self.programs}
        self.supervisor = Supervisor(control_socket(settings))

    def launch(self) -> None:
        """Start supervisord, with no program running yet.

        Raises:
            StackProblem: it does not answer.
        """
        settings = self._settings
        settings.log_dir.mkdir(parents=True, exist_ok=True)
        control_socket(settings).parent.mkdir(parents=True, exist_ok=True)
        config = write_config(settings, self.programs.values())
        log = settings.log_dir / "supervisord-start.log"
        command = [sys.executable, "-m", "runtime.supervisord_entry", str(psutil.Process().pid)]
        with log.open("wb") as output:
            self._daemon = subprocess.Popen(
                [*command, "-c", str(config)],
                cwd=settings.root,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + CONTROL_SECONDS
        while not self.supervisor.answers():
            if time.monotonic() > deadline or not self.alive():
                raise StackProblem("program_failed", log=log, program="supervisord")
            time.sleep(POLL_SECONDS / 8)

    def alive(self) -> bool:
        """Whether supervisord runs."""
        return self._daemon is not None and self._daemon.poll() is None

    def start(self, name: str) -> None:
        """Start one program; harmless when it runs.

        Raises:
            StackProblem: its file is missing or cannot be executed.
        """
        try:
            self.supervisor.start(name)
        except xmlrpc.client.Fault:
            log = self._settings.log_dir / "supervisord.log"
            raise StackProblem("program_failed", log=log, program=name) from None

    def stop_program(self, name: str) -> None:
        """Stop one program and keep it stopped until `start`."""
        self.supervisor.stop(name)
        self._seen[name].clear()

    def running(self, name: str) -> bool:
        """Whether the program has a process."""
        return self.alive() and self.supervisor.states()[name].pid != 0

    def wait_ready(self, names: Iterable[str], seconds: float, progress: Progress | None = None) -> None:
        """Wait until the programs answer.

        Raises:
            StackProblem: one keeps failing, or does not answer in time; it carries the program's log.
        """
        progress = progress or Progress()
        began = time.monotonic()
        waiting = [self.programs[name] for name in names]
        for program in waiting:
            progress.report(StepEvent(program.name, Phase.STARTED))
        with httpx.Client(timeout=READY_TIMEOUT, trust_env=False) as client:
            while waiting:
                self._check_failures(waiting, began, seconds, progress)
                for program in [each for each in waiting if _answers(client, each)]:
                    waiting.remove(program)
                    progress.report(StepEvent(program.name, Phase.DONE, time.monotonic() - began))
                time.sleep(POLL_SECONDS)

    def restarts(self) -> Iterator[ProgramState]:
        """Yields every program that was restarted, as it happens; ends when supervisord does."""
        known = {name: state.pid for name, state in self.supervisor.states().items()}
        while self.alive():
            time.sleep(WATCH_SECONDS)
            try:
                states = self.supervisor.states()
            except OSError:
                continue
            for name, state in states.items():
                if state.pid and state.pid != known[name]:
                    known[name] = state.pid
                    yield state

    def stop(self) -> None:
        """Stop everything, in order, and wait for it."""
        if self._daemon is None:
            return
        if self.alive():
            self._daemon.terminate()
        deadline = time.monotonic() + SHUTDOWN_SECONDS
        while self.alive() and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS / 8)
        self.kill()

    def kill(self) -> None:
        """End whatever still runs, at once."""
        if self._daemon is not None:
            if self.alive():
                self._daemon.kill()
            self._daemon.wait()
        end_processes(marked_processes(self._settings.identity), grace=1.0)
        control_socket(self._settings).unlink(missing_ok=True)

    def _check_failures(
        self, waiting: list[Program], began: float, seconds: float, progress: Progress
    ) -> None:
        late = time.monotonic() - began > seconds
        states = self.supervisor.states() if self.alive() else {}
        for program in waiting:
            state = states.get(program.name)
            if state is not None and state.pid:
                self._seen[program.name].add(state.pid)
            hopeless = state is None or state.state == "FATAL" or state.problem != ""
            failing = len(self._seen[program.name]) > EXITS_BEFORE_GIVING_UP
            if hopeless or failing or late:
                progress.report(StepEvent(program.name, Phase.FAILED, time.monotonic() - began))
                code = "program_late" if late else "program_failed"
                log = self._settings.log_dir / f"{program.name}.log"
                raise StackProblem(code, log=log, program=program.name, seconds=int(seconds))


def _answers(client: httpx.Client, program: Program) -> bool:
    if program.ready_url is None:
        return True
    try:
        answer = client.get(program.ready_url)
    except httpx.HTTPError:
        return False
    return answer.status_code == httpx.codes.OK
