"""Dealers and maintenance contracts from staged rows to the register (R3b-6 B, R10-3.2)."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.warranty.cells import Problem
from backend.warranty.models import Dealer, MaintenanceContract, Purchase
from backend.warranty.rows import Kind

KINDS = frozenset({Kind.DEALERS, Kind.CONTRACTS})
NEW_ID = func.gen_random_uuid()


async def problems(session: AsyncSession, staged: Table, kind: Kind) -> AsyncIterator[Problem]:
    """What is wrong with the staged rows among each other and against the register."""
    columns = staged.c
    if kind is Kind.DEALERS:
        await _set(session, staged, {"dealer_id": Dealer.id}, Dealer.code == columns.code)
        found = [
            ("code", "twice_in_file", repeated(staged, columns.code, columns.code)),
            ("code", "dealer_taken", _other_dealer(staged)),
        ]
    else:
        await _set(session, staged, {"purchase_id": Purchase.id}, Purchase.serial == columns.serial)
        same_number = MaintenanceContract.number == columns.number
        await _set(session, staged, {"contract_id": MaintenanceContract.id}, same_number)
        unknown = and_(columns.serial.is_not(None), columns.purchase_id.is_(None))
        found = [
            ("number", "twice_in_file", repeated(staged, columns.number, columns.number)),
            ("serial", "unknown_serial", select(columns.row, columns.serial).where(unknown)),
            ("number", "contract_taken", _other_contract(staged)),
        ]
    for field, code, query in found:
        for row, value in await session.execute(query):
            yield Problem(row, field, code, {"value": value})


async def add_dealers(session: AsyncSession, staged: Table, now: datetime) -> int:
    """Enter the dealers who are not there yet; returns how many."""
    columns = staged.c
    told = (columns.code, columns.name, columns.region, columns.contact, columns.phone)
    new = select(NEW_ID, *told, literal(now)).where(columns.dealer_id.is_(None))
    names = ["id", "code", "name", "region", "contact", "phone", "created_at"]
    return await inserted(session, Dealer, names, new)


async def add_contracts(session: AsyncSession, staged: Table, now: datetime) -> int:
    """Enter the contracts that are not there yet, their customers having files; returns how many."""
    columns = staged.c
    values = {
        "id": NEW_ID,
        "number": columns.number,
        "customer_id": func.coalesce(columns.customer_id, columns.new_customer_id),
        "purchase_id": columns.purchase_id,
        "starts_on": columns.starts_on,
        "ends_on": columns.ends_on,
        "parts_free": func.coalesce(columns.parts_free, True),
        "created_at": literal(now),
    }
    new = select(*values.values()).where(columns.contract_id.is_(None))
    return await inserted(session, MaintenanceContract, list(values), new)


def repeated(staged: Table, key: ColumnElement[Any], shown: ColumnElement[Any]) -> Select[Any]:
    """Rows whose key an earlier row has, too."""
    place = func.row_number().over(partition_by=key, order_by=staged.c.row).label("place")
    numbered = select(staged.c.row, shown.label("shown"), place).where(key.is_not(None)).subquery()
    return select(numbered.c.row, numbered.c.shown).where(numbered.c.place > 1)


async def inserted(session: AsyncSession, model: type[Any], names: list[str], rows: Select[Any]) -> int:
    """Insert what the query finds; returns how many rows that were."""
    statement = insert(model).from_select(names, rows, include_defaults=False)
    result: Any = await session.execute(statement, execution_options={"preserve_rowcount": True})
    return int(result.rowcount)


async def _set(
    session: AsyncSession, staged: Table, values: dict[str, Any], condition: ColumnElement[bool]
) -> None:
    await session.execute(update(staged).values(values).where(condition))


def _other_dealer(staged: Table) -> Select[Any]:
    """Codes under which somebody else is known."""
    columns = staged.c
    other = and_(Dealer.id == columns.dealer_id, Dealer.name != columns.name)
    return select(columns.row, columns.code).select_from(staged.join(Dealer, other))


def _other_contract(staged: Table) -> Select[Any]:
    """Numbers of contracts that are of another customer or time."""
    columns = staged.c
    same = and_(
        MaintenanceContract.customer_id.is_not_distinct_from(columns.customer_id),
        MaintenanceContract.starts_on == columns.starts_on,
        MaintenanceContract.ends_on == columns.ends_on,
    )
    other = and_(MaintenanceContract.id == columns.contract_id, ~same)
    return select(columns.row, columns.number).select_from(staged.join(MaintenanceContract, other))
