"""What a channel is to the rest of the house."""

from datetime import timedelta
from typing import Protocol

from backend.conversations.models import Message
from backend.unit_of_work import UnitOfWork


class DeliveryError(Exception):
    """A message could not be handed over. `final` means that trying again is useless.

    `reason_code` says why in one word, for which `domain/_system.yml` has advice (`delivery_<reason_code>`).
    """

    def __init__(self, reason: str, *, final: bool = False, reason_code: str | None = None) -> None:
        super().__init__(reason)
        self.final = final
        self.reason_code = reason_code


class NotYetError(Exception):
    """A message may be on its way otherwise at this moment: ask again a little later. No failed attempt."""


class PushChannel(Protocol):
    """A channel whose vendor must be handed each message (WeChat, text messages).

    Web chat is none: its pages fetch what they miss by `seq`, so what is stored is delivered.
    """

    name: str

    async def hold(self, uow: UnitOfWork, message: Message) -> timedelta:
        """How long the outbox keeps a message back, since the channel may say it by another way meanwhile."""
        ...

    async def send(self, address: str, message: Message) -> str | None:
        """Hand a message to the vendor; returns the vendor's id for it, if it has one.

        Raises:
            DeliveryError: it was not accepted.
            NotYetError: it may be on its way otherwise.
        """
        ...
