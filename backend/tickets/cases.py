"""A ticket that is there already: finding it, locking it, taking a step with it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from backend.access import accounts
from backend.clock import SHANGHAI
from backend.errors import (
    BeyondAuthorityError,
    ConflictError,
    ForbiddenError,
    IllegalStepError,
    NotFoundError,
    OwnProposalError,
)
from backend.policy import Policy
from backend.tickets import timeline, workflow
from backend.tickets.case_deeds import difference
from backend.tickets.case_state import CaseState, Circumstances
from backend.tickets.case_store import publish, state_of, store
from backend.tickets.commands import AddWords, Approve, Assign, Command, Propose
from backend.tickets.deeds import By
from backend.tickets.events import FactsPutRight
from backend.tickets.kinds import Actor, Intake, Stage
from backend.tickets.models import Ticket, TimelineEntry
from backend.tickets.number import is_ticket_number
from backend.tickets.way import steps_before
from backend.tickets.workflow import Applied
from backend.unit_of_work import UnitOfWork

BUDGET_LOCK = 7_246_002
"""Approvals queue up behind it, so that together they stay within the month's budget of goodwill (R8-3)."""

CLOSED = [stage.value for stage in Stage if stage.closed]
UNDERSTOOD = frozenset({"kind", "secondary_kind", "severity", "hazard", "demand", "details"})
"""What is first taken down by the machine, so that a person's change of it is a correction."""


async def get(uow: UnitOfWork, number: str) -> Ticket:
    """The ticket of that number.

    Raises:
        NotFoundError: there is none.
    """
    known = is_ticket_number(number)
    ticket = await uow.session.scalar(select(Ticket).where(Ticket.number == number)) if known else None
    if ticket is None:
        raise NotFoundError(f"ticket {number}")
    return ticket


async def locked(uow: UnitOfWork, number: str) -> Ticket:
    """The ticket of that number, as it is now and nobody else can change it.

    Raises:
        NotFoundError: there is none.
    """
    ticket = await _locked(uow, Ticket.number == number) if is_ticket_number(number) else None
    if ticket is None:
        raise NotFoundError(f"ticket {number}")
    return ticket


async def timeline_of(uow: UnitOfWork, ticket: Ticket) -> list[TimelineEntry]:
    """A ticket's timeline from its beginning."""
    query = select(TimelineEntry).where(TimelineEntry.ticket_id == ticket.id).order_by(TimelineEntry.position)
    return list(await uow.session.scalars(query))


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody who takes steps, in one unit of work.

    Attributes:
        notice_id: the message, stored in this unit of work, that tells the customer of the step.
    """

    uow: UnitOfWork
    policy: Policy
    by: By
    notice_id: UUID | None = None


async def take(acting: Acting, number: str, command: Command) -> Ticket:
    """Take a step of the workflow with a ticket (R1-1.3).

    Raises:
        NotFoundError: there is no such ticket.
        ConflictError: somebody changed the ticket since the caller saw it.
        IllegalStepError: the workflow does not lead there, or facts are lacking.
        ForbiddenError: it is not for this person.
    """
    ticket = await locked(acting.uow, number)
    applied = await applied_to(acting, ticket, command)
    if isinstance(command, Assign):
        await _require_colleague(acting.uow, command)
    await record(acting, ticket, applied)
    return ticket


async def circumstances(acting: Acting, ticket: Ticket, *, with_budget: bool) -> Circumstances:
    """What a step with the ticket is judged by; the month's goodwill is counted if asked for."""
    granted = await _granted_elsewhere(acting.uow, ticket) if with_budget else Decimal(0)
    return Circumstances(acting.by, acting.uow.now, acting.policy, granted, acting.notice_id)


async def applied_to(acting: Acting, ticket: Ticket, command: Command) -> Applied:
    """The step taken with a locked ticket, not stored yet.

    Raises:
        ConflictError, IllegalStepError, ForbiddenError: as `take`.
    """
    if ticket.version != command.version:
        raise ConflictError(f"ticket {ticket.number} is at version {ticket.version}, not {command.version}")
    if isinstance(command, Approve):
        await acting.uow.session.execute(select(func.pg_advisory_xact_lock(BUDGET_LOCK)))
    given = await circumstances(acting, ticket, with_budget=isinstance(command, Propose | Approve))
    state = state_of(ticket)
    try:
        return workflow.apply(state, command, given)
    except workflow.StepRefusedError as error:
        first = () if error.missing else steps_before(command.step, state, given)
        raise IllegalStepError(str(error), error.missing, first) from error
    except workflow.BeyondAuthorityError as error:
        raise BeyondAuthorityError(str(error), level=error.level.value) from error
    except workflow.OwnProposalError as error:
        raise OwnProposalError(str(error)) from error
    except workflow.StepForbiddenError as error:
        raise ForbiddenError(str(error)) from error


async def record(acting: Acting, ticket: Ticket, applied: Applied) -> None:
    """Store a step that was taken with a locked ticket, with its timeline, and tell the house."""
    before = state_of(ticket)
    store(ticket, before, applied.state)
    ticket.version += 1  # also where no fact changed: somebody has acted upon what they saw
    for deed in applied.deeds:
        timeline.append(acting.uow, ticket, acting.by, deed)
    await acting.uow.session.flush()
    await publish(acting.uow, ticket, before, applied.state)
    await _tell_of_corrections(acting, ticket, before, applied.state)
    await (
        acting.uow.session.flush()
    )  # what others did of it inside, so that the version is the one to go on from


async def _tell_of_corrections(acting: Acting, ticket: Ticket, before: CaseState, after: CaseState) -> None:
    was, now = difference(before, after, only=UNDERSTOOD)
    if (was or now) and acting.by.kind is Actor.AGENT and acting.by.username is not None:
        await acting.uow.publish(FactsPutRight(ticket, was, now, acting.by.username))


async def open_raw_ticket(uow: UnitOfWork, conversation_id: UUID) -> Ticket | None:
    """The conversation's open ticket that holds a bare transcript, locked, if there is one."""
    return await _locked(
        uow,
        (Ticket.conversation_id == conversation_id)
        & (Ticket.intake == Intake.RAW)
        & Ticket.stage.not_in(CLOSED),
    )


async def add_words(acting: Acting, ticket: Ticket, text: str) -> None:
    """Add what the customer wrote to a locked ticket's description and timeline."""
    command = AddWords.model_construct(version=ticket.version, note=None, text=text)
    await record(acting, ticket, await applied_to(acting, ticket, command))


async def _granted_elsewhere(uow: UnitOfWork, ticket: Ticket) -> Decimal:
    month = uow.now.astimezone(SHANGHAI).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    query = select(func.sum(Ticket.concession)).where(
        Ticket.approved_at >= month, Ticket.id != ticket.id, Ticket.stage != Stage.CANCELLED
    )
    return await uow.session.scalar(query) or Decimal(0)


async def _require_colleague(uow: UnitOfWork, command: Assign) -> None:
    user = await accounts.find(uow.session, command.assignee or "")
    if user is None or not user.active or user.username != command.assignee:
        raise IllegalStepError(f"no colleague {command.assignee}", ("assignee",))


async def _locked(uow: UnitOfWork, condition: ColumnElement[Any]) -> Ticket | None:
    query = select(Ticket).where(condition).order_by(Ticket.created_at).limit(1).with_for_update()
    return await uow.session.scalar(query.execution_options(populate_existing=True))
