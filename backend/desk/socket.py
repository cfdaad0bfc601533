"""Hints for the desk: tickets filed and changed, messages in conversations."""

import asyncio
from http.cookies import SimpleCookie
from typing import Any

import socketio

from backend.access.events import SessionEnded
from backend.access.sessions import COOKIE, identify, still_good
from backend.conversations.events import MessageStored
from backend.conversations.schemas import MessageOut
from backend.errors import DatabaseUnavailableError
from backend.house import House
from backend.realtime import DESK_NAMESPACE, EVERYBODY
from backend.tickets.events import TicketChanged, TicketFiled
from backend.tickets.schemas import summary

WATCH_SECONDS = 30.0


class DeskNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # the library is untyped
    """Lets whoever is logged in listen."""

    def __init__(self, house: House) -> None:
        super().__init__(DESK_NAMESPACE)
        self._house = house
        self._sessions: dict[str, str] = {}

    async def on_connect(self, sid: str, environ: dict[str, Any], _auth: Any = None) -> None:
        """Check the session cookie and join the desk's room."""
        morsel = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(COOKIE)
        async with self._house.database.transaction() as session:
            identity = morsel and await identify(session, morsel.value, self._house.clock.now())
        if not identity:
            raise socketio.exceptions.ConnectionRefusedError("unauthorized")
        self._sessions[sid] = identity.token_digest
        await self.enter_room(sid, EVERYBODY)

    async def on_disconnect(self, sid: str, _reason: str = "") -> None:
        """Forget the page."""
        self._sessions.pop(sid, None)

    async def end_session(self, event: SessionEnded) -> None:
        """Cut off the pages of a session that is over."""
        await self._cut_off({event.token_digest})

    async def watch_sessions(self) -> None:
        """Cut off pages whose session ended elsewhere, ran out, or lost its user; until cancelled."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                async with self._house.database.transaction() as session:
                    good = await still_good(session, set(self._sessions.values()), self._house.clock.now())
            except DatabaseUnavailableError:
                continue
            await self._cut_off(set(self._sessions.values()) - good)

    async def _cut_off(self, digests: set[str]) -> None:
        for sid in [sid for sid, digest in self._sessions.items() if digest in digests]:
            await self.disconnect(sid)


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
