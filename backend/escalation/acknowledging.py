"""Acknowledging, and what happens when nobody does: the next level is called (R1-4.3(8))."""

from uuid import UUID

from sqlalchemy import select

from backend.access.sessions import Identity
from backend.errors import ConflictError, ForbiddenError, NotFoundError
from backend.escalation.events import LevelAcknowledged
from backend.escalation.facts import CLOSED, Trigger
from backend.escalation.firing import CLIMB_JOB, Cause, Escalations, rung
from backend.escalation.ladder import next_level, reaches
from backend.escalation.locking import locked_ticket
from backend.escalation.models import Escalation
from backend.policy import Policy
from backend.policy.workflow import LEVELS
from backend.tickets import timeline
from backend.tickets.events import TicketChanged
from backend.tickets.kinds import Actor
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork, UnitsOfWork

UNACKNOWLEDGED = "level_unacknowledged"


async def acknowledge(
    uow: UnitOfWork, escalation_id: UUID, note: str | None, who: Identity
) -> tuple[Ticket, Escalation]:
    """Take an escalation up, and with it those of the same rule that called lower levels.

    Raises:
        NotFoundError: there is no such escalation.
        ForbiddenError: it calls somebody higher.
        ConflictError: nobody was called, or it is acknowledged already.
    """
    ticket, escalation = await _locked(uow, escalation_id)
    if escalation.ack_due_at is None or escalation.acknowledged_at is not None:
        raise ConflictError(f"escalation {escalation_id} waits for nobody")
    if who.role not in LEVELS or not reaches(who.role, escalation.level):
        raise ForbiddenError(who.role)
    query = select(Escalation).where(
        Escalation.ticket_id == ticket.id,
        Escalation.rule == escalation.rule,
        Escalation.ack_due_at.is_not(None),
        Escalation.acknowledged_at.is_(None),
    )
    for row in await uow.session.scalars(query):
        if reaches(escalation.level, row.level):
            row.acknowledged_at, row.acknowledged_by = uow.now, who.display_name
    deed = timeline.Deed(
        "acknowledged",
        after={"called": escalation.level},
        note=note,
        rule=escalation.rule,
        source=escalation.source,
    )
    timeline.append(uow, ticket, timeline.By(Actor.AGENT, who.display_name), deed)
    await uow.session.flush()
    await uow.publish(LevelAcknowledged(ticket, escalation.level))
    await uow.publish(TicketChanged(ticket))
    return ticket, escalation


class Ladder:
    """Calls the next level when one has not acknowledged in time."""

    def __init__(self, units: UnitsOfWork, policy: Policy, escalations: Escalations) -> None:
        self._units = units
        self._policy = policy
        self._escalations = escalations

    async def climb(self, escalation_id: str) -> None:
        """Go one level higher, if it is time and nobody has acknowledged. May be run any number of times."""
        async with self._units.begin() as uow:
            ticket, escalation = await _locked(uow, UUID(escalation_id))
            if escalation.acknowledged_at or escalation.passed_on_at or ticket.stage in CLOSED:
                return
            if escalation.ack_due_at is None:
                return
            if uow.now < escalation.ack_due_at:
                wait = escalation.ack_due_at - uow.now
                await uow.defer(CLIMB_JOB, after=wait, escalation_id=escalation_id)
                return
            escalation.passed_on_at = uow.now
            level = next_level(escalation.level)
            if level is not None:
                notify = self._policy.escalation.levels[level].notify
                cause = Cause(UNACKNOWLEDGED, raised_from=escalation.id)
                await self._escalations.fire(uow, ticket, rung(escalation, level, notify), cause)
            await self._escalations.react(uow, ticket, Trigger(UNACKNOWLEDGED))
            await uow.session.flush()
            await uow.publish(TicketChanged(ticket))


async def _locked(uow: UnitOfWork, escalation_id: UUID) -> tuple[Ticket, Escalation]:
    """The escalation with its ticket, both locked, the ticket first as everybody does."""
    ticket_id = await uow.session.scalar(select(Escalation.ticket_id).where(Escalation.id == escalation_id))
    if ticket_id is None:
        raise NotFoundError(f"escalation {escalation_id}")
    ticket = await locked_ticket(uow, ticket_id)
    escalation = await uow.session.get_one(Escalation, escalation_id, with_for_update=True)
    return ticket, escalation
