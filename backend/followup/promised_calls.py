"""A person's call was promised, or a person has come: clocks of tickets hear of it (R1-4.3(4))."""

from sqlalchemy import select

from backend.conversations.events import OwnerChanged
from backend.conversations.models import Conversation, Owner
from backend.policy import Policy
from backend.policy.clock_rules import DEPARTMENT
from backend.sla.clocks import Clocks
from backend.sla.models import TicketClock
from backend.tickets import timeline
from backend.tickets.cases import CLOSED
from backend.tickets.deeds import By, Deed
from backend.tickets.events import TicketChanged, TicketFiled
from backend.tickets.kinds import Actor, Visibility
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

CALLBACK = "callback"
"""The reason of a conversation that waits because a call was promised, at whatever hour."""
PROMISED, TAKEN_OVER = "human_promised", "taken_over"
HANDED_OVER = "handed_over"
SOURCE = "R1-4.3(4)"
BY = By(Actor.SYSTEM)


class PromisedCalls:
    """Hears of conversations for the clocks of their tickets, inside the transaction."""

    def __init__(self, policy: Policy, clocks: Clocks) -> None:
        self._policy = policy
        self._clocks = clocks
        self._rules = [rule for rule in policy.sla.clocks.values() if PROMISED in rule.starts]

    async def on_owner_changed(self, uow: UnitOfWork, event: OwnerChanged) -> None:
        """A customer waits while nobody works here, or a person has come."""
        if event.owner == Owner.QUEUE:
            for ticket in await _open_tickets(uow, event):
                if event.reason == CALLBACK or self._closed(uow, ticket):
                    await self._note(uow, ticket, PROMISED, PROMISED)
        elif event.owner == Owner.AGENT:
            for ticket in await _open_tickets(uow, event):
                if await self._promised(uow, ticket):
                    await self._note(uow, ticket, TAKEN_OVER, HANDED_OVER, event.agent_username)

    async def on_filed(self, uow: UnitOfWork, event: TicketFiled) -> None:
        """A ticket of a conversation that waits already."""
        ticket = event.ticket
        conversation = await uow.session.get(Conversation, ticket.conversation_id)
        if conversation is not None and conversation.owner == Owner.QUEUE and self._closed(uow, ticket):
            await self._note(uow, ticket, PROMISED, PROMISED)

    def _closed(self, uow: UnitOfWork, ticket: Ticket) -> bool:
        """Whether nobody is there who could take it over now, by the calendar of the promise's clock."""
        calendar = self._policy.calendar
        hours = [
            calendar.of(ticket.department)
            if rule.calendar == DEPARTMENT
            else calendar.calendars[rule.calendar]
            for rule in self._rules
        ]
        return any(not each.open_at(uow.now) for each in hours)

    async def _promised(self, uow: UnitOfWork, ticket: Ticket) -> bool:
        waiting = [rule.id for rule in self._rules if HANDED_OVER in rule.stops]
        query = select(TicketClock.id).where(
            TicketClock.ticket_id == ticket.id,
            TicketClock.clock_id.in_(waiting),
            TicketClock.stopped_at.is_(None),
        )
        return await uow.session.scalar(query.limit(1)) is not None

    async def _note(
        self, uow: UnitOfWork, ticket: Ticket, verb: str, trigger: str, who: str | None = None
    ) -> None:
        after = None if who is None else {"agent": who}
        deed = Deed(verb, after=after, visibility=Visibility.CUSTOMER, source=SOURCE)
        timeline.append(uow, ticket, BY, deed)
        await uow.session.flush()
        await self._clocks.happened(uow, ticket, [trigger])
        await uow.publish(TicketChanged(ticket))


async def _open_tickets(uow: UnitOfWork, event: OwnerChanged) -> list[Ticket]:
    """The open tickets of the conversation, locked in the order of their numbers."""
    query = (
        select(Ticket)
        .where(Ticket.conversation_id == event.conversation_id, Ticket.stage.not_in(CLOSED))
        .order_by(Ticket.number)
        .with_for_update()
    )
    return list(await uow.session.scalars(query.execution_options(populate_existing=True)))
