"""What the cells of an imported row mean."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from backend.policy.warranty import WarrantyTerms
from backend.text import storable
from backend.warranty.keys import code, phone_digits
from backend.warranty.sheet_wording import SheetWording
from backend.warranty.spans import FIRST_YEAR

LONGEST = 500
MOST_YUAN = Decimal(100_000_000)
WRITTEN_DATE = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D.*)?|(\d{4})(\d{2})(\d{2})", re.ASCII)
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d+", re.ASCII)
SPREADSHEET_PRECISION = 10**15
"""Numbers from which a spreadsheet has lost the last digits."""

GUARD = "'"
"""Before a text that a spreadsheet would take for a formula."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken over; `field` None: the row as a whole. Worded at `problems.<code>`."""

    row: int
    field: str | None
    code: str
    values: Mapping[str, object]


class CellError(Exception):
    """A cell that cannot be understood."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to understand cells."""

    wording: SheetWording
    terms: WarrantyTerms
    today: date

    def cell(self, field: str, cell: Any) -> Any:
        """The value of a cell that is not empty.

        Raises:
            CellError: it cannot be understood.
        """
        read: Reader = READERS.get(field, Reading.text)
        return read(self, field, cell)

    def text(self, _field: str, cell: Any) -> str:
        """Any text."""
        if isinstance(cell, int | float) and abs(cell) >= SPREADSHEET_PRECISION:
            raise CellError("scientific", value=cell)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        text = storable(str(cell)).strip().removeprefix(GUARD)
        if len(text) > LONGEST:
            raise CellError("too_long", limit=LONGEST)
        return text

    def code(self, field: str, cell: Any) -> str:
        """A serial or order number."""
        text = self.text(field, cell)
        if SCIENTIFIC.fullmatch(text):
            raise CellError("scientific", value=text)
        if not code(text):
            raise CellError("bad_code", value=text)
        return code(text)

    def phone(self, field: str, cell: Any) -> str:
        """A phone number."""
        text = self.text(field, cell)
        digits = phone_digits(text)
        if digits is None:
            raise CellError("scientific" if SCIENTIFIC.fullmatch(text) else "bad_phone", value=text)
        return digits

    def day(self, field: str, cell: Any) -> date:
        """A day that has come."""
        day = cell.date() if isinstance(cell, datetime) else cell
        if not isinstance(day, date):
            day = _written_day(self.text(field, cell))
        if day.year < FIRST_YEAR:
            raise CellError("date_out_of_range", value=day)
        if day > self.today:
            raise CellError("in_the_future", value=day)
        return day

    def term(self, field: str, cell: Any) -> date:
        """A day of an agreement, past or to come."""
        return replace(self, today=date.max).day(field, cell)

    def money(self, field: str, cell: Any) -> Decimal:
        """An amount in yuan."""
        text = self.text(field, cell)
        try:
            amount = Decimal("".join(one for one in text if one not in self.wording.money_signs))
        except InvalidOperation as error:
            raise CellError("bad_money", value=text) from error
        if not amount.is_finite() or not 0 <= amount < MOST_YUAN:
            raise CellError("bad_money", value=text)
        return amount.quantize(Decimal("0.01"))

    def word(self, field: str, cell: Any) -> str:
        """One of the words that the field knows."""
        text, known = self.text(field, cell), self.wording.words[field]
        for value, words in known.items():
            if text.casefold() in {word.casefold() for word in words}:
                return value
        raise CellError("bad_word", value=text, known=", ".join(words[0] for words in known.values()))

    def flag(self, field: str, cell: Any) -> bool:
        """Yes or no."""
        return cell if isinstance(cell, bool) else self.word(field, cell) == "true"

    def family(self, field: str, cell: Any) -> str:
        """A family of policy/warranty.yml."""
        text = self.text(field, cell)
        family = self.terms.family(text)
        if family is None:
            raise CellError("unknown_family", value=text)
        return family.id

    def names(self, field: str, cell: Any) -> list[str]:
        """Several names."""
        parts = re.split(f"[{re.escape(self.wording.list_separators)}]", self.text(field, cell))
        return [part.strip() for part in parts if part.strip()]


Reader = Callable[[Reading, str, Any], Any]
READERS: Mapping[str, Reader] = {
    "serial": Reading.code,
    "order_number": Reading.code,
    "phone": Reading.phone,
    "purchase_date": Reading.day,
    "delivery_date": Reading.day,
    "starts_on": Reading.term,
    "ends_on": Reading.term,
    "price": Reading.money,
    "remote": Reading.flag,
    "key_customer": Reading.flag,
    "parts_free": Reading.flag,
    "proof": Reading.word,
    "family": Reading.family,
    "synonyms": Reading.names,
}


def _written_day(text: str) -> date:
    found = WRITTEN_DATE.fullmatch(text)
    if found is None:
        raise CellError("bad_date", value=text)
    year, month, day = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise CellError("bad_date", value=text) from error
