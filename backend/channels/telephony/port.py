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


@dataclass(frozen=True, slots=True)
class AgentPhone:
    """Where an agent is rung: at a number of their own (E.164), or else on the softphone of the user name."""

    username: str
    number: str | None = None


class Carrier(Protocol):
    """Carries calls."""

    name: str

    def reaches(self, phone: AgentPhone) -> bool:
        """Whether that telephone can be rung."""
        ...

    async def ring(self, phone: AgentPhone, call_id: str) -> str:
        """Ring an agent, who will be joined with the waiting caller; returns the carrier's id of that call.

        Raises:
            CarrierError: it cannot be done.
        """
        ...

    @property
    def commands_calls(self) -> bool:
        """Whether calls can be fetched and ended; else they only do what they are told when they ask."""
        ...

    async def fetch(self, call_id: str) -> None:
        """Have the caller's call ask at once what it does now, away from whatever it does.

        Raises:
            CarrierError: it cannot be done; finally if the call is over.
        """
        ...

    async def rejoin(self, ring_id: str, call_id: str) -> None:
        """Join the agent's call, which was kept up, with the waiting caller again. Errors as `fetch`."""
        ...

    async def hang_up(self, call_id: str) -> None:
        """End a call; that it is over already is fine.

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
