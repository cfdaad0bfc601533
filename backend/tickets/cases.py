"""A ticket that is there already: finding it, moving it on, adding to it."""

from uuid import UUID

from sqlalchemy import select

from backend.errors import ConflictError, IllegalStepError, NotFoundError
from backend.tickets import timeline
from backend.tickets.events import TicketChanged
from backend.tickets.kinds import Intake, Stage
from backend.tickets.models import Ticket, TimelineEntry
from backend.tickets.number import is_ticket_number
from backend.tickets.schemas import StageChange
from backend.tickets.search import indexed
from backend.tickets.workflow import StepRefusedError, require_step
from backend.unit_of_work import UnitOfWork

CLOSED = (Stage.SETTLED, Stage.IMPROVED, Stage.REJECTED, Stage.CANCELLED)


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


async def timeline_of(uow: UnitOfWork, ticket: Ticket) -> list[TimelineEntry]:
    """A ticket's timeline from its beginning."""
    query = select(TimelineEntry).where(TimelineEntry.ticket_id == ticket.id).order_by(TimelineEntry.position)
    return list(await uow.session.scalars(query))


async def move(uow: UnitOfWork, number: str, change: StageChange, by: timeline.By) -> Ticket:
    """Take a ticket to the next stage (R1-1.3).

    Raises:
        NotFoundError: there is no such ticket.
        ConflictError: somebody changed the ticket since the caller saw it.
        IllegalStepError: the workflow does not lead there.
    """
    ticket = await _locked(uow, Ticket.number == number) if is_ticket_number(number) else None
    if ticket is None:
        raise NotFoundError(f"ticket {number}")
    if ticket.version != change.version:
        raise ConflictError(f"ticket {number} is at version {ticket.version}, not {change.version}")
    before = Stage(ticket.stage)
    try:
        require_step(before, change.stage)
    except StepRefusedError as error:
        raise IllegalStepError(str(error)) from error
    ticket.stage = change.stage
    deed = timeline.Deed(
        "stage_changed", {"stage": before}, {"stage": change.stage}, change.note, source="R1-1.3"
    )
    timeline.append(uow, ticket, by, deed)
    await uow.session.flush()
    await uow.publish(TicketChanged(ticket))
    return ticket


async def open_raw_ticket(uow: UnitOfWork, conversation_id: UUID) -> Ticket | None:
    """The conversation's open ticket that holds a bare transcript, locked, if there is one."""
    return await _locked(
        uow,
        (Ticket.conversation_id == conversation_id)
        & (Ticket.intake == Intake.RAW)
        & Ticket.stage.not_in([stage.value for stage in CLOSED]),
    )


async def add_words(uow: UnitOfWork, ticket: Ticket, text: str, by: timeline.By) -> None:
    """Add what the customer wrote to a locked ticket's description and timeline."""
    ticket.description = f"{ticket.description}\n{text}"
    ticket.search = indexed([ticket.description])
    timeline.append(uow, ticket, by, timeline.Deed("added", note=text, source="R1-1.2"))
    await uow.session.flush()
    await uow.publish(TicketChanged(ticket))


async def _locked(uow: UnitOfWork, condition: object) -> Ticket | None:
    query = select(Ticket).where(condition).order_by(Ticket.created_at).limit(1).with_for_update()  # type: ignore[arg-type]
    return await uow.session.scalar(query.execution_options(populate_existing=True))
