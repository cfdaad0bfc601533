"""The list of tickets as a CSV or Excel file; memory does not grow with it."""

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from openpyxl import Workbook
from pydantic import BaseModel, ConfigDict

from backend.clock import SHANGHAI
from backend.db import Database
from backend.desk.lists.finding import NEXT_DUE, clock_conditions, filters_of, ordering
from backend.desk.lists.schemas import TicketFilter
from backend.masking import mask_address, mask_phone, mask_phones_in
from backend.settings import PROJECT_ROOT
from backend.tickets.listing import selected
from backend.tickets.models import Ticket
from backend.yaml_files import read_yaml

WORDING = PROJECT_ROOT / "data" / "desk" / "export.yml"
BATCH = 500
MOST = 100_000
CHUNK_BYTES = 256 * 1024
LONGEST_CELL = 30_000
"""Characters; a cell of Excel holds 32,767."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
"""Before a text that a spreadsheet would take for a formula (OWASP, CSV injection)."""

CONTENT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


class ExportWording(BaseModel):
    """Names of the columns in their order, the words for values, and the last row of a file cut short."""

    model_config = ConfigDict(extra="forbid")

    columns: dict[str, str]
    cut: str
    words: dict[str, dict[str, str]]


@cache
def wording() -> ExportWording:
    """The wording, read once."""
    return ExportWording.model_validate(read_yaml(WORDING))


@dataclass(frozen=True, slots=True)
class Export:
    """Which tickets, as of when, with numbers and addresses hidden or whole."""

    filters: TicketFilter
    now: datetime
    whole_numbers: bool


async def streamed(database: Database, export: Export, form: str) -> AsyncIterator[bytes]:
    """The file, piece by piece."""
    if form == "csv":
        async for piece in _csv(database, export):
            yield piece
        return
    with tempfile.TemporaryFile() as file:
        await _excel(database, export, file)
        file.seek(0)
        while piece := await asyncio.to_thread(file.read, CHUNK_BYTES):
            yield piece


async def _csv(database: Database, export: Export) -> AsyncIterator[bytes]:
    yield _lines([list(wording().columns.values())]).encode("utf-8-sig")
    async for rows in _batches(database, export):
        yield _lines(rows).encode()


async def _excel(database: Database, export: Export, file: Any) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(wording().columns.values()))
    async for rows in _batches(database, export):
        for row in rows:
            sheet.append(row)
    await asyncio.to_thread(book.save, file)


async def _batches(database: Database, export: Export) -> AsyncIterator[list[list[str]]]:
    """The rows; where there are more than a file takes, the last one says so."""
    wanted = export.filters
    query = (
        selected(filters_of(wanted), clock_conditions(wanted, export.now), ordering(wanted))
        .add_columns(NEXT_DUE)
        .limit(MOST + 1)
        .execution_options(yield_per=BATCH)
    )
    left = MOST
    async with database.transaction() as session:
        stream = await session.stream(query)
        async for rows in stream.partitions():
            taken = rows[:left]
            left -= len(taken)
            yield [row_of(ticket, due, whole_numbers=export.whole_numbers) for ticket, due in taken]
            if len(taken) < len(rows):
                yield [[wording().cut.format(most=MOST)]]


def row_of(ticket: Ticket, due: datetime | None, *, whole_numbers: bool) -> list[str]:
    """A ticket as a row, in the order of the columns."""
    values = {name: getattr(ticket, name, None) for name in wording().columns} | {"next_due": due}
    if not whole_numbers:
        values["phone"] = mask_phone(ticket.phone)
        values["address"] = mask_address(ticket.address)
        values |= {
            "title": mask_phones_in(ticket.title),
            "description": mask_phones_in(ticket.description),
            "demand": mask_phones_in(ticket.demand or ""),
        }
    return [cell(name, value) for name, value in values.items()]


def cell(name: str, value: Any) -> str:
    """A value as a cell that no spreadsheet calculates with."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    written = str(value).lower() if isinstance(value, bool) else str(value)
    text = wording().words.get(name, {}).get(written, written)[:LONGEST_CELL]
    return GUARD + text if text.startswith(FORMULA) else text


def _lines(rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
