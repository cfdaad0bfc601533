"""Web chat pages: what they are told at once, and what they say beside messages.

Hints only: what a page misses it fetches by `seq`.
"""

from typing import Any
from uuid import UUID

import socketio

from backend.channels.web_chat.access import opens
from backend.conversations.events import MessageStored
from backend.conversations.models import Conversation
from backend.conversations.schemas import MessageOut
from backend.handover import seeing
from backend.house import House
from backend.realtime import CHAT_NAMESPACE

MAX_SEQ = 2**31 - 1


class ChatNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # the library is untyped
    """Lets a page listen to the one conversation that its token opens."""

    def __init__(self, house: House) -> None:
        super().__init__(CHAT_NAMESPACE)
        self._house = house
        self._opened_by: dict[str, UUID] = {}

    async def on_connect(self, sid: str, _environ: dict[str, Any], auth: Any) -> None:
        """Check the token and join the conversation's room."""
        conversation_id = await self._opened(auth)
        if conversation_id is None:
            raise socketio.exceptions.ConnectionRefusedError("unauthorized")
        self._opened_by[sid] = conversation_id
        await self.enter_room(sid, str(conversation_id))

    async def on_disconnect(self, sid: str, _reason: str = "") -> None:
        """Forget the page."""
        self._opened_by.pop(sid, None)

    async def on_typing(self, sid: str, data: Any) -> None:
        """The customer writes, or has stopped."""
        conversation_id = self._opened_by.get(sid)
        if conversation_id is None or not isinstance(data, dict):
            return
        async with self._house.database.transaction() as session:
            conversation = await session.get_one(Conversation, conversation_id)
        typing = {
            "conversation_id": str(conversation_id),
            "who": "customer",
            "name": None,
            "active": data.get("active") is True,
        }
        await self._house.announcer.to_watchers(
            str(conversation_id), conversation.agent_username, "conversation.typing", typing
        )

    async def on_seen(self, sid: str, data: Any) -> None:
        """The customer has read up to a message."""
        conversation_id = self._opened_by.get(sid)
        seq = data.get("seq") if isinstance(data, dict) else None
        if conversation_id is None or type(seq) is not int or not 0 <= seq <= MAX_SEQ:
            return
        async with self._house.units.begin() as uow:
            await seeing.customer_saw(uow, conversation_id, seq)

    async def _opened(self, auth: Any) -> UUID | None:
        if not isinstance(auth, dict):
            return None
        try:
            conversation_id = UUID(str(auth.get("conversation_id")))
        except ValueError:
            return None
        async with self._house.database.transaction() as session:
            return (
                conversation_id if await opens(session, conversation_id, str(auth.get("token", ""))) else None
            )


async def announce(house: House, event: MessageStored) -> None:
    """Tell the customer's pages about a message."""
    conversation_id = str(event.conversation_id)
    message = MessageOut.model_validate(event.message).model_dump(mode="json")
    data = {
        "conversation_id": conversation_id,
        "message": message,
        "last_seq": event.message.seq,
        "version": event.version,
    }
    await house.announcer.to_customer(conversation_id, "message", data)
