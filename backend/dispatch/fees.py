"""What work costs the customer, by the yearly table of policy/fees.yml (R10-4.2, R10-4.1.2). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from backend.dispatch.commands import PartAsked
from backend.policy.fees import FeeTable

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


class UnknownPriceError(ValueError):
    """A part is not in the table and came without a price."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no price for {name}")
        self.name = name


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a quote.

    `kind`: visit, labour, transport, lodging, meals, allowance, part, or discount.
    """

    kind: str
    amount: Decimal
    name: str | None = None
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote by the table of a year, in yuan."""

    year: int
    lines: tuple[FeeLine, ...]

    @property
    def total(self) -> Decimal:
        """What the customer pays."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be paid for.

    Attributes:
        work: whether visit and labour are charged, or parts alone.
        discount: percent off parts, for misuse within the warranty (R10-4.1.2).
        distance_km: one way; none is in town.
    """

    work: bool
    family: str | None
    discount: int
    distance_km: Decimal | None
    hours: Decimal
    nights: int
    parts: tuple[PartAsked, ...]


def quoted(table: FeeTable, job: Job) -> Quoted:
    """The quote for a job.

    Raises:
        UnknownPriceError: a part has no price.
    """
    lines = (*(_work(table, job) if job.work else ()), *part_lines(table, job.family, job.parts))
    parts = sum((line.amount for line in lines if line.kind == "part"), Decimal(0))
    if job.discount and parts:
        off = (parts * job.discount / HUNDRED).quantize(CENT, ROUND_HALF_UP)
        lines = (*lines, FeeLine("discount", -off, name=str(job.discount)))
    return Quoted(table.year, tuple(lines))


def part_lines(table: FeeTable, family: str | None, parts: tuple[PartAsked, ...]) -> tuple[FeeLine, ...]:
    """The parts with their prices: the table's where it has one, else the one named.

    Raises:
        UnknownPriceError: a part has no price.
    """
    return tuple(_part(table, family, part) for part in parts)


def _part(table: FeeTable, family: str | None, part: PartAsked) -> FeeLine:
    listed = table.part(family, part.name)
    price = listed.price if listed is not None else part.unit_price
    if price is None:
        raise UnknownPriceError(part.name)
    name = listed.name if listed is not None else part.name
    quantity = Decimal(part.quantity)
    return FeeLine("part", price * quantity, name, quantity, price)


def _work(table: FeeTable, job: Job) -> Iterator[FeeLine]:
    distance = job.distance_km or Decimal(0)
    yield FeeLine("visit", table.visit)
    labour = (table.labour_hour * job.hours).quantize(CENT, ROUND_HALF_UP)
    yield FeeLine("labour", labour, quantity=job.hours, unit_price=table.labour_hour)
    if transport := table.transport(distance):
        yield FeeLine("transport", transport, quantity=distance)
    if job.nights:
        yield _times("lodging", job.nights, table.lodging_night)
        yield _times("meals", job.nights + 1, table.meals_day)
        yield _times("allowance", job.nights + 1, table.allowance_day)


def _times(kind: str, quantity: int, price: Decimal) -> FeeLine:
    return FeeLine(kind, price * quantity, quantity=Decimal(quantity), unit_price=price)
