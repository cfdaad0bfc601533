"""Tickets that belong together: linked, merged into one another, split from one another."""

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, delete, or_, select

from backend.errors import IllegalStepError
from backend.tickets import cases, timeline
from backend.tickets.case_store import publish, state_of
from backend.tickets.cases import Acting
from backend.tickets.commands import Improve, Merge, Split, Step, Unmerge
from backend.tickets.deeds import Deed
from backend.tickets.filing import file
from backend.tickets.kinds import Kind, Relation, Stage
from backend.tickets.lacks import ANOTHER_TICKET
from backend.tickets.links import Link, Unlink
from backend.tickets.models import Ticket, TicketLink
from backend.tickets.schemas import Contact, NewTicket
from backend.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Linked:
    """Another ticket that a ticket belongs to."""

    number: str
    relation: Relation


async def linked_to(uow: UnitOfWork, ticket: Ticket) -> list[Linked]:
    """The tickets linked to or from a ticket, oldest link first."""
    query = (
        select(Ticket.number, TicketLink.relation)
        .join(TicketLink, or_(TicketLink.ticket_id == Ticket.id, TicketLink.other_id == Ticket.id))
        .where(
            or_(TicketLink.ticket_id == ticket.id, TicketLink.other_id == ticket.id), Ticket.id != ticket.id
        )
        .order_by(TicketLink.created_at, Ticket.number)
    )
    return [Linked(row.number, Relation(row.relation)) for row in await uow.session.execute(query)]


async def merged_into(uow: UnitOfWork, ticket: Ticket) -> list[str]:
    """The numbers of the tickets that were merged into a ticket."""
    query = select(Ticket.number).where(Ticket.merged_into == ticket.number).order_by(Ticket.number)
    return list(await uow.session.scalars(query))


async def link(acting: Acting, number: str, command: Link) -> Ticket:
    """Note that a ticket belongs to another.

    Raises:
        NotFoundError: one of them does not exist.
        IllegalStepError: they are linked so already; further as `cases.take`.
    """
    ticket, other = await _both(acting.uow, number, command.other)
    applied = await cases.applied_to(acting, ticket, command)
    if not await _joined(acting.uow, ticket, _there(other), command.relation):
        raise IllegalStepError(f"{number} is linked to {command.other} already", (ANOTHER_TICKET,))
    await cases.record(acting, ticket, applied)
    return ticket


async def unlink(acting: Acting, number: str, command: Unlink) -> Ticket:
    """Take back that a ticket belongs to another, whichever way round. A split stays on record.

    Raises:
        NotFoundError: one of them does not exist.
        IllegalStepError: they are not linked; further as `cases.take`.
    """
    ticket, other = await _both(acting.uow, number, command.other)
    applied = await cases.applied_to(acting, ticket, command)
    there = _there(other)
    gone = await acting.uow.session.execute(
        delete(TicketLink)
        .where(_between(ticket, there), TicketLink.relation != Relation.SPLIT_FROM)
        .returning(TicketLink.id)
    )
    if not gone.all():
        raise IllegalStepError(f"{number} is not linked to {command.other}", (ANOTHER_TICKET,))
    await cases.record(acting, ticket, applied)
    return ticket


async def improve(acting: Acting, number: str, command: Improve) -> Ticket:
    """Plan the improvement, and link the tickets of the same cause (R1-1.3 (8)).

    Raises:
        NotFoundError: a ticket does not exist.
    """
    ticket = await cases.take(acting, number, command)
    source = acting.policy.workflow.steps[Step.LINK.value].source
    for another in dict.fromkeys(command.same_cause_as):
        other = await cases.get(acting.uow, another)
        if other.id != ticket.id and await _joined(acting.uow, ticket, other, Relation.SAME_CAUSE):
            after = {"linked": another, "relation": Relation.SAME_CAUSE.value}
            timeline.append(
                acting.uow,
                ticket,
                acting.by,
                Deed("linked", after=after, rule=Step.LINK.value, source=source),
            )
    await acting.uow.session.flush()
    return ticket


async def merge(acting: Acting, number: str, command: Merge) -> Ticket:
    """Let another ticket carry the matter on. Its timeline says so; this one's stays.

    Raises:
        NotFoundError: one of them does not exist.
        IllegalStepError: the other is closed or merged itself; further as `cases.take`.
    """
    ticket, other = await _both(acting.uow, number, command.other)
    applied = await cases.applied_to(acting, ticket, command)
    target = _there(other)
    if Stage(target.stage).closed:
        raise IllegalStepError(f"{target.number} is closed", (ANOTHER_TICKET,))
    await cases.record(acting, ticket, applied)
    await _carry(acting, target, Deed("merged_in", after={"merged_from": number}), repeats=1)
    return ticket


async def unmerge(acting: Acting, number: str, command: Unmerge) -> Ticket:
    """Undo a merger: the ticket goes on where it stood.

    Raises:
        NotFoundError: there is no such ticket.
    """
    into = (await cases.get(acting.uow, number)).merged_into
    ticket, other = await _both(acting.uow, number, into)
    await cases.record(acting, ticket, await cases.applied_to(acting, ticket, command))
    deed = Deed("merge_undone", after={"merged_from": number})
    await _carry(acting, _there(other), deed, repeats=-1)
    return ticket


async def split(acting: Acting, number: str, command: Split) -> Ticket:
    """Make a second matter in a ticket a ticket of its own, of the same customer.

    Returns:
        The ticket it was in; its links name the new one.
    """
    ticket = await cases.locked(acting.uow, number)
    applied = await cases.applied_to(acting, ticket, command)
    filed = await file(
        acting.uow, acting.policy, _second_matter(ticket, command), channel=ticket.channel, by=acting.by
    )
    await _joined(acting.uow, filed.ticket, ticket, Relation.SPLIT_FROM)
    main, *others = applied.deeds
    named = replace(main, after={**(main.after or {}), "split_into": filed.ticket.number})
    await cases.record(acting, ticket, replace(applied, deeds=(named, *others)))
    return ticket


def _second_matter(ticket: Ticket, command: Split) -> NewTicket:
    return NewTicket(
        request_id=f"split:{ticket.number}:{ticket.version}",
        conversation_id=ticket.conversation_id,
        kind=command.kind or Kind(ticket.kind),
        severity=command.severity,
        hazard=command.hazard,
        description=command.description or "",
        demand=command.demand,
        details=command.details,
        contact=Contact(name=ticket.customer_name, phone=ticket.phone, address=ticket.address),
    )


async def _both(uow: UnitOfWork, number: str, other: str | None) -> tuple[Ticket, Ticket | None]:
    """Both tickets, locked in the order of their numbers so that two mergers cannot wait for each other."""
    found = {one: await cases.locked(uow, one) for one in sorted({number, other or number})}
    return found[number], found[other] if other and other != number else None


def _there(other: Ticket | None) -> Ticket:
    if other is None:
        raise IllegalStepError("no other ticket", (ANOTHER_TICKET,))
    return other


async def _joined(uow: UnitOfWork, ticket: Ticket, other: Ticket, relation: Relation) -> bool:
    """Link two tickets; false if they are linked so already, whichever way round."""
    there = select(TicketLink.id).where(TicketLink.relation == relation.value, _between(ticket, other))
    if await uow.session.scalar(there) is not None:
        return False
    uow.session.add(
        TicketLink(ticket_id=ticket.id, other_id=other.id, relation=relation.value, created_at=uow.now)
    )
    await uow.session.flush()
    return True


def _between(ticket: Ticket, other: Ticket) -> ColumnElement[bool]:
    return or_(
        (TicketLink.ticket_id == ticket.id) & (TicketLink.other_id == other.id),
        (TicketLink.ticket_id == other.id) & (TicketLink.other_id == ticket.id),
    )


async def _carry(acting: Acting, target: Ticket, deed: Deed, *, repeats: int) -> None:
    """Note on the carrying ticket that another was merged into it or no longer is."""
    before = state_of(target)
    target.repeats = max(0, target.repeats + repeats)
    was, now = {"repeats": before.repeats}, {**(deed.after or {}), "repeats": target.repeats}
    rule = Step.MERGE if repeats > 0 else Step.UNMERGE
    source = acting.policy.workflow.steps[rule.value].source
    whole = replace(deed, before=was, after=now, rule=rule.value, source=source)
    timeline.append(acting.uow, target, acting.by, whole)
    await acting.uow.session.flush()
    await publish(acting.uow, target, before, state_of(target))
