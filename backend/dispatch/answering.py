"""Quotes as customers see and answer them: through the bot, or by the code that came with the quote."""

from uuid import UUID

from sqlalchemy import select

from backend.dispatch import codes, orders
from backend.dispatch.commands import AnswerQuote, Sign
from backend.dispatch.kinds import Answer, Way
from backend.dispatch.models import Quote, ServiceOrder
from backend.dispatch.orders import Serving
from backend.errors import NotFoundError
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork


async def open_in(uow: UnitOfWork, conversation_id: UUID) -> list[tuple[Quote, ServiceOrder]]:
    """The quotes that wait for an answer in a conversation."""
    query = (
        select(Quote, ServiceOrder)
        .join(ServiceOrder, ServiceOrder.open_quote == Quote.id)
        .join(Ticket, Ticket.id == ServiceOrder.ticket_id)
        .where(Ticket.conversation_id == conversation_id)
        .order_by(Quote.created_at)
    )
    return [(row[0], row[1]) for row in await uow.session.execute(query)]


async def of_conversation(uow: UnitOfWork, quote_id: UUID, conversation_id: UUID) -> Quote:
    """The quote, if the conversation's ticket is what it is for.

    Raises:
        NotFoundError: there is none, or it is not theirs, which is told alike.
    """
    query = (
        select(Quote)
        .join(ServiceOrder, ServiceOrder.id == Quote.order_id)
        .join(Ticket, Ticket.id == ServiceOrder.ticket_id)
        .where(Quote.id == quote_id, Ticket.conversation_id == conversation_id)
    )
    quote = await uow.session.scalar(query)
    if quote is None:
        raise NotFoundError(f"quote {quote_id}")
    return quote


async def by_code(uow: UnitOfWork, code: str) -> Quote | None:
    """The quote that the code came with."""
    query = select(Quote).where(Quote.code_digest == codes.digest(code))
    found: Quote | None = await uow.session.scalar(query)
    return found


async def order_to_sign(uow: UnitOfWork, code: str) -> ServiceOrder | None:
    """The order whose work is done and signed by this code."""
    query = select(ServiceOrder).where(ServiceOrder.sign_code_digest == codes.digest(code))
    found: ServiceOrder | None = await uow.session.scalar(query)
    return found


async def answer(serving: Serving, quote: Quote, said: Answer, how: Way) -> Quote:
    """Note what the customer said; the same answer again changes nothing.

    Raises:
        IllegalStepError: it was answered otherwise, is no longer valid, or a newer one has taken its place.
    """
    if quote.answer == said:
        return quote
    order = await serving.uow.session.get_one(ServiceOrder, quote.order_id)
    command = AnswerQuote(version=order.version, quote_id=quote.id, answer=said, how=how)
    await orders.take(serving, order.number, command)
    return quote


async def sign(serving: Serving, order: ServiceOrder, code: str, opinion: str | None) -> ServiceOrder:
    """The customer signs for the work, with an opinion of it (R10-6.2.6)."""
    command = Sign(version=order.version, code=code, opinion=opinion)
    return await orders.take(serving, order.number, command)
