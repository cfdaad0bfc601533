"""Who is behind an address, through the bot: a code keyed on a call joins the caller with a WeChat user."""

from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from backend.access.guard import service
from backend.bot_api import ownership
from backend.conversations import identity
from backend.errors import PhoneNotVerifiedError
from backend.house import HouseDependency

router = APIRouter(prefix="/api/v1/service/identities", tags=["service"], dependencies=[Depends(service)])


class KeyedCode(BaseModel):
    """A code as it was keyed on a call."""

    model_config = ConfigDict(extra="forbid")

    conversation_id: UUID = Field(description="Of the call")
    code: str = Field(pattern=r"^[0-9]{6}$")


class Joined(BaseModel):
    """Whether the caller's number now stands behind the WeChat user whose code it was."""

    joined: bool


@router.post("/codes")
async def redeem(keyed: KeyedCode, house: HouseDependency) -> Joined:
    """Join a caller and a WeChat user. 403 `phone_not_verified` when the call shows no number."""
    async with house.units.begin() as uow:
        conversation = await ownership.conversation_of(uow, keyed.conversation_id)
        phone = await ownership.callers_phone(uow, conversation)
        joined = phone is not None and await identity.redeem_code(uow, keyed.code, phone)
    if phone is None:
        raise PhoneNotVerifiedError
    return Joined(joined=joined)
