"""A question about a warranty, answered from the facts told and from the register."""

import dataclasses
from datetime import date

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from backend.policy import Policy
from backend.warranty import products, purchases
from backend.warranty.decision import decide
from backend.warranty.facts import Facts, Name
from backend.warranty.outcome import Reason
from backend.warranty.purchases import Sale
from backend.warranty.schemas import DecisionOut, explained

DATES = ("purchase_date", "delivery_date")
RECORD_USED = Reason("record_used", "R1-2.2")
"""The file is what the service works from, also where the customer remembers otherwise."""


class Inquiry(Facts):
    """Facts, and what the register can be asked by."""

    serial: Name | None = Field(default=None, description="Serial number; the register has the purchase")


def names_a_record(inquiry: Inquiry) -> bool:
    """Whether the register should be asked before it is decided."""
    return inquiry.serial is not None or (inquiry.model is not None and inquiry.model_on_record is None)


async def sold_unit(session: AsyncSession, inquiry: Inquiry) -> Sale | None:
    """The purchase that the serial names, if it names one."""
    found = await purchases.by_serial(session, inquiry.serial) if inquiry.serial is not None else []
    return found[0] if len(found) == 1 else None


async def with_model(session: AsyncSession, inquiry: Inquiry) -> Inquiry:
    """The facts with what the register knows of the model."""
    if inquiry.model is None:
        return inquiry
    product = await products.by_model(session, inquiry.model)
    family = product.family if product is not None else None
    return inquiry.model_copy(update={"model_on_record": product is not None, "model_family": family})


async def with_sale(session: AsyncSession, inquiry: Inquiry, sale: Sale, today: date) -> tuple[Inquiry, bool]:
    """The facts with those of a purchase on record, which go before what was told."""
    recorded = {name: fact for name, fact in (await purchases.facts(session, sale, today)).items() if fact}
    differs = any(
        not told.first <= recorded[name].first <= told.last
        for name in DATES
        if name in recorded and (told := getattr(inquiry, name)) is not None
    )
    if inquiry.second_hand:
        # the first sale is the one on record; what the customer tells is the sale second-hand
        recorded["first_sold_on"] = recorded.pop("delivery_date", recorded["purchase_date"])
        recorded.pop("purchase_date")
        differs = False
    return inquiry.model_copy(update=recorded), differs


def answered(
    facts: Facts, rules: Policy, today: date, *, record_used: bool = False, alike: tuple[str, ...] = ()
) -> DecisionOut:
    """The decision on these facts alone, in words; `alike` are models that may be meant."""
    decision = decide(facts, rules.warranty, today=today, moved_on=rules.calendar.days.moved_on)
    if record_used:
        decision = dataclasses.replace(decision, reasons=(*decision.reasons, RECORD_USED))
    return explained(decision, rules.warranty_wording, rules.version, alike)


async def answer(
    session: AsyncSession, inquiry: Inquiry, rules: Policy, today: date, *, sale: Sale | None
) -> DecisionOut:
    """The decision on the facts told and on record; `sale` is the purchase in question if it is on record."""
    differs = False
    alike: tuple[str, ...] = ()
    if sale is not None:
        inquiry, differs = await with_sale(session, inquiry, sale, inquiry.today or today)
    else:
        inquiry = await with_model(session, inquiry)
    if inquiry.model_on_record is False and inquiry.model is not None:
        alike = tuple(product.model for product in await products.alike(session, inquiry.model))
    return answered(inquiry, rules, today, record_used=differs, alike=alike)
