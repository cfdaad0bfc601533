"""Finding in the register whatever an agent types: a serial, model, phone, order number or name."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.warranty import products, purchases
from backend.warranty.keys import code, phone_digits
from backend.warranty.models import Customer, CustomerPhone, Product, Purchase
from backend.warranty.purchases import Sale

MOST = 20
SHORTEST_CODE = 4
"""Characters from which the beginning of a serial is searched for."""


@dataclass(slots=True)
class Found:
    """What was found, by what it is; `more`: these are the first of several lists."""

    products: list[Product] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    customers: list[Customer] = field(default_factory=list)
    phones: dict[UUID, list[str]] = field(default_factory=dict)

    @property
    def more(self) -> bool:
        """Whether a list is as long as lists may be, so that there may be others."""
        return MOST in {len(self.sales), len(self.customers)}


async def find(session: AsyncSession, text: str) -> Found:
    """All that the words may mean."""
    asked, found = text.strip(), Found()
    if not asked:
        return found
    written = code(asked)
    if written:
        found.sales = await _sales(session, asked, written)
        found.products = await products.alike(session, asked)
    found.customers = await _customers(session, asked)
    found.phones = await _phones(session, [customer.id for customer in found.customers])
    return found


async def _sales(session: AsyncSession, asked: str, written: str) -> list[Sale]:
    digits = phone_digits(asked)
    sales = await purchases.by_serial(session, asked)
    sales += await purchases.by_order(session, asked)
    if digits is not None:
        sales += await purchases.by_phone(session, digits)
    if not sales and len(written) >= SHORTEST_CODE:
        sales = await purchases.where(session, Purchase.serial.startswith(written, autoescape=True))
    unique = {sale.purchase.id: sale for sale in sales}
    return list(unique.values())[:MOST]


async def _customers(session: AsyncSession, asked: str) -> list[Customer]:
    """By the beginning of the name, or by a phone number."""
    digits = phone_digits(asked)
    condition = Customer.name.startswith(asked, autoescape=True)
    if digits is not None:
        holders = select(CustomerPhone.customer_id).where(CustomerPhone.number == digits)
        condition = Customer.id.in_(holders)
    found = (
        select(Customer)
        .where(condition, Customer.merged_into.is_(None))
        .order_by(Customer.name, Customer.id)
        .limit(MOST)
    )
    return list(await session.scalars(found))


async def _phones(session: AsyncSession, customers: list[UUID]) -> dict[UUID, list[str]]:
    numbers: dict[UUID, list[str]] = {}
    found = select(CustomerPhone.customer_id, CustomerPhone.number).where(
        CustomerPhone.customer_id.in_(customers)
    )
    for customer, number in await session.execute(found):
        numbers.setdefault(customer, []).append(number)
    return numbers
