"""What a customer wrote in a conversation, as a ticket keeps it when nobody has understood it."""

import re
import unicodedata
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Message, Sender

MOBILE = re.compile(r"(?<!\d)(?:\+?86)?(?P<number>1[3-9]\d{9})(?!\d)", re.ASCII)
SEPARATORS = re.compile(r"(?<=\d)[ \-](?=\d)")


async def customer_words(session: AsyncSession, conversation_id: UUID, upto_seq: int) -> str:
    """All that the customer wrote up to a message, a line each."""
    query = (
        select(Message.text)
        .where(
            Message.conversation_id == conversation_id,
            Message.sender == Sender.CUSTOMER,
            Message.seq <= upto_seq,
        )
        .order_by(Message.seq)
    )
    return "\n".join(text for text in await session.scalars(query) if text.strip())


def phone_in(text: str) -> str | None:
    """The first mobile number in a text."""
    found = MOBILE.search(SEPARATORS.sub("", unicodedata.normalize("NFKC", text)))
    return found.group("number") if found else None
