"""Looking back: why rules fired on a ticket or not, and what another policy would have done to past ones.

Both rest on the facts that were noted at each event (`EscalationTrigger`), not on what the tickets say today.
"""

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import NotFoundError
from backend.escalation.explaining import Explanation, explained
from backend.escalation.facts import Trigger, gather
from backend.escalation.models import Escalation, EscalationTrigger
from backend.escalation.rules import Fired, replayed
from backend.policy import Policy
from backend.policy.escalation import EscalationRule
from backend.tickets.models import Ticket

BATCH = 500


@dataclass(frozen=True, slots=True)
class RuleStory:
    """A rule and a ticket.

    Attributes:
        fired_at: when it fired, if it did.
        explanation: its condition at the last event that it listens to; nothing if there was none.
    """

    rule: EscalationRule
    fired_at: datetime | None
    explanation: Explanation | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What another policy would have done to a ticket more, and less: rules with the levels they call."""

    ticket_number: str
    added: list[Fired] = field(default_factory=list)
    removed: list[Fired] = field(default_factory=list)


async def stories(session: AsyncSession, policy: Policy, number: str, now: datetime) -> list[RuleStory]:
    """Every rule and the ticket of that number. One from before events were noted is judged as it is now.

    Raises:
        NotFoundError: there is no such ticket.
    """
    ticket = await session.scalar(select(Ticket).where(Ticket.number == number))
    if ticket is None:
        raise NotFoundError(f"ticket {number}")
    history = (await _histories(session, [ticket.id]))[ticket.id]
    if not history:
        history = [await gather(session, policy, ticket, Trigger("filed"), now)]
    rows = await session.scalars(select(Escalation).where(Escalation.ticket_id == ticket.id))
    fired = {row.rule: row.fired_at for row in rows if row.raised_from is None}
    return [
        RuleStory(rule, fired.get(rule.id), _last_heard(rule, history)) for rule in policy.escalation.rules
    ]


def _last_heard(rule: EscalationRule, history: list[dict[str, Any]]) -> Explanation | None:
    heard = [facts for facts in history if facts["event"]["type"] in rule.on]
    telling = [facts for facts in heard if rule.condition.execute(facts) is True] or heard
    return explained(rule, telling[-1]) if telling else None


async def differences(
    session: AsyncSession,
    since: datetime,
    rules: tuple[EscalationRule, ...],
    instead_of: tuple[EscalationRule, ...] | None,
) -> AsyncIterator[Difference]:
    """For each ticket filed since then on which they differ: what these rules would have fired.

    Args:
        session: reads.
        since: tickets filed from then on.
        rules: to be tried.
        instead_of: compared with these rules on the same facts; nothing: with what really fired.
    """
    async for tickets in _batches(session, since):
        histories = await _histories(session, list(tickets))
        done = await _recorded(session, list(tickets)) if instead_of is None else {}
        for ticket_id, number in tickets.items():
            history = histories[ticket_id]
            new = replayed(rules, history)
            old = done.get(ticket_id, set()) if instead_of is None else replayed(instead_of, history)
            if history and new != old:
                yield Difference(number, sorted(new - old), sorted(old - new))


async def _batches(session: AsyncSession, since: datetime) -> AsyncIterator[dict[UUID, str]]:
    after = ""
    while True:
        query = select(Ticket.id, Ticket.number).where(Ticket.created_at >= since, Ticket.number > after)
        rows = (await session.execute(query.order_by(Ticket.number).limit(BATCH))).all()
        if not rows:
            return
        yield {row.id: row.number for row in rows}
        after = rows[-1].number


async def _histories(session: AsyncSession, tickets: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    query = select(EscalationTrigger.ticket_id, EscalationTrigger.facts)
    query = query.where(EscalationTrigger.ticket_id.in_(tickets)).order_by(EscalationTrigger.id)
    histories: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for ticket_id, facts in await session.execute(query):
        histories[ticket_id].append(facts)
    return histories


async def _recorded(session: AsyncSession, tickets: list[UUID]) -> dict[UUID, set[Fired]]:
    query = select(Escalation.ticket_id, Escalation.rule, Escalation.level)
    query = query.where(Escalation.ticket_id.in_(tickets), Escalation.raised_from.is_(None))
    fired: dict[UUID, set[Fired]] = defaultdict(set)
    for ticket_id, rule, level in await session.execute(query):
        fired[ticket_id].add((rule, level))
    return fired
