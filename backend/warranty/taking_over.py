"""From staged rows to the register: what is wrong with them there, and the statements that take them over."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from backend.warranty import agreements
from backend.warranty.cells import Problem
from backend.warranty.models import Customer, CustomerPhone, Dealer, Product, Purchase
from backend.warranty.rows import Kind

Done = tuple[int, int, int]
"""Records added, records that were there before, customers' files opened."""


async def problems(session: AsyncSession, staged: Table, kind: Kind) -> AsyncIterator[Problem]:
    """What is wrong with the staged rows among each other and against the register."""
    if kind is Kind.CUSTOMERS:
        await find_customers(session, staged)
        return
    if kind in agreements.KINDS:
        if kind is Kind.CONTRACTS:
            await find_customers(session, staged)
        async for problem in agreements.problems(session, staged, kind):
            yield problem
        return
    await _find_products(session, staged)
    if kind is Kind.PRODUCTS:
        found = [("model", "twice_in_file", agreements.repeated(staged, staged.c.look_key, staged.c.model))]
        found.append(("model", "model_taken", _model_taken(staged)))
    else:
        await _find_dealers(session, staged)
        await find_customers(session, staged)
        await _find_known_purchases(session, staged)
        found = [
            ("model", "unknown_model", _missing(staged, "product_id", staged.c.model)),
            ("dealer", "unknown_dealer", _missing(staged, "dealer_id", staged.c.dealer)),
            ("serial", "twice_in_file", agreements.repeated(staged, staged.c.serial, staged.c.serial)),
            ("serial", "serial_taken", _serial_taken(staged)),
        ]
    for field, code, query in found:
        for row, value in await session.execute(query):
            yield Problem(row, field, code, {"value": value})


async def take_over(session: AsyncSession, staged: Table, kind: Kind, now: datetime) -> Done:
    """Make records of the staged rows, none of which has a problem."""
    rows = await session.scalar(select(func.count()).select_from(staged)) or 0
    if kind is Kind.PRODUCTS:
        added = await _add_products(session, staged, now)
        return added, rows - added, 0
    if kind is Kind.DEALERS:
        added = await agreements.add_dealers(session, staged, now)
        return added, rows - added, 0
    customers = await _open_files(session, staged, kind, now)
    if kind is Kind.CONTRACTS:
        added = await agreements.add_contracts(session, staged, now)
        return added, rows - added, customers
    if kind is Kind.CUSTOMERS:
        return customers, rows - customers, customers
    added = await _add_purchases(session, staged, now)
    return added, rows - added, customers


async def _find_products(session: AsyncSession, staged: Table) -> None:
    await session.execute(
        update(staged).values(product_id=Product.id).where(staged.c.look_key == Product.look_key)
    )


async def _find_dealers(session: AsyncSession, staged: Table) -> None:
    named = or_(Dealer.code == staged.c.dealer, Dealer.name == staged.c.dealer)
    await session.execute(update(staged).values(dealer_id=Dealer.id).where(named))


async def find_customers(session: AsyncSession, staged: Table) -> None:
    """The files that are there: of the same name and number, or, without a number, of the same address."""
    by_phone = and_(
        CustomerPhone.number == staged.c.phone,
        Customer.id == CustomerPhone.customer_id,
        Customer.name == staged.c.name,
        Customer.merged_into.is_(None),
    )
    await session.execute(update(staged).values(customer_id=Customer.id).where(by_phone))
    if "address" not in staged.c:
        return
    by_address = and_(
        staged.c.phone.is_(None),
        Customer.name == staged.c.name,
        Customer.address.is_not_distinct_from(staged.c.address),
        Customer.merged_into.is_(None),
    )
    await session.execute(update(staged).values(customer_id=Customer.id).where(by_address))


async def _find_known_purchases(session: AsyncSession, staged: Table) -> None:
    same_unit = and_(
        Purchase.product_id == staged.c.product_id, Purchase.purchase_date == staged.c.purchase_date
    )
    by_serial = Purchase.serial == staged.c.serial
    by_order = and_(
        staged.c.serial.is_(None), Purchase.serial.is_(None), Purchase.order_number == staged.c.order_number
    )
    for same in (by_serial, by_order):
        await session.execute(update(staged).values(known=True).where(same_unit, same))


def _missing(staged: Table, found: str, named: ColumnElement[Any]) -> Select[Any]:
    return select(staged.c.row, named).where(staged.c[found].is_(None), named.is_not(None))


def _serial_taken(staged: Table) -> Select[Any]:
    taken = exists().where(Purchase.serial == staged.c.serial)
    return select(staged.c.row, staged.c.serial).where(taken, staged.c.known.is_(False))


def _model_taken(staged: Table) -> Select[Any]:
    other = or_(Product.family != staged.c.family, Product.name != staged.c.name)
    return select(staged.c.row, staged.c.model).where(Product.id == staged.c.product_id, other)


async def _add_products(session: AsyncSession, staged: Table, now: datetime) -> int:
    columns = staged.c
    synonyms = func.coalesce(columns.synonyms, func.jsonb_build_array())
    new = select(
        agreements.NEW_ID,
        columns.model,
        columns.look_key,
        columns.family,
        columns.name,
        synonyms,
        literal(now),
    ).where(columns.product_id.is_(None))
    names = ["id", "model", "look_key", "family", "name", "synonyms", "created_at"]
    return await agreements.inserted(session, Product, names, new)


async def _open_files(session: AsyncSession, staged: Table, kind: Kind, now: datetime) -> int:
    """Open a file for each customer who has none, with the phone number told."""
    columns = staged.c
    more = (columns.unit, columns.region) if kind is Kind.CUSTOMERS else (null(), null())
    key = func.coalesce(columns.key_customer, False) if kind is Kind.CUSTOMERS else literal(False)
    address = columns.address if "address" in columns else null()
    missing = and_(columns.customer_id.is_(None), columns.new_customer_id.is_not(None))
    first = select(func.min(columns.row)).where(missing).group_by(columns.new_customer_id)
    new = select(
        columns.new_customer_id, columns.name, address, *more, key, literal(now), literal(now)
    ).where(columns.row.in_(first))
    names = ["id", "name", "address", "unit", "region", "key_customer", "created_at", "updated_at"]
    opened = await agreements.inserted(session, Customer, names, new)
    numbers = select(columns.new_customer_id, columns.phone).where(missing, columns.phone.is_not(None))
    distinct = numbers.distinct().subquery()
    await agreements.inserted(
        session,
        CustomerPhone,
        ["id", "customer_id", "number"],
        select(agreements.NEW_ID, distinct.c.new_customer_id, distinct.c.phone),
    )
    return opened


async def _add_purchases(session: AsyncSession, staged: Table, now: datetime) -> int:
    columns = staged.c
    values = {
        "id": agreements.NEW_ID,
        "serial": columns.serial,
        "serial_key": func.translate(columns.serial, "OI", "01"),
        "product_id": columns.product_id,
        "customer_id": func.coalesce(columns.customer_id, columns.new_customer_id),
        "dealer_id": columns.dealer_id,
        "created_at": literal(now),
    } | {name: columns[name] for name in TAKEN_OVER}
    new = select(*values.values()).where(columns.known.is_(False))
    return await agreements.inserted(session, Purchase, list(values), new)


TAKEN_OVER = (
    "purchase_date",
    "delivery_date",
    "price",
    "order_number",
    "remote",
    "proof",
    "delivery_state",
)
