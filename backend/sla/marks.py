"""What a ticket's timeline says of its clocks: warned, breached, moved, withdrawn; each with its clause."""

from datetime import datetime

from backend.clock import SHANGHAI
from backend.policy.clock_rules import ClockRule
from backend.sla.events import ClockBreached, ClockWarned
from backend.sla.models import TicketClock
from backend.tickets import timeline
from backend.tickets.kinds import Actor
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

BY = timeline.By(Actor.SYSTEM)


async def warn(uow: UnitOfWork, ticket: Ticket, clock: TicketClock, rule: ClockRule) -> None:
    """Note that a clock will soon run out, and tell the house. The ticket must be locked."""
    clock.warned_at = uow.now
    clock.schedule()
    _note(uow, ticket, clock, rule, "clock_warned")
    await uow.session.flush()
    await uow.publish(ClockWarned(ticket.id, clock.clock_id, clock.due_at))


async def breach(uow: UnitOfWork, ticket: Ticket, clock: TicketClock, rule: ClockRule) -> None:
    """Note that a clock has run out, and tell the house. The ticket must be locked."""
    clock.breached_at = uow.now
    clock.schedule()
    _note(uow, ticket, clock, rule, "clock_breached")
    await uow.session.flush()
    await uow.publish(ClockBreached(ticket.id, clock.clock_id, clock.due_at))


def move(uow: UnitOfWork, ticket: Ticket, clock: TicketClock, rule: ClockRule, was_due: datetime) -> None:
    """Note that a clock's end is not where it was."""
    deed = timeline.Deed(
        "clock_moved",
        before={"clock": rule.name, "due_at": shown(was_due)},
        after={"clock": rule.name, "due_at": shown(clock.due_at)},
        rule=rule.id,
        source=rule.source,
    )
    timeline.append(uow, ticket, BY, deed)


def withdraw(uow: UnitOfWork, ticket: Ticket, clock: TicketClock, rule: ClockRule | None) -> None:
    """Stop a clock that is not, or no longer, for this ticket; policy may know it no more."""
    clock.stopped_at, clock.withdrawn = uow.now, True
    clock.schedule()
    name, source = (rule.name, rule.source) if rule else (clock.clock_id, None)
    before = {"clock": name, "due_at": shown(clock.due_at)}
    deed = timeline.Deed("clock_withdrawn", before=before, rule=clock.clock_id, source=source)
    timeline.append(uow, ticket, BY, deed)


def add(uow: UnitOfWork, ticket: Ticket, clock: TicketClock, rule: ClockRule) -> None:
    """Note that policy has given an open ticket a clock that it did not have."""
    _note(uow, ticket, clock, rule, "clock_added")


def resume(uow: UnitOfWork, ticket: Ticket, clock: TicketClock, rule: ClockRule) -> None:
    """Note that a clock goes on that had been stopped by mistake."""
    _note(uow, ticket, clock, rule, "clock_resumed")


def shown(moment: datetime) -> str:
    """A moment as the timeline shows it, in the customers' time zone."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")


def _note(uow: UnitOfWork, ticket: Ticket, clock: TicketClock, rule: ClockRule, verb: str) -> None:
    after = {"clock": rule.name, "due_at": shown(clock.due_at)}
    timeline.append(uow, ticket, BY, timeline.Deed(verb, after=after, rule=rule.id, source=rule.source))
