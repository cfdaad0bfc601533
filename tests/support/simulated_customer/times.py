"""Points in time as customers say them, with the ISO date that they must become."""

import random
from calendar import monthrange
from datetime import date, timedelta

from tests.support.simulated_customer.facts import Fact


def drawn_purchase(rng: random.Random, today: date) -> Fact:
    """When it was bought, in figures or in words, exact or rough."""
    year, month = today.year, today.month
    before = date(year, month, 1) - timedelta(days=1)
    past = today - timedelta(days=rng.randint(40, 1500))
    said, held = rng.choice(
        [
            (f"{past.year}年{past.month}月{past.day}号", past.isoformat()),
            (f"{past.year}年{past.month}月", f"{past:%Y-%m}"),
            (f"{past.year}-{past.month}-{past.day}", past.isoformat()),
            (f"去年{past.month}月", f"{year - 1}-{past.month:02}"),
            (f"前年{past.month}月份", f"{year - 2}-{past.month:02}"),
            ("去年双十一", f"{year - 1}-11-11"),
            ("前年国庆", f"{year - 2}-10-01"),
            ("上个月", f"{before:%Y-%m}"),
            ("去年", f"{year - 1}"),
            (f"今年{_chinese(rng.randint(1, month - 1))}月" if month > 1 else "去年十二月", f"{year}-"),
            ("三个月前", f"{_months_back(today, 3):%Y-%m}"),
        ]
    )
    if held == f"{year}-":
        held = str(year) if month > 1 else f"{year - 1}-12"
    return Fact("purchase_date", said, held, alone=rng.choice((said, f"{said}买的")), how="starts")


def drawn_incident(rng: random.Random, today: date) -> Fact:
    """When it happened: some days ago."""
    days = rng.choice([0, 1, 2])
    said = {0: "今天上午", 1: "昨天下午", 2: "前天"}[days]
    return Fact("incident_time", said, (today - timedelta(days=days)).isoformat(), how="starts")


def _months_back(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _chinese(number: int) -> str:
    return "零一二三四五六七八九十"[number] if number <= 10 else "十" + "零一二"[number - 10]
