"""What work costs, by the yearly table (R10-4.2, R10-4.1.2), and which order comes first (R10-5)."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backend.dispatch import fees
from backend.dispatch.commands import PartAsked
from backend.dispatch.fees import Job, UnknownPriceError
from backend.dispatch.priority import Waiting, place
from backend.tickets.kinds import Priority
from tests.unit.dispatch.orders import NOW, shipped

JOB = Job(True, "air_conditioner", 0, Decimal(15), Decimal(1), 0, ())
COMPRESSOR = PartAsked(name="compressor")
SCREWS = PartAsked(name="螺丝", quantity=3, unit_price="0.50")


@pytest.mark.parametrize(
    ("job", "total"),
    [
        (JOB, "130"),  # visit 50, an hour 80
        (replace(JOB, hours=Decimal("1.5")), "170"),
        (replace(JOB, distance_km=Decimal(30)), "130"),
        (replace(JOB, distance_km=Decimal("30.01")), "210"),
        (replace(JOB, distance_km=Decimal(300)), "330"),
        (replace(JOB, distance_km=Decimal(400)), "730"),  # 1.5 a kilometre
        (replace(JOB, nights=1), "700"),  # 250, two days' meals and allowance 320
        (replace(JOB, parts=(COMPRESSOR,)), "810"),
        (replace(JOB, parts=(COMPRESSOR, SCREWS)), "811.50"),
        (replace(JOB, parts=(COMPRESSOR,), discount=20), "674"),  # parts alone are discounted
        (replace(JOB, work=False, parts=(COMPRESSOR,)), "680"),
        (replace(JOB, work=False), "0"),
    ],
)
def test_totals(job: Job, total: str):
    assert fees.quoted(shipped().fees.of(2026), job).total == Decimal(total)


def test_a_listed_part_has_the_lists_price_whatever_is_told():
    job = replace(JOB, work=False, parts=(PartAsked(name="compressor", unit_price="1"),))
    (line,) = fees.quoted(shipped().fees.of(2026), job).lines
    assert (line.amount, line.name) == (Decimal(680), "压缩机")


@pytest.mark.parametrize("family", ["tv", None])
def test_a_part_without_a_price_is_named(family: str | None):
    with pytest.raises(UnknownPriceError) as missing:
        fees.quoted(shipped().fees.of(2026), replace(JOB, family=family, parts=(COMPRESSOR,)))
    assert missing.value.name == "compressor"


@pytest.mark.parametrize("year", [2020, 2026, 2031])
def test_a_year_without_a_table_goes_by_the_nearest_before_it(year: int):
    assert shipped().fees.of(year).year == 2026


TODAY = Waiting(NOW, False, False, Priority.NORMAL)


def test_what_is_dispatched_first():
    yesterday = datetime(2026, 11, 22, 15, tzinfo=UTC)
    late_yesterday = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai: today
    in_order = [
        replace(TODAY, opened_at=yesterday, dealer_sold=True),
        replace(TODAY, parts_urgent=True, dealer_sold=True),
        replace(TODAY, priority=Priority.URGENT, dealer_sold=True),
        replace(TODAY, priority=Priority.HIGH),
        replace(TODAY, opened_at=late_yesterday),
        TODAY,
        replace(TODAY, opened_at=late_yesterday, dealer_sold=True),
        replace(TODAY, dealer_sold=True),
    ]
    criteria, shuffled = shipped().dispatch.priority, list(reversed(in_order))
    assert sorted(shuffled, key=lambda one: place(one, criteria, NOW)) == in_order
