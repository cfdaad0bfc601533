"""What a channel is to the rest of the house."""

from typing import Protocol

from backend.conversations.models import Message


class DeliveryError(Exception):
    """A message could not be handed over. `final` means that trying again is useless."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class PushChannel(Protocol):
    """A channel whose vendor must be handed each message (WeChat, text messages).

    Web chat is none: its pages fetch what they miss by `seq`, so what is stored is delivered.
    """

    name: str

    async def send(self, address: str, message: Message) -> str | None:
        """Hand a message to the vendor; returns the vendor's id for it, if it has one.

        Raises:
            DeliveryError: it was not accepted.
        """
        ...
