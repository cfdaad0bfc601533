"""Hints for web chat pages: a new message, the bot is typing. What a page misses it fetches by `seq`."""

from typing import Any
from uuid import UUID

import socketio

from backend.channels.web_chat.access import opens
from backend.conversations.events import MessageStored
from backend.conversations.schemas import MessageOut
from backend.house import House
from backend.realtime import CHAT_NAMESPACE


class ChatNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # the library is untyped
    """Lets a page listen to the one conversation that its token opens."""

    def __init__(self, house: House) -> None:
        super().__init__(CHAT_NAMESPACE)
        self._house = house

    async def on_connect(self, sid: str, _environ: dict[str, Any], auth: Any) -> None:
        """Check the token and join the conversation's room."""
        conversation_id = await self._opened(auth)
        if conversation_id is None:
            raise socketio.exceptions.ConnectionRefusedError("unauthorized")
        await self.enter_room(sid, str(conversation_id))

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
    await house.announcer.to_customer(
        conversation_id, "message", {"conversation_id": conversation_id, "message": message}
    )
