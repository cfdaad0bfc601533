"""An emergency (R7-4.4.5): a checklist that is open until each thing is done and somebody closes it."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.sessions import Identity
from backend.errors import ConflictError, ForbiddenError, NotFoundError
from backend.escalation.ladder import reaches
from backend.escalation.models import EmergencyTask
from backend.policy import Policy
from backend.policy.workflow import LEVELS
from backend.tickets import timeline
from backend.tickets.events import TicketChanged
from backend.tickets.kinds import Actor
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork


class NoEmergencyError(ConflictError):
    """The ticket has no open emergency."""

    code = "no_emergency"


class TasksLeftError(ConflictError):
    """An emergency is not over while something on its list is not done; `tasks` names it."""

    code = "emergency_tasks_left"


async def open_emergency(uow: UnitOfWork, policy: Policy, ticket: Ticket, rule: str, source: str) -> None:
    """Open the ticket's emergency; one that is open stays as it is, one that was closed starts anew."""
    if ticket.emergency_open:
        return
    ticket.emergency_open = True
    known = {task.task: task for task in await tasks_of(uow.session, ticket)}
    for position, (name, wording) in enumerate(policy.escalation.emergency.tasks.items(), start=1):
        task = known.get(name)
        if task is None:
            task = EmergencyTask(id=uuid4(), ticket_id=ticket.id, task=name)
            uow.session.add(task)
        task.position, task.name = position, wording
        task.done_at = task.done_by = task.note = None
    deed = timeline.Deed("emergency_opened", rule=rule, source=source)
    timeline.append(uow, ticket, timeline.By(Actor.SYSTEM), deed)


async def tasks_of(session: AsyncSession, ticket: Ticket) -> list[EmergencyTask]:
    """The checklist in its order; empty for a ticket that never had an emergency."""
    query = select(EmergencyTask).where(EmergencyTask.ticket_id == ticket.id).order_by(EmergencyTask.position)
    return list(await session.scalars(query))


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing of the list is done; the note says how, or why it does not apply."""

    task: str
    note: str | None = None


async def tick_off(uow: UnitOfWork, policy: Policy, ticket: Ticket, tick: Tick, who: Identity) -> None:
    """Note that one thing of a locked ticket's list is done.

    Raises:
        NoEmergencyError: nothing is open.
        NotFoundError: there is no such thing on the list.
        ConflictError: it is done already.
    """
    if not ticket.emergency_open:
        raise NoEmergencyError
    task = next((task for task in await tasks_of(uow.session, ticket) if task.task == tick.task), None)
    if task is None:
        raise NotFoundError(f"emergency task {tick.task}")
    if task.done_at is not None:
        raise ConflictError(f"emergency task {tick.task} is done")
    task.done_at, task.done_by, task.note = uow.now, who.display_name, tick.note
    deed = timeline.Deed(
        "emergency_task_done",
        after={"task": task.name},
        note=tick.note,
        source=policy.escalation.emergency.source,
    )
    await _noted(uow, ticket, who, deed)


async def close(uow: UnitOfWork, policy: Policy, ticket: Ticket, note: str | None, who: Identity) -> None:
    """Close a locked ticket's emergency.

    Raises:
        NoEmergencyError: nothing is open.
        ForbiddenError: it takes a higher level.
        TasksLeftError: something is not done yet.
    """
    emergency = policy.escalation.emergency
    if not ticket.emergency_open:
        raise NoEmergencyError
    if who.role not in LEVELS or not reaches(who.role, emergency.closes):
        raise ForbiddenError(who.role)
    left = [task.name for task in await tasks_of(uow.session, ticket) if task.done_at is None]
    if left:
        raise TasksLeftError(tasks="；".join(left))
    ticket.emergency_open = False
    await _noted(uow, ticket, who, timeline.Deed("emergency_closed", note=note, source=emergency.source))


async def _noted(uow: UnitOfWork, ticket: Ticket, who: Identity, deed: timeline.Deed) -> None:
    timeline.append(uow, ticket, timeline.By(Actor.AGENT, who.display_name), deed)
    await uow.session.flush()
    await uow.publish(TicketChanged(ticket))
