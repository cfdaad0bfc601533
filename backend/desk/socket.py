"""Hints for the desk: tickets filed and changed, messages in conversations."""

from http.cookies import SimpleCookie
from typing import Any

import socketio

from backend.access.sessions import COOKIE, identify
from backend.conversations.events import MessageStored
from backend.conversations.schemas import MessageOut
from backend.house import House
from backend.realtime import DESK_NAMESPACE, EVERYBODY
from backend.tickets.events import TicketChanged, TicketFiled
from backend.tickets.schemas import summary


class DeskNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # the library is untyped
    """Lets whoever is logged in listen."""

    def __init__(self, house: House) -> None:
        super().__init__(DESK_NAMESPACE)
        self._house = house

    async def on_connect(self, sid: str, environ: dict[str, Any], _auth: Any = None) -> None:
        """Check the session cookie and join the desk's room."""
        morsel = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(COOKIE)
        async with self._house.database.transaction() as session:
            identity = morsel and await identify(session, morsel.value, self._house.clock.now())
        if not identity:
            raise socketio.exceptions.ConnectionRefusedError("unauthorized")
        await self.enter_room(sid, EVERYBODY)


async def announce_filed(house: House, event: TicketFiled) -> None:
    """Tell the desk about a new ticket."""
    await house.announcer.to_desk("ticket.filed", {"ticket": summary(event.ticket).model_dump(mode="json")})


async def announce_changed(house: House, event: TicketChanged) -> None:
    """Tell the desk that a ticket is no longer as it was."""
    await house.announcer.to_desk("ticket.changed", {"ticket": summary(event.ticket).model_dump(mode="json")})


async def announce_message(house: House, event: MessageStored) -> None:
    """Tell the desk about a message in a conversation."""
    message = MessageOut.model_validate(event.message).model_dump(mode="json")
    data = {"conversation_id": str(event.conversation_id), "message": message}
    await house.announcer.to_desk("conversation.message", data)
