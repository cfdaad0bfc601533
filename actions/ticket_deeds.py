"""What is done to a customer's ticket through the backend, and what is said then."""

from collections.abc import Mapping
from dataclasses import dataclass

from actions.backend_answers import Progress
from actions.backend_client import BackendClient, RefusedError
from actions.exchange import Exchange
from actions.outcome import Saying
from actions.promises import Teller
from actions.ticket_progress import over_already, progress_told, urged_told
from actions.ticket_wishes import ADD, URGE, WITHDRAW

OVER = "illegal_step"
EMERGENCY = "emergency_closed"
"""What must be so before a matter of safety may end."""


@dataclass(frozen=True)
class Deeds:
    """Does what a customer wants; ``last4`` shows whose the ticket is, if the conversation does not.

    Every method raises BackendError when the backend gives no answer that can be relied on.
    """

    exchange: Exchange
    client: BackendClient
    teller: Teller
    last4: str | None = None

    async def urge(self, ticket: Progress, text: str) -> list[Saying]:
        """Ask the department to hurry (R3b-27)."""
        request = self._request(URGE, {"text": text})
        return urged_told(await self.client.urge(ticket.number, request), self.teller)

    async def add(self, ticket: Progress, text: str) -> list[Saying]:
        """Add words to the ticket."""
        await self.client.add_words(ticket.number, self._request(ADD, {"text": text}))
        return [Saying("utter_added", {"number": ticket.number})]

    async def withdraw(self, ticket: Progress, text: str) -> list[Saying]:
        """Take the matter back; what is over, or an emergency (R7-4.4.5), stays, and it is said so."""
        try:
            await self.client.withdraw(ticket.number, self._request(WITHDRAW, {"reason": text}))
        except RefusedError as refusal:
            if refusal.code != OVER:
                raise
            if EMERGENCY in refusal.missing:
                return [Saying("utter_withdrawal_emergency", {"number": ticket.number})]
            return over_already(ticket)
        return [Saying("utter_withdrawn", {"number": ticket.number})]

    def progress(self, *tickets: Progress) -> list[Saying]:
        """Tell how tickets stand."""
        return [saying for ticket in tickets for saying in progress_told(ticket, self.teller)]

    def _request(self, deed: str, content: Mapping[str, str]) -> dict[str, str | None]:
        return {
            "request_id": self.exchange.request_id(deed),
            "conversation_id": self.exchange.conversation_id,
            "phone_last4": self.last4,
            **content,
        }
