"""Tokens for agents' softphones: the vendor's Voice SDK in the desk's browser.

https://www.twilio.com/docs/iam/access-tokens. A softphone takes calls; it cannot place any of its own.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.channels.twilio_voice.carrier import client_name
from backend.errors import NotFoundError
from backend.house import HouseDependency

LIFE_SECONDS = 3_600

router = APIRouter(prefix="/api/v1/live/phone", tags=["telephone"])
Agent = Annotated[Identity, Depends(desk(ANY_AGENT))]


class SoftphoneToken(BaseModel):
    """What a softphone logs in with, for an hour."""

    token: str
    identity: str
    seconds: int


@router.get("/token")
async def token(agent: Agent, house: HouseDependency) -> SoftphoneToken:
    """A token for the agent's own softphone. 404 where agents have none."""
    has = house.settings
    if has.voice_agents != "browser" or not (has.twilio_account_sid and has.twilio_api_key):
        raise NotFoundError("softphone")
    identity = client_name(agent.username)
    made = AccessToken(
        has.twilio_account_sid,
        has.twilio_api_key,
        has.twilio_api_secret,
        identity=identity,
        ttl=LIFE_SECONDS,
    )
    made.add_grant(VoiceGrant(outgoing_application_sid=has.twilio_app_sid or None, incoming_allow=True))
    return SoftphoneToken(token=made.to_jwt(), identity=identity, seconds=LIFE_SECONDS)
