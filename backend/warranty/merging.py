"""Two files of one customer become one; and two again if that was a mistake."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.errors import ConflictError, NotFoundError
from backend.unit_of_work import UnitOfWork
from backend.warranty import customers
from backend.warranty.models import (
    Customer,
    CustomerMerge,
    CustomerPhone,
    FileEntry,
    MaintenanceContract,
    Purchase,
)

BELONGINGS: tuple[Any, ...] = (CustomerPhone, Purchase, MaintenanceContract, FileEntry)
FILLED = ("unit", "address", "region", "technical_agreement")
"""Fields of the kept file that are taken from the other where they are empty."""


async def merge(uow: UnitOfWork, kept_id: UUID, merged_id: UUID, author: str) -> CustomerMerge:
    """Give all that belongs to one file to another; the emptied one stays and points there.

    Raises:
        NotFoundError: one of them does not exist.
        ConflictError: they are the same, or one was merged before.
    """
    kept, merged = await _both(uow.session, kept_id, merged_id)
    if kept is merged or kept.merged_into is not None or merged.merged_into is not None:
        raise ConflictError(f"{merged_id} into {kept_id}")
    moved = {model.__tablename__: await _move(uow.session, model, kept, merged) for model in BELONGINGS}
    filled: dict[str, Any] = {}
    for name in FILLED:
        if getattr(kept, name) is None and getattr(merged, name) is not None:
            filled[name] = getattr(merged, name)
            setattr(kept, name, filled[name])
    if merged.key_customer and not kept.key_customer:
        filled["key_customer"] = kept.key_customer = True
    merged.merged_into = kept.id
    kept.updated_at = merged.updated_at = uow.now
    record = CustomerMerge(
        kept_id=kept.id, merged_id=merged.id, moved=moved, filled=filled, at=uow.now, author=author
    )
    uow.session.add(record)
    await uow.session.flush()
    return record


async def undo(uow: UnitOfWork, merge_id: UUID, author: str) -> CustomerMerge:
    """Give everything back that a merge moved and that is still there.

    Raises:
        NotFoundError: there is no such merge.
        ConflictError: it is undone already, or the kept file was itself merged since.
    """
    record = await uow.session.get(CustomerMerge, merge_id, with_for_update=True)
    if record is None:
        raise NotFoundError(f"merge {merge_id}")
    kept, merged = await _both(uow.session, record.kept_id, record.merged_id)
    if record.undone_at is not None or kept.merged_into is not None:
        raise ConflictError(f"merge {merge_id}")
    for model in BELONGINGS:
        ids = [UUID(one) for one in record.moved[model.__tablename__]]
        still_there = model.id.in_(ids) & (model.customer_id == kept.id)
        await uow.session.execute(update(model).where(still_there).values(customer_id=merged.id))
    for name, value in record.filled.items():
        if getattr(kept, name) == value:
            setattr(kept, name, False if name == "key_customer" else None)
    merged.merged_into = None
    kept.updated_at = merged.updated_at = uow.now
    record.undone_at, record.undone_by = uow.now, author
    await uow.session.flush()
    return record


async def _both(session: AsyncSession, kept_id: UUID, merged_id: UUID) -> tuple[Customer, Customer]:
    """Both files, locked in an order that no two merges can block each other in."""
    ids = sorted({kept_id, merged_id})
    locked = select(Customer).where(Customer.id.in_(ids)).order_by(Customer.id).with_for_update()
    await session.execute(locked)
    return await customers.get(session, kept_id), await customers.get(session, merged_id)


async def _move(session: AsyncSession, model: Any, kept: Customer, merged: Customer) -> list[str]:
    """Move the rows of a table; a phone number that both have stays where it is."""
    mine = model.customer_id == merged.id
    if model is CustomerPhone:
        there = select(CustomerPhone.number).where(CustomerPhone.customer_id == kept.id)
        mine = mine & model.number.not_in(there)
    changed = update(model).where(mine).values(customer_id=kept.id).returning(model.id)
    return [str(one) for one in await session.scalars(changed)]
