"""What charged work costs, one table a year (policy/fees.yml, R10-4.2)."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.policy.clauses import require_clause
from backend.policy.reading import CLAUSE, PolicyError, content
from backend.policy.warranty import WarrantyTerms

CENT = Decimal("0.01")
Yuan = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=10)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Step(_Shape):
    up_to: int = Field(ge=0)
    amount: Yuan


class _Transport(_Shape):
    steps: tuple[_Step, ...] = Field(min_length=1)
    beyond_per_km: Yuan


class _TableFile(_Shape):
    visit: Yuan
    labour_hour: Yuan
    transport: _Transport
    lodging_night: Yuan
    meals_day: Yuan
    allowance_day: Yuan
    parts: dict[str, dict[str, Yuan]] = {}


class _FeesFile(_Shape):
    source: str = Field(pattern=CLAUSE)
    placeholders: tuple[Literal["tables"], ...] = ()
    valid_days: int = Field(ge=1, le=365)
    tables: dict[Annotated[int, Field(ge=2000, le=2100)], _TableFile] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class ListedPart:
    """A part with its price in yuan and its name for people."""

    name: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class FeeTable:
    """The fees of a year, in yuan."""

    year: int
    visit: Decimal
    labour_hour: Decimal
    lodging_night: Decimal
    meals_day: Decimal
    allowance_day: Decimal
    transport_steps: tuple[tuple[int, Decimal], ...]
    beyond_per_km: Decimal
    parts: Mapping[tuple[str, str], ListedPart]

    def transport(self, distance_km: Decimal) -> Decimal:
        """The fee for a way of that length."""
        for up_to, amount in self.transport_steps:
            if distance_km <= up_to:
                return amount
        return (distance_km * self.beyond_per_km).quantize(CENT, ROUND_HALF_UP)

    def part(self, family: str | None, part: str) -> ListedPart | None:
        """The part of a family, if the table lists it."""
        return self.parts.get((family or "", part))


@dataclass(frozen=True, slots=True)
class Fees:
    """All tables, newest first; a quote holds for `valid_days` after the day it is made.

    `placeholders` are sections of the file that hold examples, to be replaced by the company's own values.
    """

    source: str
    valid_days: int
    tables: tuple[FeeTable, ...]
    placeholders: tuple[str, ...] = ()

    def of(self, year: int) -> FeeTable:
        """The table in force in a year: its own, else the newest before it, else the oldest."""
        return next((table for table in self.tables if table.year <= year), self.tables[-1])


def read_fees(path: Path, clauses: Mapping[str, str], terms: WarrantyTerms) -> Fees:
    """The fees.

    Raises:
        PolicyError: the file is wrong, a distance comes twice or out of order, or a part is of no family.
    """
    file = content(path, _FeesFile)
    require_clause(clauses, path.name, "-", file.source)
    tables = [_table(path.name, year, entry, terms) for year, entry in file.tables.items()]
    newest_first = tuple(sorted(tables, key=lambda table: -table.year))
    return Fees(file.source, file.valid_days, newest_first, file.placeholders)


def _table(file: str, year: int, entry: _TableFile, terms: WarrantyTerms) -> FeeTable:
    steps = tuple((step.up_to, step.amount) for step in entry.transport.steps)
    if any(lower[0] >= higher[0] for lower, higher in itertools.pairwise(steps)):
        raise PolicyError(file, str(year), "transport", "distances must rise")
    return FeeTable(
        year=year,
        visit=entry.visit,
        labour_hour=entry.labour_hour,
        lodging_night=entry.lodging_night,
        meals_day=entry.meals_day,
        allowance_day=entry.allowance_day,
        transport_steps=steps,
        beyond_per_km=entry.transport.beyond_per_km,
        parts=MappingProxyType(_parts(file, year, entry, terms)),
    )


def _parts(
    file: str, year: int, entry: _TableFile, terms: WarrantyTerms
) -> dict[tuple[str, str], ListedPart]:
    found = {}
    for family_id, prices in entry.parts.items():
        family = terms.families.get(family_id)
        if family is None:
            raise PolicyError(file, str(year), "parts", f"{family_id!r} is no family of warranty.yml")
        names = {part.id: part.name for part in family.parts}
        for part, price in prices.items():
            if part not in names:
                raise PolicyError(file, str(year), "parts", f"{part!r} is no part of {family_id}")
            found[family_id, part] = ListedPart(names[part], price)
    return found
