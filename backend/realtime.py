"""Announcements to browsers over Socket.IO. Hints only: whoever missed one asks for all since a `seq`.

With REDIS_URL the announcements of one backend reach the browsers of all (python-socketio's Redis manager).
"""

from typing import Any

import socketio

CHAT_NAMESPACE = "/chat"
DESK_NAMESPACE = "/desk"
EVERYBODY = "desk"
MAX_PAYLOAD_BYTES = 65_536


def server(redis_url: str) -> socketio.AsyncServer:
    """A Socket.IO server; its namespaces authenticate, so that it needs no origin list of its own."""
    manager = socketio.AsyncRedisManager(redis_url) if redis_url else None
    return socketio.AsyncServer(
        async_mode="asgi",
        client_manager=manager,
        cors_allowed_origins=None,
        max_http_buffer_size=MAX_PAYLOAD_BYTES,
        namespaces=[CHAT_NAMESPACE, DESK_NAMESPACE],
    )


def watchers_room(conversation_id: str) -> str:
    """The room of those who have a conversation open."""
    return f"conversation:{conversation_id}"


def person_room(username: str) -> str:
    """The room of all pages of one person."""
    return f"person:{username}"


class Announcer:
    """Says what happened to the browsers that are concerned."""

    def __init__(self, sio: socketio.AsyncServer) -> None:
        self._sio = sio

    async def to_customer(self, conversation_id: str, event: str, data: dict[str, Any]) -> None:
        """Tell the customer's pages of one conversation."""
        await self._sio.emit(event, data, room=conversation_id, namespace=CHAT_NAMESPACE)

    async def to_watchers(
        self, conversation_id: str, owner: str | None, event: str, data: dict[str, Any]
    ) -> None:
        """Tell the desk pages that have the conversation open, and all pages of the person who has it."""
        rooms = [watchers_room(conversation_id), *([person_room(owner)] if owner else [])]
        await self._sio.emit(event, data, room=rooms, namespace=DESK_NAMESPACE)

    async def to_desk(self, event: str, data: dict[str, Any]) -> None:
        """Tell everybody at the desk."""
        await self._sio.emit(event, data, room=EVERYBODY, namespace=DESK_NAMESPACE)
