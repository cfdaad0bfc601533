"""Telling the customer of a result, through the channel they wrote in (R3b-26)."""

from uuid import UUID

from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Sender
from backend.errors import IllegalStepError
from backend.tickets import cases
from backend.tickets.commands import Command, NotifyCustomer, Reject
from backend.tickets.kinds import Notice
from backend.unit_of_work import UnitOfWork

VOICE_CHANNELS = frozenset({"phone"})
"""Channels in which nothing can be read; what must be written goes there as a letter, by hand."""

TEXT_CHANNEL = "text_channel"


async def sent(uow: UnitOfWork, number: str, command: Command) -> UUID | None:
    """The message that tells the customer, stored and on its way if this unit of work commits.

    It is stored before the ticket is locked, since conversations are always locked before tickets. Nothing is
    sent for a phone call, or when the step will be refused for want of a text.

    Raises:
        NotFoundError: there is no such ticket.
        IllegalStepError: the customer has no channel that could be read.
    """
    if not isinstance(command, NotifyCustomer | Reject) or command.text is None:
        return None
    ticket = await cases.get(uow, number)
    if ticket.channel in VOICE_CHANNELS:
        if command.how is Notice.CHANNEL:
            raise IllegalStepError(f"{ticket.channel} carries no text", (TEXT_CHANNEL,))
        return None
    if command.how in {None, Notice.PHONE}:
        return None
    said = [Utterance(command.text, Sender.AGENT)]
    (message,) = await hub.store_utterances(uow, ticket.conversation_id, said)
    return message.id
