"""One ticket with all that belongs to it, joined from tickets, conversations and channels."""

from sqlalchemy import select

from backend.access import reveals
from backend.access.reveals import Look, Subject
from backend.access.sessions import Identity
from backend.channels.models import Delivery, DeliveryState
from backend.conversations import hub
from backend.conversations.models import Message
from backend.conversations.schemas import MessageOut, messages_out
from backend.desk.schemas import CaseOut, LinkOut, NoticeOut, RouteOut, TicketDetail
from backend.desk.veiling import veiled
from backend.policy import Policy
from backend.tickets import cases, relations
from backend.tickets.case_store import state_of
from backend.tickets.completeness import missing_facts
from backend.tickets.models import Ticket
from backend.tickets.schemas import Contact, summary, timeline
from backend.unit_of_work import UnitOfWork


async def detail(uow: UnitOfWork, policy: Policy, ticket: Ticket, reader: Identity) -> TicketDetail:
    """Everything about a ticket, as far as this person has revealed it."""
    whole = await _whole(uow, policy, ticket)
    look = Look(Subject.TICKET, ticket.number)
    return whole if await reveals.open_to(uow.session, reader.username, look, uow.now) else veiled(whole)


async def _whole(uow: UnitOfWork, policy: Policy, ticket: Ticket) -> TicketDetail:
    state = state_of(ticket)
    route = policy.route(state.facts())
    return TicketDetail(
        **summary(ticket).model_dump(),
        description=ticket.description,
        demand=ticket.demand,
        details=ticket.details,
        revealed=True,
        contact=Contact(name=ticket.customer_name, phone=ticket.phone, address=ticket.address),
        signals=ticket.signals,
        policy_version=ticket.policy_version,
        missing=list(missing_facts(policy.workflow, state)),
        case=CaseOut.model_validate(ticket),
        route=RouteOut(department=route.department, rule=route.id, source=route.source),
        linked=[LinkOut.model_validate(one) for one in await relations.linked_to(uow, ticket)],
        merged_into=ticket.merged_into,
        merged_from=await relations.merged_into(uow, ticket),
        notice=await _notice(uow, ticket),
        messages=messages_out(await hub.messages_since(uow.session, ticket.conversation_id, 0)),
        timeline=timeline(await cases.timeline_of(uow, ticket)),
    )


async def _notice(uow: UnitOfWork, ticket: Ticket) -> NoticeOut | None:
    message = await uow.session.get(Message, ticket.notice_id) if ticket.notice_id else None
    if message is None:
        return None
    state = await uow.session.scalar(select(Delivery.state).where(Delivery.message_id == message.id))
    return NoticeOut(message=MessageOut.model_validate(message), delivery=state or DeliveryState.SENT)
