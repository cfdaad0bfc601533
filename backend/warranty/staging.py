"""Where imported rows wait until all of them are known to be right: a temporary table, filled by COPY."""

from collections.abc import Iterable
from typing import Any

from psycopg import AsyncConnection, sql
from psycopg.types.json import Jsonb
from sqlalchemy import Boolean, Column, Date, Integer, MetaData, Numeric, String, Table, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection as Connection

from backend.warranty.rows import Kind, Record

TYPES: dict[str, Any] = {
    "purchase_date": Date(),
    "delivery_date": Date(),
    "price": Numeric(12, 2),
    "remote": Boolean(),
    "key_customer": Boolean(),
    "starts_on": Date(),
    "ends_on": Date(),
    "parts_free": Boolean(),
    "synonyms": JSONB(),
}
FOUND = ("product_id", "dealer_id", "customer_id", "new_customer_id", "purchase_id", "contract_id")
"""Filled in from the register once the rows are staged."""


def table(kind: Kind, fields: Iterable[str]) -> Table:
    """The temporary table for files of a kind; it is gone at the end of the transaction."""
    columns = [Column(field, TYPES.get(field, String())) for field in fields]
    return Table(
        f"staged_{kind}",
        MetaData(),
        Column("row", Integer(), primary_key=True),
        Column("look_key", String(), index=True),
        *columns,
        *(Column(name, Uuid()) for name in FOUND),
        Column("known", Boolean(), server_default="false"),
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )


class Filling:
    """Writes records into a staging table, many at a time."""

    def __init__(self, staged: Table, fields: Iterable[str]) -> None:
        self._staged = staged
        self._fields = tuple(fields)

    async def write(self, connection: Connection, records: list[Record]) -> None:
        """Append the records."""
        columns = ("row", "look_key", "new_customer_id", *self._fields)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self._staged.name), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        driver: Any = (await connection.get_raw_connection()).driver_connection
        assert isinstance(driver, AsyncConnection)  # noqa: S101  # the engine is psycopg's
        async with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for record in records:
                values = (record.values[field] for field in self._fields)
                await copy.write_row(
                    (
                        record.row,
                        record.values.get("look_key"),
                        record.values.get("new_customer_id"),
                        *(Jsonb(value) if isinstance(value, list) else value for value in values),
                    )
                )
