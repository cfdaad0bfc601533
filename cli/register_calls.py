"""What the command line asks of the warranty rules and the register: one thin call each."""

from pathlib import Path

from backend.clock import SHANGHAI, SystemClock
from backend.db import Database
from backend.policy import Policy
from backend.warranty import asking, exporting
from backend.warranty.asking import Inquiry
from backend.warranty.importing import Importer, Report
from backend.warranty.rows import Kind
from backend.warranty.schemas import DecisionOut
from backend.warranty.sheet_wording import sheet_wording
from cli.backend_calls import with_database


def decide(url: str, inquiry: Inquiry, rules: Policy) -> DecisionOut:
    """Decide on a warranty by the facts and the register."""

    async def decide(database: Database) -> DecisionOut:
        today = SystemClock().now().astimezone(SHANGHAI).date()
        async with database.transaction() as session:
            sale = await asking.sold_unit(session, inquiry)
            return await asking.answer(session, inquiry, rules, today, sale=sale)

    return with_database(url, decide)


def take_in(url: str, path: Path, kind: Kind, rules: Policy, *, dry_run: bool) -> Report:
    """Take a file into the register.

    Raises:
        backend.warranty.sheets.SheetError: it cannot be read as a table.
    """

    async def take(database: Database) -> Report:
        now = SystemClock().now()
        today = now.astimezone(SHANGHAI).date()
        importer = Importer(database, rules.warranty, sheet_wording(), now, today)
        return await importer.run(path, kind, dry_run=dry_run)

    return with_database(url, take)


def write_out(url: str, path: Path, kind: Kind, rules: Policy) -> int:
    """Write a part of the register into a file; returns the number of rows."""

    async def write(database: Database) -> int:
        async with database.transaction() as session:
            return await exporting.export(session, path, kind, rules.warranty, sheet_wording())

    return with_database(url, write)
