"""Rules acting on tickets: what happened is noted with all facts, and each rule that holds fires once.

Everything is written in the transaction of what happened: the firing, its actions, the timeline, notices, and
the job that goes one level higher if nobody acknowledges.
"""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from backend.conversations.events import HandoverRequested
from backend.escalation import emergencies
from backend.escalation.events import LevelCalled
from backend.escalation.facts import Trigger, gather
from backend.escalation.ladder import AckTimes, higher
from backend.escalation.locking import locked_ticket
from backend.escalation.models import Escalation, EscalationTrigger
from backend.escalation.notifying import Notifier, worded
from backend.escalation.rules import NO_LEVEL, Firing, decide
from backend.policy import Policy
from backend.policy.escalation import Actions
from backend.tickets import timeline
from backend.tickets.events import TicketChanged
from backend.tickets.kinds import Actor, Priority, ReplyRequired
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

CLIMB_JOB = "escalation.climb"
BY = timeline.By(Actor.SYSTEM)
PRIORITIES = tuple(Priority)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something fires: the event, and for a rung of the ladder the firing that nobody acknowledged."""

    event: str
    raised_from: UUID | None = None


class Escalations:
    """Holds tickets against the rules and carries out what follows."""

    def __init__(self, policy: Policy, notifier: Notifier) -> None:
        self._policy = policy
        self._notifier = notifier
        self._times = AckTimes(policy)

    async def react(self, uow: UnitOfWork, ticket: Ticket, trigger: Trigger) -> list[Firing]:
        """Fire what holds now; returns what this unit of work fired.

        The ticket must be locked by, or new in, the unit of work.
        """
        facts = await gather(uow.session, self._policy, ticket, trigger, uow.now)
        uow.session.add(EscalationTrigger(ticket_id=ticket.id, at=uow.now, facts=facts))
        fired = await self._fired(uow, ticket)
        cause = Cause(trigger.type)
        firings = [
            firing
            for firing in decide(self._policy.escalation.rules, facts, fired)
            if await self.fire(uow, ticket, firing, cause)
        ]
        if firings:
            await uow.session.flush()
            await uow.publish(TicketChanged(ticket))
        return firings

    async def react_by_id(self, uow: UnitOfWork, ticket_id: UUID, trigger: Trigger) -> list[Firing]:
        """The same for a ticket that is not at hand; locks it."""
        return await self.react(uow, await locked_ticket(uow, ticket_id), trigger)

    async def fire(self, uow: UnitOfWork, ticket: Ticket, firing: Firing, cause: Cause) -> bool:
        """Carry a firing out; false if it was another's before, in whatever process."""
        escalation = await self._recorded(uow, ticket, firing, cause)
        if escalation is None:
            return False
        if firing.actions.emergency:
            await emergencies.open_emergency(uow, self._policy, ticket, firing.rule, firing.source)
        before, after = _applied(ticket, firing)
        timeline.append(uow, ticket, BY, self._deed(firing, before, after))
        if firing.actions.handover:
            await uow.publish(
                HandoverRequested(ticket.conversation_id, ticket.number, firing.rule, firing.level)
            )
        await self._notifier.write(uow, ticket, escalation, firing.actions.notify)
        if escalation.ack_due_at is not None:
            await uow.defer(
                CLIMB_JOB, after=escalation.ack_due_at - uow.now, escalation_id=str(escalation.id)
            )
            await uow.publish(LevelCalled(ticket, firing.level))
        return True

    async def _fired(self, uow: UnitOfWork, ticket: Ticket) -> set[tuple[str, str]]:
        query = select(Escalation.rule, Escalation.level).where(Escalation.ticket_id == ticket.id)
        return {(rule, level) for rule, level in await uow.session.execute(query)}

    async def _recorded(
        self, uow: UnitOfWork, ticket: Ticket, firing: Firing, cause: Cause
    ) -> Escalation | None:
        due = None
        if firing.level != NO_LEVEL:
            patience = firing.ack_within or self._policy.escalation.levels[firing.level].ack_within
            due = self._times.until(patience, uow.now, ticket.department)
        statement = insert(Escalation).values(
            id=uuid4(),
            ticket_id=ticket.id,
            rule=firing.rule,
            level=firing.level,
            name=firing.name,
            source=firing.source,
            policy_version=self._policy.version,
            event=cause.event,
            facts=dict(firing.facts),
            actions={name: value for name, value in asdict(firing.actions).items() if value},
            fired_at=uow.now,
            ack_due_at=due,
            raised_from=cause.raised_from,
        )
        statement = statement.on_conflict_do_nothing(
            index_elements=[Escalation.ticket_id, Escalation.rule, Escalation.level]
        )
        return await uow.session.scalar(statement.returning(Escalation))

    def _deed(self, firing: Firing, before: dict[str, Any], after: dict[str, Any]) -> timeline.Deed:
        policy = self._policy.escalation
        told = "、".join(policy.targets[name].name for name in firing.actions.notify)
        if firing.level:
            after["called"] = firing.level
        if firing.actions.handover:
            after["handover"] = "now"
        if told:
            after["notify"] = told
        return timeline.Deed(
            "escalated" if firing.level else "alerted",
            before=before or None,
            after=after or None,
            note="；".join(part for part in (firing.name, worded(self._policy, firing.facts)) if part),
            rule=firing.rule,
            source=firing.source,
        )


def rung(firing_row: Escalation, level: str, notify: tuple[str, ...]) -> Firing:
    """The firing that calls the next level for one that nobody acknowledged."""
    return Firing(
        rule=firing_row.rule,
        name=firing_row.name,
        level=level,
        actions=Actions(level=level, notify=notify),
        source=firing_row.source,
        facts=firing_row.facts,
    )


def _applied(ticket: Ticket, firing: Firing) -> tuple[dict[str, Any], dict[str, Any]]:
    """Change the ticket as the rule says, never downwards; returns the changed fields before and after."""
    actions = firing.actions
    wanted: dict[str, Any] = {}
    if actions.level:
        wanted["level"] = higher(ticket.level, actions.level)
    if actions.priority:
        wanted["priority"] = max(ticket.priority, actions.priority, key=PRIORITIES.index)
    if actions.reassign:
        wanted["department"] = actions.reassign
    if actions.written_reply:
        wanted["reply_required"] = ReplyRequired.WRITTEN.value
    changed = {name: value for name, value in wanted.items() if getattr(ticket, name) != value}
    before = {name: getattr(ticket, name) for name in changed}
    for name, value in changed.items():
        setattr(ticket, name, value)
    return before, changed
