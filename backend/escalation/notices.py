"""The port over which people are told: what a notice is, and what a transport does with it."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from backend.policy.escalation import Target


class NoticeError(Exception):
    """A notice was not accepted. `final` means that trying again is useless."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


@dataclass(frozen=True, slots=True)
class Message:
    """What people are told, of a ticket or of something else. `urgent` asks for attention where it can."""

    id: UUID
    ticket_number: str | None
    title: str
    text: str
    urgent: bool = False


class NoticeSender(Protocol):
    """A transport: desk, e-mail, a group robot, or the log."""

    name: str

    async def send(self, target: Target, message: Message) -> None:
        """Hand the notice over.

        Raises:
            NoticeError: it was not accepted.
        """
        ...
