"""Orders and quotes put into the shape in which they are answered."""

from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from backend.dispatch import answering, board, machine, pictures
from backend.dispatch.board import Card
from backend.dispatch.fees import FeeLine
from backend.dispatch.models import Quote, ServiceOrder, Technician
from backend.dispatch.order_store import state_of
from backend.dispatch.orders import Serving
from backend.dispatch.schemas import (
    CodeView,
    FeeLineOut,
    OrderCard,
    OrderDetail,
    PartOut,
    PictureOut,
    QuoteOut,
)
from backend.dispatch.telling import line_words
from backend.errors import NotFoundError
from backend.masking import masked_facts
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording

FROM_TICKET = frozenset(
    {
        "ticket",
        "kind",
        "title",
        "priority",
        "customer_name",
        "phone",
        "address",
        "description",
        "details",
    }
)
COMPUTED = frozenset({"technician", "overdue", "carried_over", "quotes", "parts", "pictures", "steps"})


def card_out(card: Card) -> OrderCard:
    """An order for the board."""
    return OrderCard.model_validate(_values(card, frozenset(OrderCard.model_fields)))


async def detail_out(serving: Serving, order: ServiceOrder, ticket: Ticket) -> OrderDetail:
    """All of an order."""
    session: AsyncSession = serving.uow.session
    card = await board.card_of(session, order, ticket, serving.uow.now)
    values = _values(card, frozenset(OrderDetail.model_fields))
    quotes = await board.quotes_of(session, order)
    values["quotes"] = [quote_out(quote, serving.wording) for quote in quotes]
    values["parts"] = [PartOut.model_validate(part) for part in await board.parts_of(session, order)]
    mine = await pictures.of_order(serving.uow, order)
    values["pictures"] = [PictureOut.model_validate(picture) for picture in mine]
    if card.technician is None or card.technician.username != serving.by.username:
        hidden = ("phone", "address", "description", "details")
        values |= masked_facts({name: values[name] for name in hidden})
    values["steps"] = machine.open_steps(state_of(order), serving.policy.dispatch, serving.by)
    return OrderDetail.model_validate(values)


def quote_out(quote: Quote, wording: Wording) -> QuoteOut:
    """A quote with the words for its lines."""
    own = {name: getattr(quote, name) for name in QuoteOut.model_fields if name != "lines"}
    return QuoteOut(**own, lines=[_line(line, wording) for line in quote.lines])


async def code_view(uow: UnitOfWork, code: str, wording: Wording) -> CodeView:
    """What a customer's code is for. Whoever has it was sent it.

    Raises:
        NotFoundError: it is none.
    """
    quote, signs = await answering.by_code(uow, code), await answering.order_to_sign(uow, code)
    order = signs if quote is None else await uow.session.get_one(ServiceOrder, quote.order_id)
    if order is None:
        raise NotFoundError("code")
    ticket = await uow.session.get_one(Ticket, order.ticket_id)
    sent = await uow.session.get(Technician, order.technician_id) if order.technician_id else None
    return CodeView(
        order=order.number,
        asks="signature" if quote is None else "quote",
        product=ticket.details.get("product"),
        plan=order.plan,
        work_done=order.work_done,
        technician=sent.name if sent is not None else None,
        visit_at=order.visit_at,
        bill_total=order.bill_total,
        quote=None if quote is None else quote_out(quote, wording),
    )


def _values(card: Card, names: frozenset[str]) -> dict[str, object]:
    order, ticket = card.order, card.ticket
    values: dict[str, object] = {name: getattr(order, name) for name in names - FROM_TICKET - COMPUTED}
    values |= {name: getattr(ticket, name) for name in FROM_TICKET & names - {"ticket"}}
    return values | {
        "ticket": ticket.number,
        "technician": card.technician.name if card.technician is not None else None,
        "overdue": order.overdue_at is not None and order.stage == "taken_in",
        "carried_over": card.carried_over,
    }


def _line(kept: dict[str, str | None], wording: Wording) -> FeeLineOut:
    price = kept["unit_price"]
    line = FeeLine(
        kind=str(kept["kind"]),
        amount=Decimal(str(kept["amount"])),
        name=kept["name"],
        quantity=Decimal(str(kept["quantity"])),
        unit_price=None if price is None else Decimal(price),
    )
    return FeeLineOut(
        kind=line.kind,
        amount=line.amount,
        name=line.name,
        quantity=line.quantity,
        unit_price=line.unit_price,
        text=line_words(wording, line),
    )
