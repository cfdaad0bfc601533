"""Talks to supervisord over its private Unix socket."""

import http.client
import xmlrpc.client
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supervisor.xmlrpc import Faults, SupervisorTransport

UNREACHABLE = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class ProgramState:
    """What supervisord knows of one program. `pid` is 0 when it does not run; times are Unix seconds."""

    name: str
    state: str
    pid: int
    started_at: int
    exit_status: int
    problem: str


class Supervisor:
    """A running supervisord. Every call raises OSError when it cannot be reached."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket

    @property
    def _rpc(self) -> Any:
        """Connected anew for each call: a connection that failed once could not be used again."""
        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        # The address is never used: the transport goes to the socket.
        return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport).supervisor

    def answers(self) -> bool:
        """Whether supervisord is there."""
        try:
            self._rpc.getState()
        except UNREACHABLE:
            return False
        return True

    def states(self) -> dict[str, ProgramState]:
        """All programs by name."""
        return {
            info["name"]: ProgramState(
                info["name"],
                info["statename"],
                info["pid"],
                info["start"],
                info["exitstatus"],
                info["spawnerr"],
            )
            for info in self._rpc.getAllProcessInfo()
        }

    def start(self, program: str) -> None:
        """Start a program and do not wait for it; harmless when it runs."""
        self._tolerate(Faults.ALREADY_STARTED, self._rpc.startProcess, program, False)

    def stop(self, program: str) -> None:
        """Stop a program and wait until it has ended; harmless when it does not run."""
        self._tolerate(Faults.NOT_RUNNING, self._rpc.stopProcess, program, True)

    def shut_down(self) -> None:
        """Stop all programs, then supervisord itself. Returns at once."""
        self._rpc.shutdown()

    @staticmethod
    def _tolerate(fault: int, call: Any, program: str, wait: bool) -> None:
        try:
            call(program, wait)
        except xmlrpc.client.Fault as error:
            if error.faultCode != fault:
                raise
