"""Call-backs: offered once to who waits too long, on record for who comes while nobody is there.

A ticket asks for the call. Who waits keeps the place (R1-4.3(4): what is told is recorded, and answered by a
time that is named).
"""

from uuid import UUID

from sqlalchemy import select

from backend.conversations import hub
from backend.conversations.events import ConversationChanged, MessageStored
from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Owner, Sender
from backend.conversations.transcript import customer_words, phone_in
from backend.handover.moving import locked
from backend.house import House
from backend.tickets.cases import CLOSED
from backend.tickets.filing import file
from backend.tickets.kinds import Actor, Intake, Kind
from backend.tickets.models import Ticket
from backend.tickets.schemas import Contact, NewTicket
from backend.tickets.timeline import By
from backend.unit_of_work import UnitOfWork

PHONE = "phone"


class Callbacks:
    """Offers call-backs, and files who wants one."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def offer_due(self) -> None:
        """Offer a call-back to everybody who has waited too long; who is on the telephone hears it there."""
        limits = self._house.policy.desk.wait_limit
        for channel, limit in limits.items():
            if channel == PHONE:
                continue
            async with self._house.database.transaction() as session:
                query = select(Conversation.id).where(
                    Conversation.owner == Owner.QUEUE,
                    Conversation.channel == channel,
                    Conversation.callback_offered_at.is_(None),
                    Conversation.waiting_since <= self._house.clock.now() - limit,
                )
                due = list(await session.scalars(query))
            for conversation_id in due:
                async with self._house.units.begin() as uow:
                    await self._offer(uow, conversation_id)

    async def on_message(self, uow: UnitOfWork, event: MessageStored) -> None:
        """A customer who was offered a call-back says yes, or leaves a number."""
        message = event.message
        if message.sender != Sender.CUSTOMER or event.owner != Owner.QUEUE:
            return
        conversation = await locked(uow, event.conversation_id)
        if conversation.callback_offered_at is None or conversation.callback_ticket is not None:
            return
        number = phone_in(message.text)
        if (
            number is None
            and message.text.strip() != self._house.wording.quick_replies("handover_callback_offer")[0]
        ):
            return
        phone = number or await known_phone(uow, conversation)
        if phone is None:
            said = Utterance(self._house.wording.say("handover_callback_phone"), Sender.SYSTEM)
        else:
            ticket = await self.on_record(uow, conversation, phone)
            conversation.callback_ticket = ticket.number
            text = self._house.wording.say("handover_callback_filed", number=ticket.number)
            said = Utterance(text, Sender.SYSTEM)
        await hub.store_utterances(uow, conversation.id, [said], in_reply_to=message.id)

    async def on_record(self, uow: UnitOfWork, conversation: Conversation, phone: str | None) -> Ticket:
        """The ticket by which the customer will be called: one that is open, or a new one."""
        query = select(Ticket).where(Ticket.conversation_id == conversation.id, Ticket.stage.not_in(CLOSED))
        ticket = await uow.session.scalar(query.order_by(Ticket.created_at.desc()).limit(1))
        if ticket is not None and (ticket.phone or phone is None):
            return ticket
        words = await customer_words(uow.session, conversation.id, conversation.last_seq)
        request = NewTicket(
            request_id=f"callback:{conversation.id}:{conversation.last_seq}",
            conversation_id=conversation.id,
            kind=Kind.INQUIRY,
            intake=Intake.RAW,
            description=words or self._house.wording.say("handover_callback_demand"),
            demand=self._house.wording.say("handover_callback_demand"),
            contact=Contact(phone=phone),
        )
        filed = await file(
            uow, self._house.policy, request, channel=conversation.channel, by=By(Actor.SYSTEM)
        )
        return filed.ticket

    async def _offer(self, uow: UnitOfWork, conversation_id: UUID) -> None:
        conversation = await locked(uow, conversation_id)
        if conversation.owner != Owner.QUEUE or conversation.callback_offered_at is not None:
            return
        conversation.callback_offered_at = uow.now
        await uow.session.flush()
        wording = self._house.wording
        said = Utterance(
            wording.say("handover_callback_offer"),
            Sender.SYSTEM,
            wording.quick_replies("handover_callback_offer"),
        )
        await hub.store_utterances(uow, conversation_id, [said])
        await uow.publish(ConversationChanged(conversation_id))


async def known_phone(uow: UnitOfWork, conversation: Conversation) -> str | None:
    """The number that the customer called from, told before, or wrote."""
    if conversation.channel == PHONE:
        return phone_in(conversation.address)
    slots = (conversation.understanding or {}).get("slots") or {}
    query = select(Ticket.phone).where(Ticket.conversation_id == conversation.id, Ticket.phone.is_not(None))
    told = slots.get("phone") or await uow.session.scalar(query.limit(1))
    if told:
        return str(told)
    return phone_in(await customer_words(uow.session, conversation.id, conversation.last_seq))
