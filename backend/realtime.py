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


class Announcer:
    """Says what happened to the browsers that are concerned."""

    def __init__(self, sio: socketio.AsyncServer) -> None:
        self._sio = sio

    async def to_customer(self, conversation_id: str, event: str, data: dict[str, Any]) -> None:
        """Tell the customer's pages of one conversation."""
        await self._sio.emit(event, data, room=conversation_id, namespace=CHAT_NAMESPACE)

    async def to_desk(self, event: str, data: dict[str, Any]) -> None:
        """Tell everybody at the desk."""
        await self._sio.emit(event, data, room=EVERYBODY, namespace=DESK_NAMESPACE)
