"""The inbox: a message that was acknowledged is stored, once, together with the job that answers it."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from backend.channels.models import InboxEntry
from backend.conversations import hub, turns
from backend.conversations.models import Message
from backend.conversations.schemas import Attachment
from backend.unit_of_work import UnitOfWork


async def accept(  # noqa: PLR0913  # all by name
    uow: UnitOfWork,
    *,
    channel: str,
    external_id: str,
    conversation_id: UUID,
    text: str,
    client_message_id: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> Message:
    """Store a customer's message, or find the one that the same delivery stored before.

    Raises:
        NotFoundError: there is no such conversation.
    """
    message, _ = await accept_once(
        uow,
        channel=channel,
        external_id=external_id,
        conversation_id=conversation_id,
        text=text,
        client_message_id=client_message_id,
        attachments=attachments,
    )
    return message


async def accept_once(  # noqa: PLR0913  # all by name
    uow: UnitOfWork,
    *,
    channel: str,
    external_id: str,
    conversation_id: UUID,
    text: str,
    client_message_id: str | None = None,
    attachments: Sequence[Attachment] = (),
) -> tuple[Message, bool]:
    """Like `accept`; says too whether the message is new.

    A racing second delivery waits on the unique key until the first has committed, and finds its message.

    Raises:
        NotFoundError: there is no such conversation.
    """
    entry_id = await _entered(uow, channel, external_id)
    if entry_id is None:
        return await _known(uow, channel, external_id), False
    message = await hub.store_customer_message(uow, conversation_id, text, client_message_id, attachments)
    entry = await uow.session.get_one(InboxEntry, entry_id)
    entry.message_id = message.id
    await uow.defer(turns.JOB, after=turns.SAFETY_NET_AFTER, conversation_id=str(conversation_id))
    return message, True


async def first_time(uow: UnitOfWork, channel: str, external_id: str) -> bool:
    """Note a delivery that is no message; False if it has come before."""
    return await _entered(uow, channel, external_id) is not None


async def _entered(uow: UnitOfWork, channel: str, external_id: str) -> UUID | None:
    statement = (
        insert(InboxEntry)
        .values(id=uuid4(), channel=channel, external_id=external_id, received_at=uow.now)
        .on_conflict_do_nothing(index_elements=[InboxEntry.channel, InboxEntry.external_id])
        .returning(InboxEntry.id)
    )
    entered: UUID | None = await uow.session.scalar(statement)
    return entered


async def _known(uow: UnitOfWork, channel: str, external_id: str) -> Message:
    query = (
        select(Message)
        .join(InboxEntry, InboxEntry.message_id == Message.id)
        .where(InboxEntry.channel == channel, InboxEntry.external_id == external_id)
    )
    return (await uow.session.scalars(query)).one()
