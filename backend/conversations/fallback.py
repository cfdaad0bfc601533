"""When the bot is down: the customer gets an apology and a ticket with the raw transcript (invariant 7)."""

from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Message, Sender
from backend.conversations.transcript import customer_words, phone_in
from backend.policy import Policy
from backend.tickets import cases
from backend.tickets.filing import file
from backend.tickets.kinds import Actor, Intake, Kind, Severity
from backend.tickets.schemas import Contact, NewTicket
from backend.tickets.timeline import By
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording

BY = By(Actor.SYSTEM)
PHONE = "phone"


class Fallback:
    """Takes down what the bot could not."""

    def __init__(self, wording: Wording, policy: Policy) -> None:
        self._wording = wording
        self._policy = policy

    async def answer(self, uow: UnitOfWork, message: Message, channel: str) -> Utterance:
        """File the transcript for people, or add to the ticket that already holds it, and say so."""
        open_ticket = await cases.open_raw_ticket(uow, message.conversation_id)
        if open_ticket is not None:
            await cases.add_words(cases.Acting(uow, self._policy, BY), open_ticket, message.text)
            return self._say("bot_down_again", open_ticket.number)
        transcript = await customer_words(uow.session, message.conversation_id, message.seq)
        hazard = self._policy.sounds_hazardous(transcript)
        request = NewTicket(
            request_id=f"raw:{message.id}",
            conversation_id=message.conversation_id,
            kind=Kind.INQUIRY,
            intake=Intake.RAW,
            hazard=hazard,
            severity=Severity.GRAVE if hazard else Severity.MINOR,
            description=transcript,
            contact=Contact(phone=phone_in(transcript) or await _callers(uow, message, channel)),
        )
        filed = await file(uow, self._policy, request, channel=channel, by=BY)
        return self._say("bot_down", filed.ticket.number)

    def _say(self, name: str, number: str) -> Utterance:
        return Utterance(self._wording.say(name, number=number), Sender.SYSTEM)


async def _callers(uow: UnitOfWork, message: Message, channel: str) -> str | None:
    """The number that a caller is shown with; on other channels an address is no number."""
    if channel != PHONE:
        return None
    conversation = await uow.session.get_one(Conversation, message.conversation_id)
    return phone_in(conversation.address)
