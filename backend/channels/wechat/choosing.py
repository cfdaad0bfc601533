"""A bare number answers the list of choices that stood under the last answer."""

from uuid import UUID

from sqlalchemy import func, select

from backend.channels.wechat.phrasing import chosen
from backend.conversations.models import Message, Sender
from backend.unit_of_work import UnitOfWork


async def meant(uow: UnitOfWork, conversation_id: UUID, text: str) -> str:
    """The choice that the text stands for, else the text."""
    asked = select(func.max(Message.seq)).where(
        Message.conversation_id == conversation_id, Message.sender == Sender.CUSTOMER
    )
    query = (
        select(Message.quick_replies)
        .where(
            Message.conversation_id == conversation_id,
            Message.seq > func.coalesce(asked.scalar_subquery(), 0),
            func.jsonb_array_length(Message.quick_replies) > 0,
        )
        .order_by(Message.seq.desc())
        .limit(1)
    )
    choices = await uow.session.scalar(query)
    return (choices and chosen(text, choices)) or text
