"""Notices to the desk's pages over Socket.IO; a hint: whoever was away finds them in their inbox."""

from backend.escalation.notices import Message
from backend.policy.escalation import Target
from backend.realtime import Announcer


class DeskSender:
    """Announces notices to everybody at the desk."""

    name = "desk"

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer

    async def send(self, target: Target, message: Message) -> None:
        """Announce it."""
        notice = {
            "id": str(message.id),
            "target": target.id,
            "target_name": target.name,
            "ticket_number": message.ticket_number,
            "title": message.title,
            "text": message.text,
            "urgent": message.urgent,
        }
        await self._announcer.to_desk("notice", notice)
