"""What a carrier is to the rest of the house.

An adapter verifies and parses what its carrier sends, calls `Calls` and renders the plan it gets. What the
house does on its own accord during a call goes through this port, so that a SIP gateway can stand beside it.
"""

from dataclasses import dataclass
from typing import Protocol


class CarrierError(Exception):
    """The carrier did not do it. `final`: trying again is useless."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call comes in. `caller` and `called` as the carrier writes them."""

    call_id: str
    caller: str
    called: str


class Carrier(Protocol):
    """Carries calls."""

    name: str

    @property
    def rings_agents(self) -> bool:
        """Whether agents have telephones (or softphones) that can be rung."""
        ...

    async def ring(self, agent: str, call_id: str) -> str:
        """Ring an agent, who will be joined with the waiting caller; returns the carrier's id of that call.

        Raises:
            CarrierError: it cannot be done.
        """
        ...

    async def fetch_recording(self, url: str) -> bytes:
        """The sound of a recording.

        Raises:
            CarrierError: it could not be had.
        """
        ...

    async def delete_recording(self, recording_id: str) -> None:
        """Have the carrier delete its copy; that there is none is fine.

        Raises:
            CarrierError: it did not.
        """
        ...
