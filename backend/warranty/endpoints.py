"""Warranty decisions for the desk and for the bot's actions."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from backend.access.guard import desk, service
from backend.access.roles import ANY_AGENT
from backend.clock import SHANGHAI
from backend.house import House, HouseDependency
from backend.warranty import asking, lookup
from backend.warranty.asking import Inquiry
from backend.warranty.facts import Name
from backend.warranty.schemas import DecisionOut

router = APIRouter()


class CallerInquiry(Inquiry):
    """Facts, and by what a caller may show that a purchase on record is the caller's."""

    order: Name | None = None
    verified_phone: Name | None = Field(
        default=None, description="The number the channel knows the caller has"
    )
    last4: str | None = Field(default=None, pattern=r"^\d{4}$", description="Last digits of the number left")
    conversation_id: UUID | None = None


def today(house: House) -> date:
    """The date where the customers are."""
    return house.clock.now().astimezone(SHANGHAI).date()


@router.post("/api/v1/warranty/decisions", tags=["warranty"], dependencies=[Depends(desk(ANY_AGENT))])
async def decide(inquiry: Inquiry, house: HouseDependency) -> DecisionOut:
    """Where a warranty stands, by the facts given and, with a serial or model, by the register."""
    async with house.database.transaction() as session:
        sale = await asking.sold_unit(session, inquiry)
        return await asking.answer(session, inquiry, house.policy, today(house), sale=sale)


@router.post("/api/v1/service/warranty/decisions", tags=["service"], dependencies=[Depends(service)])
async def decide_for_caller(inquiry: CallerInquiry, house: HouseDependency) -> DecisionOut:
    """The same for a caller: a purchase on record counts only if it may be told to the caller."""
    asked = lookup.Question(
        serial=inquiry.serial,
        order=inquiry.order,
        verified_phone=inquiry.verified_phone,
        last4=inquiry.last4,
        conversation_id=inquiry.conversation_id,
    )
    family = house.policy.warranty.family(inquiry.product) if inquiry.product else None
    async with house.units.begin() as uow:
        sale = await lookup.sale_for(uow, asked, family.id if family else None)
        return await asking.answer(uow.session, inquiry, house.policy, today(house), sale=sale)
