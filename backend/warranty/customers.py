"""Customers' files (R1-2.2, R10-8): who they are, what they bought, what was agreed, what happened."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import NotFoundError
from backend.unit_of_work import UnitOfWork
from backend.warranty import purchases
from backend.warranty.models import (
    Customer,
    CustomerMerge,
    CustomerPhone,
    FileEntry,
    MaintenanceContract,
    Purchase,
)
from backend.warranty.purchases import Sale


class EntryKind(StrEnum):
    """What an entry of a file is about (R10-8)."""

    DELIVERY_STATE = "delivery_state"
    SERVICE = "service"
    SATISFACTION = "satisfaction"
    QUALITY = "quality"
    AGREEMENT = "agreement"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class File:
    """A customer's whole file."""

    customer: Customer
    phones: list[str]
    sales: list[Sale]
    contracts: list[MaintenanceContract]
    entries: list[FileEntry]
    merges: list[CustomerMerge] = field(default_factory=list)


async def get(session: AsyncSession, customer_id: UUID) -> Customer:
    """The customer of that id.

    Raises:
        NotFoundError: there is none.
    """
    customer = await session.get(Customer, customer_id)
    if customer is None:
        raise NotFoundError(f"customer {customer_id}")
    return customer


async def whole_file(session: AsyncSession, customer_id: UUID) -> File:
    """The file with all that belongs to it.

    Raises:
        NotFoundError: there is none.
    """
    customer = await get(session, customer_id)

    async def mine(model: Any, order: Any) -> list[Any]:
        return list(
            await session.scalars(select(model).where(model.customer_id == customer_id).order_by(order))
        )

    merged = or_(CustomerMerge.kept_id == customer_id, CustomerMerge.merged_id == customer_id)
    return File(
        customer,
        [phone.number for phone in await mine(CustomerPhone, CustomerPhone.number)],
        await purchases.where(session, Purchase.customer_id == customer_id),
        await mine(MaintenanceContract, MaintenanceContract.ends_on.desc()),
        await mine(FileEntry, FileEntry.at.desc()),
        list(await session.scalars(select(CustomerMerge).where(merged).order_by(CustomerMerge.at.desc()))),
    )


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is written into a file, and about which of the customer's purchases."""

    kind: EntryKind
    text: str
    purchase_id: UUID | None = None


async def agree(uow: UnitOfWork, customer_id: UUID, text: str | None, author: str) -> None:
    """Write a customer's technical agreement; what it was before stays in the file as an entry.

    Raises:
        NotFoundError: there is no such customer.
    """
    customer = await get(uow.session, customer_id)
    if customer.technical_agreement and customer.technical_agreement != text:
        before = NewEntry(EntryKind.AGREEMENT, customer.technical_agreement)
        await add_entry(uow, customer_id, before, author)
    customer.technical_agreement, customer.updated_at = text, uow.now
    await uow.session.flush()


async def of_phone(session: AsyncSession, number: str) -> Customer | None:
    """The customer with this number on file, if it is only one."""
    query = (
        select(Customer)
        .join(CustomerPhone, CustomerPhone.customer_id == Customer.id)
        .where(CustomerPhone.number == number, Customer.merged_into.is_(None))
        .limit(2)
    )
    found = list(await session.scalars(query))
    return found[0] if len(found) == 1 else None


async def add_entry(uow: UnitOfWork, customer_id: UUID, new: NewEntry, author: str) -> FileEntry:
    """Write an entry into a file.

    Raises:
        NotFoundError: there is no such customer, or the purchase is another's.
    """
    await get(uow.session, customer_id)
    if new.purchase_id is not None:
        bought = await uow.session.get(Purchase, new.purchase_id)
        if bought is None or bought.customer_id != customer_id:
            raise NotFoundError(f"purchase {new.purchase_id}")
    entry = FileEntry(
        customer_id=customer_id,
        purchase_id=new.purchase_id,
        kind=new.kind,
        at=uow.now,
        text=new.text,
        author=author,
    )
    uow.session.add(entry)
    await uow.session.flush()
    return entry
