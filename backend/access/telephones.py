"""Where somebody at the desk is rung who takes a caller: in the browser, or on a telephone of their own."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import User
from backend.phone_numbers import e164
from backend.text import Text


class RungOn(StrEnum):
    """What rings."""

    BROWSER = "browser"
    PHONE = "phone"


def _callable(number: str) -> str:
    found = e164(number)
    if found is None:
        raise ValueError("no number that could be called")
    return found


Number = Annotated[Text, Field(max_length=40), AfterValidator(_callable)]
"""A number that could be called, as people write it; E.164 once it is read."""


class Telephone(BaseModel):
    """What rings, and the number of one's own telephone (E.164). Without a number only the browser can."""

    model_config = ConfigDict(extra="forbid")

    phone: Number | None = None
    rung_on: RungOn = RungOn.BROWSER

    @field_validator("rung_on")
    @classmethod
    def _there(cls, rung_on: RungOn, info: ValidationInfo) -> RungOn:
        if rung_on is RungOn.PHONE and info.data.get("phone", "") is None:
            raise ValueError("there is no number to ring")
        return rung_on


def of(user: User) -> Telephone:
    """Somebody's telephone, as stored."""
    return Telephone.model_construct(phone=user.phone, rung_on=RungOn(user.rung_on))


def put(user: User, telephone: Telephone) -> None:
    """Store somebody's telephone."""
    user.phone, user.rung_on = telephone.phone, telephone.rung_on


async def number_of(session: AsyncSession, username: str) -> str | None:
    """The number to ring somebody at; none if they want the browser rung, or do not work here any more."""
    query = select(User.phone).where(
        User.username == username, User.rung_on == RungOn.PHONE, User.active.is_(True)
    )
    return await session.scalar(query)
