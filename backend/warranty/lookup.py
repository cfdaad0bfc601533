"""What the bot may learn from the register: products freely, a purchase only for whom it concerns.

Another person's warranty is never told (DESIGN, "Words"): a purchase needs its serial or order number, or the
caller's verified number, and the last four digits of a phone number on the buyer's file.
"""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from backend.unit_of_work import UnitOfWork
from backend.warranty import products, purchases
from backend.warranty.keys import phone_digits
from backend.warranty.models import Product, Purchase
from backend.warranty.patience import exhausted, keys_of, note_failure
from backend.warranty.purchases import Sale

LAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked by. `verified_phone` is the number that the channel knows the caller has."""

    model: str | None = None
    serial: str | None = None
    order: str | None = None
    verified_phone: str | None = None
    last4: str | None = None
    conversation_id: UUID | None = None


@dataclass(slots=True)
class Answer:
    """What may be told. `needs_last4`: there is more, for somebody who knows the digits.

    `too_many`: wrong digits were tried so often that for a while none will do.
    """

    product: Product | None = None
    alike: list[Product] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    needs_last4: bool = False
    too_many: bool = False


async def look_up(uow: UnitOfWork, asked: Question) -> Answer:
    """The answer that may be given; wrong digits are noted in this unit of work."""
    session, answer = uow.session, Answer()
    if asked.model:
        answer.product = await products.by_model(session, asked.model)
        if answer.product is None:
            answer.alike = await products.alike(session, asked.model)
    named = await _named(session, asked)
    keys = keys_of(asked.conversation_id, asked.serial, asked.order, asked.verified_phone)
    answer.too_many = bool(named) and asked.last4 is not None and await exhausted(uow, keys)
    if not answer.too_many:
        answer.sales = [sale for sale in named if await is_told(session, sale.purchase, asked)]
        if named and not answer.sales and asked.last4 is not None:
            note_failure(uow, keys)
    kinds = {sale.product.id: sale.product for sale in named}
    if asked.serial and len(kinds) == 1:
        # what kind of thing it is stands on the same plate as the serial
        answer.product = next(iter(kinds.values()))
    answer.needs_last4 = bool(named) and not answer.sales and not asked.last4
    return answer


async def _named(session: AsyncSession, asked: Question) -> list[Sale]:
    if asked.serial:
        return await purchases.by_serial(session, asked.serial)
    if asked.order:
        return await purchases.by_order(session, asked.order)
    digits = phone_digits(asked.verified_phone) if asked.verified_phone else None
    return await purchases.by_phone(session, digits) if digits is not None else []


async def is_told(session: AsyncSession, purchase: Purchase, asked: Question) -> bool:
    """Whether the caller knows the last four digits of a number on the buyer's file.

    A unit whose buyer left no number is told to whoever holds its serial or order number.
    """
    numbers = await purchases.phones(session, purchase)
    if not numbers:
        return bool(asked.serial or asked.order)
    return bool(asked.last4) and any(number[-LAST_DIGITS:] == asked.last4 for number in numbers)


async def sale_for(uow: UnitOfWork, asked: Question, family: str | None) -> Sale | None:
    """The one purchase that is meant and may be told; of several, the one of the family asked about."""
    sales = (await look_up(uow, asked)).sales
    if len(sales) > 1:
        sales = [sale for sale in sales if sale.product.family == family]
    return sales[0] if len(sales) == 1 else None
