"""What was sold: a purchase with its product, and the facts that a warranty decision draws from it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.warranty.facts import Contract, Proof, Seller
from backend.warranty.keys import code, look_key
from backend.warranty.models import Customer, CustomerPhone, Dealer, MaintenanceContract, Product, Purchase
from backend.warranty.spans import on


@dataclass(frozen=True, slots=True)
class Sale:
    """A purchase with its product and, if it was sold by one, its dealer."""

    purchase: Purchase
    product: Product
    dealer: Dealer | None


MOST = 50
"""Purchases that one question is answered with."""


def _sales(condition: ColumnElement[bool]) -> Select[Purchase, Product, Dealer]:
    return (
        select(Purchase, Product, Dealer)
        .join(Product, Purchase.product_id == Product.id)
        .outerjoin(Dealer, Purchase.dealer_id == Dealer.id)
        .where(condition)
        .order_by(Purchase.purchase_date.desc(), Purchase.id)
        .limit(MOST)
    )


async def where(session: AsyncSession, condition: ColumnElement[bool]) -> list[Sale]:
    """The purchases for which a condition holds, latest first."""
    return [Sale(*row) for row in await session.execute(_sales(condition))]


async def by_serial(session: AsyncSession, written: str) -> list[Sale]:
    """The unit of that serial; if there is none, those that look the same."""
    exact = await where(session, Purchase.serial == code(written))
    return exact or await where(session, Purchase.serial_key == look_key(written))


async def by_order(session: AsyncSession, written: str) -> list[Sale]:
    """All units of an order."""
    return await where(session, Purchase.order_number == code(written))


async def by_phone(session: AsyncSession, digits: str) -> list[Sale]:
    """All units of customers with that number."""
    customers = (
        select(CustomerPhone.customer_id)
        .join(Customer, Customer.id == CustomerPhone.customer_id)
        .where(CustomerPhone.number == digits, Customer.merged_into.is_(None))
    )
    return await where(session, Purchase.customer_id.in_(customers))


async def phones(session: AsyncSession, purchase: Purchase) -> list[str]:
    """The numbers on the file of who bought it."""
    if purchase.customer_id is None:
        return []
    found = select(CustomerPhone.number).where(CustomerPhone.customer_id == purchase.customer_id)
    return list(await session.scalars(found))


async def contract(session: AsyncSession, purchase: Purchase, today: date) -> MaintenanceContract | None:
    """The maintenance contract for the unit that is in force, else the one that ended last."""
    mine = MaintenanceContract.purchase_id == purchase.id
    if purchase.customer_id is not None:
        for_all = MaintenanceContract.purchase_id.is_(None)
        mine = or_(mine, for_all & (MaintenanceContract.customer_id == purchase.customer_id))
    found = list(await session.scalars(select(MaintenanceContract).where(mine)))
    running = [one for one in found if one.starts_on <= today <= one.ends_on]
    return max(running or found, key=lambda one: one.ends_on, default=None)


async def facts(session: AsyncSession, sale: Sale, today: date) -> dict[str, Any]:
    """What the register knows, as facts for the decision."""
    purchase, agreed = sale.purchase, await contract(session, sale.purchase, today)
    return {
        "model": sale.product.model,
        "model_on_record": True,
        "model_family": sale.product.family,
        "sold_by": Seller.DEALER if sale.dealer is not None else Seller.OWN,
        "remote": purchase.remote,
        "purchase_date": on(purchase.purchase_date),
        "delivery_date": on(purchase.delivery_date) if purchase.delivery_date else None,
        "exchanged_on": on(purchase.exchanged_on) if purchase.exchanged_on else None,
        "proof": Proof.REGISTER,
        "contract": agreed
        and Contract(start=agreed.starts_on, end=agreed.ends_on, parts_free=agreed.parts_free),
    }
