"""What a customer may be promised, because a clock says so (R1-4.3, R8-1: no easy promises)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backend.policy import Policy
from backend.policy.clock_rules import DEPARTMENT, ClockRule
from backend.sla.counting import Timekeeper
from backend.sla.deadlines import Deadline
from backend.sla.facts import facts_of
from backend.sla.models import ClockState, TicketClock
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Promise:
    """What will have happened by when. `amount` and `unit` as policy has them: 4 working_hours.

    `counts_now`: whether the clock is counting just now; working time does not pass outside of working hours.
    """

    clock_id: str
    what: str
    due_at: datetime
    amount: float
    unit: str
    source: str
    counts_now: bool


async def promises(uow: UnitOfWork, policy: Policy, ticket: Ticket) -> list[Promise]:
    """What is still promised on a ticket, the earliest first. What is late or stands still is no promise."""
    query = select(TicketClock).where(TicketClock.ticket_id == ticket.id, TicketClock.due_at > uow.now)
    found = []
    for clock in await uow.session.scalars(query.order_by(TicketClock.due_at)):
        rule = policy.sla.clocks.get(clock.clock_id)
        if rule and rule.promise and clock.state in {ClockState.RUNNING, ClockState.WARNED}:
            amount = rule.amount.of(facts_of(ticket))
            counts = _counts(policy, rule, ticket.department, uow.now)
            found.append(
                Promise(rule.id, rule.promise, clock.due_at, amount, str(rule.unit), rule.source, counts)
            )
    return found


def _counts(policy: Policy, rule: ClockRule, department: str | None, now: datetime) -> bool:
    if not rule.unit.works:
        return True
    calendar = policy.calendar
    hours = calendar.of(department) if rule.calendar == DEPARTMENT else calendar.calendars[rule.calendar]
    return hours.open_at(now)


def promise_for(
    policy: Policy, clock_id: str, now: datetime, facts: Mapping[str, Any] | None = None
) -> Deadline:
    """When a clock would run out that started now, for a case with these facts (`department` and so on).

    Raises:
        KeyError: policy has no such clock.
        backend.policy.clock_rules.MissingFactError: its amount depends on a fact that is missing.
    """
    return Timekeeper(policy.sla, policy.calendar).count(clock_id, facts or {}).due(now)
