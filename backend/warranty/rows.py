"""Rows of an imported file as records, or as problems with the row and column they are in."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from backend.warranty.cells import CellError, Problem, Reading
from backend.warranty.sheet_wording import SheetWording
from backend.warranty.sheets import Row, SheetError

LISTED = ", "


class Kind(StrEnum):
    """What a file holds."""

    PRODUCTS = "products"
    CUSTOMERS = "customers"
    PURCHASES = "purchases"
    DEALERS = "dealers"
    CONTRACTS = "contracts"


REQUIRED = {
    Kind.PRODUCTS: ("model", "family", "name"),
    Kind.CUSTOMERS: ("name", "phone"),
    Kind.PURCHASES: ("model", "purchase_date"),
    Kind.DEALERS: ("code", "name"),
    Kind.CONTRACTS: ("number", "name", "phone", "starts_on", "ends_on"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """A row that was understood, by field; empty cells are None."""

    row: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Header:
    """Which field is in which column, and columns that nobody asked for."""

    fields: tuple[str | None, ...]
    ignored: tuple[str, ...]


def header(kind: Kind, cells: Iterable[Any], wording: SheetWording) -> Header:
    """What the first row says.

    Raises:
        SheetError: columns are missing or occur twice.
    """
    by_name = {_folded(name): field for field, names in wording.columns[kind].items() for name in names}
    names = [str(cell) if cell is not None else "" for cell in cells]
    fields = tuple(by_name.get(_folded(name)) for name in names)
    known = [field for field in fields if field is not None]
    if not known:
        raise SheetError("no_header", columns=_listed(kind, wording.columns[kind], wording))
    repeated = sorted({field for field in known if known.count(field) > 1})
    if repeated:
        raise SheetError("repeated_columns", columns=_listed(kind, repeated, wording))
    missing = [field for field in REQUIRED[kind] if field not in known]
    if missing:
        raise SheetError("missing_columns", columns=_listed(kind, missing, wording))
    ignored = tuple(name for name, field in zip(names, fields, strict=True) if field is None and name)
    return Header(fields, ignored)


def understood(
    kind: Kind, heading: Header, rows: Iterable[Row], reading: Reading
) -> Iterator[Record | Problem]:
    """Each row as a record, or all that is wrong with it."""
    for number, cells in rows:
        values: dict[str, Any] = dict.fromkeys(reading.wording.columns[kind])
        problems = list(_fill(values, number, heading, cells, reading))
        problems += _together(kind, number, values, {problem.field for problem in problems})
        if problems:
            yield from problems
        else:
            yield Record(number, values)


def _fill(
    values: dict[str, Any], row: int, heading: Header, cells: list[Any], reading: Reading
) -> Iterator[Problem]:
    if any(cell not in {None, ""} for cell in cells[len(heading.fields) :]):
        yield Problem(row, None, "too_many_cells", {})
    for field, cell in zip(heading.fields, cells, strict=False):
        if field is None or cell is None or cell == "":
            continue
        try:
            values[field] = reading.cell(field, cell)
        except CellError as error:
            yield Problem(row, field, error.code, error.values)


def _together(kind: Kind, row: int, values: dict[str, Any], wrong: set[str | None]) -> Iterator[Problem]:
    """What is wrong between the cells of a row."""
    for field in REQUIRED[kind]:
        if values[field] is None and field not in wrong:
            yield Problem(row, field, "required", {})
    if kind is Kind.CONTRACTS:
        yield from _term(row, values["starts_on"], values["ends_on"])
    if kind is not Kind.PURCHASES:
        return
    if values["serial"] is None and values["order_number"] is None and not wrong & {"serial", "order_number"}:
        yield Problem(row, "serial", "needs_a_code", {})
    if values["phone"] is not None and values["name"] is None:
        yield Problem(row, "name", "phone_without_name", {})
    bought, delivered = values["purchase_date"], values["delivery_date"]
    if bought is not None and delivered is not None and delivered < bought:
        yield Problem(row, "delivery_date", "before_purchase", {"value": delivered, "purchase": bought})


def _term(row: int, starts: date | None, ends: date | None) -> Iterator[Problem]:
    if starts is not None and ends is not None and ends < starts:
        yield Problem(row, "ends_on", "ends_before_start", {"value": ends, "start": starts})


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum() or character == "_")


def _listed(kind: Kind, fields: Iterable[str], wording: SheetWording) -> str:
    return LISTED.join(wording.header(kind, field) for field in fields)
