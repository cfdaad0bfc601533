"""The desk's side of Socket.IO: who listens, to what, and what their pages say."""

import asyncio
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

import socketio
import structlog
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from backend.access.events import SessionEnded
from backend.access.sessions import COOKIE, Identity, identify, still_good
from backend.conversations.models import Conversation, Owner
from backend.desk.live_detail import watchers
from backend.errors import DatabaseUnavailableError
from backend.handover import presence
from backend.handover.models import Watching
from backend.house import House
from backend.realtime import DESK_NAMESPACE, EVERYBODY, person_room, watchers_room
from backend.tickets.events import TicketChanged, TicketFiled
from backend.tickets.schemas import summary

WATCH_SECONDS = 30.0
BEAT_SECONDS = 10.0

log = structlog.get_logger(__name__)


class DeskNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # the library is untyped
    """Lets whoever is logged in listen, and keeps them at work while they are connected."""

    def __init__(self, house: House) -> None:
        super().__init__(DESK_NAMESPACE)
        self._house = house
        self._sessions: dict[str, Identity] = {}

    async def on_connect(self, sid: str, environ: dict[str, Any], _auth: Any = None) -> None:
        """Check the session cookie and join the rooms of the desk and of the person."""
        morsel = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(COOKIE)
        async with self._house.database.transaction() as session:
            identity = morsel and await identify(session, morsel.value, self._house.clock.now())
        if not identity:
            raise socketio.exceptions.ConnectionRefusedError("unauthorized")
        self._sessions[sid] = identity
        await self.enter_room(sid, EVERYBODY)
        await self.enter_room(sid, person_room(identity.username))
        await self._heard([identity.username])

    async def on_disconnect(self, sid: str, _reason: str = "") -> None:
        """Forget the page."""
        self._sessions.pop(sid, None)
        async with self._house.database.transaction() as session:
            await session.execute(delete(Watching).where(Watching.sid == sid))

    async def on_watch(self, sid: str, data: Any) -> dict[str, Any]:
        """Listen to a conversation; answers where it stands, so that the page can fetch what it lacks."""
        identity, conversation_id = self._sessions.get(sid), _conversation_id(data)
        if identity is None or conversation_id is None:
            return {"ok": False}
        async with self._house.database.transaction() as session:
            conversation = await session.get(Conversation, conversation_id)
            if conversation is None:
                return {"ok": False}
            seen_at = {"seen_at": self._house.clock.now()}
            row = insert(Watching).values(
                sid=sid, conversation_id=conversation_id, username=identity.username, **seen_at
            )
            await session.execute(
                row.on_conflict_do_update(index_elements=["sid", "conversation_id"], set_=seen_at)
            )
        await self.enter_room(sid, watchers_room(str(conversation_id)))
        await self._tell_watchers(conversation)
        return {"ok": True, "last_seq": conversation.last_seq, "version": conversation.version}

    async def on_unwatch(self, sid: str, data: Any) -> None:
        """Listen to a conversation no longer."""
        conversation_id = _conversation_id(data)
        if conversation_id is None:
            return
        async with self._house.database.transaction() as session:
            statement = delete(Watching).where(
                Watching.sid == sid, Watching.conversation_id == conversation_id
            )
            await session.execute(statement)
            conversation = await session.get(Conversation, conversation_id)
        await self.leave_room(sid, watchers_room(str(conversation_id)))
        if conversation is not None:
            await self._tell_watchers(conversation)

    async def on_typing(self, sid: str, data: Any) -> None:
        """Tell the customer that the person who has the conversation is writing, and colleagues who."""
        identity, conversation_id = self._sessions.get(sid), _conversation_id(data)
        if identity is None or conversation_id is None:
            return
        async with self._house.database.transaction() as session:
            conversation = await session.get(Conversation, conversation_id)
        if conversation is None or conversation.owner != Owner.AGENT:
            return
        typing = {
            "conversation_id": str(conversation_id),
            "who": "agent",
            "name": identity.display_name,
            "active": data.get("active") is True,
        }
        owner, announcer = conversation.agent_username, self._house.announcer
        await announcer.to_watchers(str(conversation_id), owner, "conversation.typing", typing)
        if identity.username in {owner, *conversation.joined}:
            await announcer.to_customer(str(conversation_id), "typing", typing)

    async def on_heartbeat(self, sid: str, _data: Any = None) -> None:
        """The page lives."""
        if sid in self._sessions:
            await self._heard([self._sessions[sid].username])

    async def end_session(self, event: SessionEnded) -> None:
        """Cut off the pages of a session that is over."""
        await self._cut_off({event.token_digest})

    async def keep_presence(self) -> None:
        """Keep whoever is connected here at work, and what they have open watched; until cancelled."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self._heard(sorted({identity.username for identity in self._sessions.values()}))
                async with self._house.database.transaction() as session:
                    mine = update(Watching).where(Watching.sid.in_(list(self._sessions)))
                    await session.execute(mine.values(seen_at=self._house.clock.now()))
            except DatabaseUnavailableError as error:
                log.warning("presence.not_kept", error=str(error))

    async def watch_sessions(self) -> None:
        """Cut off pages whose session ended elsewhere, ran out, or lost its user; until cancelled."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            digests = self._digests()
            try:
                async with self._house.database.transaction() as session:
                    good = await still_good(session, digests, self._house.clock.now())
            except DatabaseUnavailableError:
                continue
            await self._cut_off(digests - good)

    def _digests(self) -> set[str]:
        return {identity.token_digest for identity in self._sessions.values()}

    async def _heard(self, usernames: list[str]) -> None:
        async with self._house.units.begin() as uow:
            await presence.beat(uow, usernames)

    async def _tell_watchers(self, conversation: Conversation) -> None:
        async with self._house.database.transaction() as session:
            who = await watchers(session, conversation.id, self._house.clock.now())
        data = {"conversation_id": str(conversation.id), "watchers": [one.model_dump() for one in who]}
        await self._house.announcer.to_watchers(
            str(conversation.id), conversation.agent_username, "conversation.watchers", data
        )

    async def _cut_off(self, digests: set[str]) -> None:
        for sid in [sid for sid, identity in self._sessions.items() if identity.token_digest in digests]:
            await self.disconnect(sid)


def _conversation_id(data: Any) -> UUID | None:
    if not isinstance(data, dict):
        return None
    try:
        return UUID(str(data.get("conversation_id")))
    except ValueError:
        return None


async def announce_filed(house: House, event: TicketFiled) -> None:
    """Tell the desk about a new ticket."""
    await house.announcer.to_desk("ticket.filed", {"ticket": summary(event.ticket).model_dump(mode="json")})


async def announce_changed(house: House, event: TicketChanged) -> None:
    """Tell the desk that a ticket is no longer as it was."""
    await house.announcer.to_desk("ticket.changed", {"ticket": summary(event.ticket).model_dump(mode="json")})
