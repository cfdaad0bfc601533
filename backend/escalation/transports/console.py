"""Notices to the log: the twin of the transports that need a vendor."""

import structlog

from backend.escalation.notices import Message
from backend.policy.escalation import Target

log = structlog.get_logger(__name__)


class ConsoleSender:
    """Writes notices to the log."""

    name = "console"

    async def send(self, target: Target, message: Message) -> None:
        """Log it."""
        log.warning(
            "notice",
            target=target.id,
            ticket=message.ticket_number,
            title=message.title,
            text=message.text,
            urgent=message.urgent,
        )
