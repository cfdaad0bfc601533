"""Orders and quotes put into the shape in which they are answered."""

from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from backend.dispatch import board, machine
from backend.dispatch.board import Card
from backend.dispatch.fees import FeeLine
from backend.dispatch.models import Quote, ServiceOrder
from backend.dispatch.order_store import state_of
from backend.dispatch.orders import Serving
from backend.dispatch.schemas import FeeLineOut, OrderCard, OrderDetail, PartOut, QuoteOut
from backend.dispatch.telling import line_words
from backend.tickets.models import Ticket
from backend.wording import Wording

FROM_TICKET = frozenset({"ticket", "kind", "title", "priority", "customer_name", "phone", "address"})
COMPUTED = frozenset({"technician", "overdue", "carried_over", "quotes", "parts", "steps"})


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
    values["steps"] = machine.open_steps(state_of(order), serving.policy.dispatch, serving.by)
    return OrderDetail.model_validate(values)


def quote_out(quote: Quote, wording: Wording) -> QuoteOut:
    """A quote with the words for its lines."""
    own = {name: getattr(quote, name) for name in QuoteOut.model_fields if name != "lines"}
    return QuoteOut(**own, lines=[_line(line, wording) for line in quote.lines])


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
