"""Takes a file of products, customers and so on into the register: all of it or, if a row is wrong, none.

Rows are understood one after the other, wait in a temporary table, are held against the register and each
other there, and become records by a few statements, in one transaction.
"""

import asyncio
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.db import Database
from backend.policy.warranty import WarrantyTerms
from backend.warranty import taking_over
from backend.warranty.cells import Problem, Reading
from backend.warranty.keys import look_key
from backend.warranty.rows import Header, Kind, Record, header, understood
from backend.warranty.sheet_wording import SheetWording
from backend.warranty.sheets import Row, Sheet
from backend.warranty.staging import Filling, table

BATCH = 1000
IMPORT_LOCK = 0x79735F696D70
MOST_PROBLEMS = 1000
"""Problems that are told; more are only counted."""


@dataclass(slots=True)
class Report:
    """What an import did or, as a dry run, would do. With problems nothing was done."""

    kind: Kind
    dry_run: bool
    encoding: str | None = None
    rows: int = 0
    added: int = 0
    unchanged: int = 0
    customers_added: int = 0
    ignored_columns: tuple[str, ...] = ()
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def complain(self, problems: Iterable[Problem]) -> None:
        """Note problems, up to a limit."""
        for problem in problems:
            self.problem_count += 1
            if len(self.problems) < MOST_PROBLEMS:
                self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class Importer:
    """Imports files as of a moment."""

    database: Database
    terms: WarrantyTerms
    wording: SheetWording
    now: datetime
    today: date

    async def run(self, path: Path, kind: Kind, *, dry_run: bool = False) -> Report:
        """Import a file.

        Raises:
            sheets.SheetError: it cannot be read as a table at all.
        """
        sheet = await asyncio.to_thread(Sheet, path)
        report = Report(kind, dry_run, sheet.encoding)
        report.complain(Problem(0, None, "merged_cells", {"value": cells}) for cells in sheet.merged)
        async with self.database.transaction() as session:
            await self._stage_and_take_over(session, sheet, report)
            if dry_run or report.problem_count:
                await session.rollback()
        if report.problem_count:
            report.added = report.unchanged = report.customers_added = 0
        report.problems.sort(key=lambda problem: problem.row)
        return report

    async def _stage_and_take_over(self, session: AsyncSession, sheet: Sheet, report: Report) -> None:
        rows = sheet.rows()
        _, names = next(rows, (0, []))
        heading = header(report.kind, names, self.wording)
        report.ignored_columns = heading.ignored
        fields = tuple(self.wording.columns[report.kind])
        staged = table(report.kind, fields)
        # one import at a time: two would not see each other's rows
        await session.execute(select(func.pg_advisory_xact_lock(IMPORT_LOCK)))
        connection = await session.connection()
        await connection.run_sync(staged.create)
        filling = Filling(staged, fields)
        for records in self._batches(rows, heading, report):
            await filling.write(connection, records)
        report.complain([one async for one in taking_over.problems(session, staged, report.kind)])
        if not report.problem_count:
            done = await taking_over.take_over(session, staged, report.kind, self.now)
            report.added, report.unchanged, report.customers_added = done

    def _batches(self, rows: Iterator[Row], heading: Header, report: Report) -> Iterator[list[Record]]:
        reading = Reading(self.wording, self.terms, self.today)
        run = uuid.uuid4()
        results = understood(report.kind, heading, _counted(rows, report), reading)
        while batch := list(islice(results, BATCH)):
            report.complain(one for one in batch if isinstance(one, Problem))
            yield [_keyed(one, run) for one in batch if isinstance(one, Record)]


def _counted(rows: Iterator[Row], report: Report) -> Iterator[Row]:
    for row in rows:
        report.rows += 1
        yield row


def _keyed(record: Record, run: uuid.UUID) -> Record:
    """The record with what it is compared by, and the id of the customer's file if a new one is opened."""
    values = record.values
    if values.get("model") is not None:
        values["look_key"] = look_key(values["model"])
    if values.get("name") is not None and "phone" in values:
        whose = f"{values['phone']}|{values['name']}|{'' if values['phone'] else values.get('address')}"
        values["new_customer_id"] = uuid.uuid5(run, whose)
    return record
