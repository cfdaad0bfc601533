"""A service order: opening it, finding it, taking a step with it."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import exists, func, select

from backend.dispatch import codes, machine, planning, pricing, telling
from backend.dispatch.commands import (
    AnswerQuote,
    Diagnose,
    Dispatch,
    FileRecord,
    Fix,
    OrderCommand,
    Plan,
    Return,
    SendQuote,
    Sign,
)
from backend.dispatch.kinds import OrderStage, PictureKind
from backend.dispatch.machine import AppliedStep, OrderStepForbiddenError, OrderStepRefusedError
from backend.dispatch.models import OrderPicture, Quote, ServiceOrder, Technician
from backend.dispatch.order_deeds import OPENED
from backend.dispatch.order_state import Circumstances, Warranty, Worker
from backend.dispatch.order_store import record, state_of
from backend.dispatch.telling import Said
from backend.errors import ConflictError, ForbiddenError, IllegalStepError, NotFoundError
from backend.policy import Policy
from backend.tickets import cases, timeline
from backend.tickets.deeds import By, Deed
from backend.tickets.events import TicketChanged
from backend.tickets.kinds import Stage, Visibility
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork
from backend.warranty.facts import Cause
from backend.wording import Wording

CLOSED = [stage.value for stage in OrderStage if stage.closed]
NO_OPEN_ORDER = "no_open_order"
SERVICEABLE = "serviceable_ticket"
FACTS = frozenset({NO_OPEN_ORDER, SERVICEABLE})
"""What opening an order can lack, besides what steps do (`gates.FACTS`)."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Somebody who does something with service orders, in one unit of work.

    `public_url`: where customers reach this installation, if it is known.
    """

    uow: UnitOfWork
    policy: Policy
    wording: Wording
    by: By
    public_url: str = ""


async def get(uow: UnitOfWork, number: str) -> tuple[ServiceOrder, Ticket]:
    """The order of that number with its ticket.

    Raises:
        NotFoundError: there is none.
    """
    query = select(ServiceOrder, Ticket).join(Ticket, Ticket.id == ServiceOrder.ticket_id)
    row = (await uow.session.execute(query.where(ServiceOrder.number == number))).one_or_none()
    if row is None:
        raise NotFoundError(f"service order {number}")
    return row[0], row[1]


async def open_order(serving: Serving, ticket_number: str, *, parts_urgent: bool = False) -> ServiceOrder:
    """Open a service order for a ticket (R3b-8); one at a time.

    Raises:
        NotFoundError: there is no such ticket.
        ForbiddenError: it is not for this person.
        IllegalStepError: the ticket is closed or of a kind without service, or has an open order.
    """
    uow, policy = serving.uow, serving.policy
    require_allowed(serving, "open")
    ticket = await cases.locked(uow, ticket_number)
    if Stage(ticket.stage).closed or ticket.kind not in policy.dispatch.opened_for:
        raise IllegalStepError(f"no service for {ticket_number}", (SERVICEABLE,))
    mine = ServiceOrder.ticket_id == ticket.id
    running = select(func.count()).where(mine, ServiceOrder.stage.not_in(CLOSED))
    if await uow.session.scalar(running):
        raise IllegalStepError(f"{ticket_number} has an open order", (NO_OPEN_ORDER,))
    sequence = 1 + (await uow.session.scalar(select(func.count()).where(mine)) or 0)
    order = ServiceOrder(
        number=f"{ticket.number}-{sequence}",
        ticket_id=ticket.id,
        sequence=sequence,
        opened_at=uow.now,
        opened_by=serving.by.username,
        updated_at=uow.now,
        parts_urgent=parts_urgent,
    )
    uow.session.add(order)
    source = policy.dispatch.steps["open"].source
    deed = Deed(
        OPENED, after={"order": order.number}, visibility=Visibility.CUSTOMER, rule="open", source=source
    )
    timeline.append(uow, ticket, serving.by, deed)
    await uow.session.flush()
    await uow.publish(TicketChanged(ticket))
    return order


async def take(serving: Serving, number: str, command: OrderCommand) -> ServiceOrder:
    """Take a step with an order; an action that was taken before changes nothing.

    The step is judged before anything is locked, so that the customer's message can be stored first:
    conversations are always locked before tickets. The version makes sure that it still holds.

    Raises:
        NotFoundError: there is no such order.
        ConflictError: somebody changed the order since the caller saw it.
        IllegalStepError: the step does not follow, or something is lacking.
        ForbiddenError: it is not for this person.
    """
    uow = serving.uow
    order, ticket = await get(uow, number)
    if command.action_id is not None and str(command.action_id) in order.actions:
        return order
    _require_version(order, command)
    code = codes.new_code() if isinstance(command, SendQuote | Fix | Return) else None
    given = await _circumstances(serving, order, ticket, command, code)
    applied = _judged(order, command, given)
    technician = await _technician_name(uow, applied.state.technician_id)
    said = Said(ticket, applied.state, given.fees, code, technician, serving.public_url)
    message_id = await telling.tell(uow, serving.wording, command.step, said)
    ticket = await cases.locked(uow, ticket.number)
    order = await _locked(uow, order.id)
    _require_version(order, command)
    await _keep(serving, order, command, given, _Sent(message_id, code))
    if command.action_id is not None:
        order.actions = [*order.actions, str(command.action_id)]
    await record(uow, serving.by, order, ticket, applied)
    return order


def require_allowed(serving: Serving, step: str) -> None:
    """Refuse what policy does not leave to whoever acts.

    Raises:
        ForbiddenError: it is not for this person.
    """
    if not machine.allowed(serving.policy.dispatch, step, serving.by):
        raise ForbiddenError(step)


@dataclass(frozen=True, slots=True)
class _Sent:
    message_id: UUID | None
    code: str | None


def _require_version(order: ServiceOrder, command: OrderCommand) -> None:
    if order.version != command.version:
        raise ConflictError(f"order {order.number} is at version {order.version}, not {command.version}")


def _judged(order: ServiceOrder, command: OrderCommand, given: Circumstances) -> AppliedStep:
    try:
        return machine.apply(state_of(order), command, given)
    except OrderStepRefusedError as error:
        raise IllegalStepError(str(error), error.missing) from error
    except OrderStepForbiddenError as error:
        raise ForbiddenError(str(error)) from error


async def _circumstances(
    serving: Serving, order: ServiceOrder, ticket: Ticket, command: OrderCommand, code: str | None
) -> Circumstances:
    uow, policy = serving.uow, serving.policy
    return Circumstances(
        by=serving.by,
        now=uow.now,
        policy=policy,
        warranty=await _warranty(uow, policy, ticket, command),
        worker=await _worker(uow, order, command),
        pictures=isinstance(command, FileRecord) and await _pictured(uow, order),
        quote_id=uuid4() if isinstance(command, SendQuote) else None,
        fees=pricing.fees_of(policy, state_of(order), command, uow.now),
        quote_valid=await _valid(uow, command),
        code_digest=codes.digest(command.code) if isinstance(command, Sign) and command.code else None,
        new_code_digest=codes.digest(code) if code is not None else None,
    )


async def _warranty(
    uow: UnitOfWork, policy: Policy, ticket: Ticket, command: OrderCommand
) -> Warranty | None:
    """Looked up when planning, and anew when it is known on site what caused the fault, or in which part."""
    match command:
        case Plan() | Diagnose(cause=Cause()) | Diagnose(part=str()):
            return await planning.found(uow, policy, ticket, command)
        case _:
            return None


async def _pictured(uow: UnitOfWork, order: ServiceOrder) -> bool:
    """Whether there is a picture of the signed record, or the signature itself."""
    mine = (OrderPicture.order_id == order.id) & (OrderPicture.kind != PictureKind.WORK)
    return bool(await uow.session.scalar(select(exists().where(mine))))


async def _worker(uow: UnitOfWork, order: ServiceOrder, command: OrderCommand) -> Worker | None:
    if not isinstance(command, Dispatch):
        return None
    technician_id = command.technician_id or order.technician_id
    found = await uow.session.get(Technician, technician_id) if technician_id is not None else None
    if found is None:
        return None
    return Worker(found.id, found.name, found.active, frozenset(found.regions), frozenset(found.skills))


async def _technician_name(uow: UnitOfWork, technician_id: UUID | None) -> str | None:
    found = await uow.session.get(Technician, technician_id) if technician_id is not None else None
    return found.name if found is not None else None


async def _valid(uow: UnitOfWork, command: OrderCommand) -> bool:
    if not isinstance(command, AnswerQuote):
        return True
    quote = await uow.session.get(Quote, command.quote_id)
    return quote is not None and uow.now <= quote.valid_until


async def _locked(uow: UnitOfWork, order_id: UUID) -> ServiceOrder:
    query = select(ServiceOrder).where(ServiceOrder.id == order_id).with_for_update()
    return (await uow.session.scalars(query.execution_options(populate_existing=True))).one()


async def _keep(
    serving: Serving, order: ServiceOrder, command: OrderCommand, given: Circumstances, sent: _Sent
) -> None:
    """Store what goes beside the order: the decision, the quote or its answer, the parts used."""
    uow = serving.uow
    match command:
        case Plan() | Diagnose() if given.warranty is not None:
            order.decision = given.warranty.kept
        case SendQuote() if given.fees is not None and sent.code is not None:
            uow.session.add(
                Quote(
                    id=given.quote_id,
                    order_id=order.id,
                    year=given.fees.year,
                    lines=[pricing.kept(line) for line in given.fees.lines],
                    total=given.fees.total,
                    created_at=uow.now,
                    valid_until=pricing.valid_until(serving.policy, uow.now),
                    message_id=sent.message_id,
                    code_digest=codes.digest(sent.code),
                )
            )
        case AnswerQuote():
            quote = await uow.session.get_one(Quote, command.quote_id)
            quote.answer, quote.answered_how = command.answer.value, command.how.value
            quote.answered_at = uow.now
        case Fix() | Return():
            pricing.use_parts(uow, serving.policy, order, command.parts)
        case _:
            pass
