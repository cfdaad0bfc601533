"""Writes the register to CSV or Excel, in the columns that an import reads; memory does not grow with it."""

import csv
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Executable, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.policy.warranty import WarrantyTerms
from backend.warranty.cells import GUARD
from backend.warranty.models import (
    Customer,
    CustomerPhone,
    Dealer,
    MaintenanceContract,
    Product,
    Purchase,
)
from backend.warranty.rows import Kind
from backend.warranty.sheet_wording import SheetWording

BATCH = 1000
EXCEL = ".xlsx"
FORMULA = ("=", "+", "-", "@")
WORDED = frozenset({"remote", "proof", "key_customer", "parts_free"})

Write = Callable[[Iterable[Any]], Any]

PHONE = (
    select(func.min(CustomerPhone.number))
    .where(CustomerPhone.customer_id == Customer.id)
    .scalar_subquery()
    .label("phone")
)


async def export(
    session: AsyncSession, path: Path, kind: Kind, terms: WarrantyTerms, wording: SheetWording
) -> int:
    """Write a file of that kind, Excel if its name ends so; returns the number of rows."""
    count = 0
    with _opened(path) as write:
        write([names[0] for names in wording.columns[kind].values()])
        async for record in _records(session, kind):
            write([_cell(field, record[field], terms, wording) for field in wording.columns[kind]])
            count += 1
    return count


async def _records(session: AsyncSession, kind: Kind) -> AsyncIterator[dict[str, Any]]:
    stream = await session.stream(QUERIES[kind].execution_options(yield_per=BATCH))
    async for row in stream.mappings():
        yield dict(row)


QUERIES: dict[Kind, Executable] = {
    Kind.PRODUCTS: select(Product.model, Product.family, Product.name, Product.synonyms).order_by(
        Product.model
    ),
    Kind.CUSTOMERS: select(
        Customer.name, PHONE, Customer.address, Customer.unit, Customer.region, Customer.key_customer
    )
    .where(Customer.merged_into.is_(None))
    .order_by(Customer.name, Customer.id),
    Kind.PURCHASES: select(
        Purchase.serial,
        Product.model,
        Purchase.purchase_date,
        Purchase.delivery_date,
        Purchase.price,
        Purchase.order_number,
        Dealer.name.label("dealer"),
        Purchase.remote,
        Purchase.proof,
        Customer.name,
        PHONE,
        Customer.address,
        Purchase.delivery_state,
    )
    .join(Product, Purchase.product_id == Product.id)
    .outerjoin(Dealer, Purchase.dealer_id == Dealer.id)
    .outerjoin(Customer, Purchase.customer_id == Customer.id)
    .order_by(Purchase.purchase_date, Purchase.id),
    Kind.DEALERS: select(Dealer.code, Dealer.name, Dealer.region, Dealer.contact, Dealer.phone).order_by(
        Dealer.code
    ),
    Kind.CONTRACTS: select(
        MaintenanceContract.number,
        Customer.name,
        PHONE,
        Purchase.serial,
        MaintenanceContract.starts_on,
        MaintenanceContract.ends_on,
        MaintenanceContract.parts_free,
    )
    .join(Customer, MaintenanceContract.customer_id == Customer.id)
    .outerjoin(Purchase, MaintenanceContract.purchase_id == Purchase.id)
    .order_by(MaintenanceContract.number),
}


@contextmanager
def _opened(path: Path) -> Any:
    """A function that writes a row into the file."""
    if path.suffix.lower() == EXCEL:
        book = Workbook(write_only=True)
        yield book.create_sheet().append
        book.save(path)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield csv.writer(file).writerow


def _cell(field: str, value: Any, terms: WarrantyTerms, wording: SheetWording) -> str | int | None:
    """A value as a cell that reads back as itself."""
    if value is None:
        return None
    if field in WORDED:
        return wording.word(field, value)
    if field == "family":
        return terms.families[value].name if value in terms.families else str(value)
    if isinstance(value, list):
        return wording.list_separators[0].join(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return GUARD + text if text.startswith(FORMULA) and not isinstance(value, Decimal) else text
