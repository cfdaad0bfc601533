"""Signs what a demo telephone in the browser sends, as the vendor would.

Only with the demo token, which an installation with a real account does not have, and only for whoever sits
at this machine: they can read the token anyway. What is signed so is accepted from this machine alone.
"""

from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from twilio.request_validator import RequestValidator

from backend.access.guard import operations
from backend.channels.twilio_voice.twiml import PREFIX
from backend.errors import NotFoundError, ValidationFailedError
from backend.house import HouseDependency
from backend.text import TextMap

router = APIRouter(prefix="/api/v1/phone-demo", tags=["telephone"], dependencies=[Depends(operations)])


class ToSign(BaseModel):
    """A request that a demo telephone is about to send."""

    url: str = Field(max_length=2_000)
    parameters: TextMap = Field(default_factory=dict, max_length=60)


class Signed(BaseModel):
    """Its signature."""

    signature: str


@router.post("/signature")
async def sign(wanted: ToSign, request: Request, house: HouseDependency) -> Signed:
    """The signature of a request to our own webhooks. 404 without the demo."""
    token = house.settings.voice_demo_token
    if not token:
        raise NotFoundError("demo telephone")
    address = urlsplit(wanted.url)
    if address.netloc != request.url.netloc or not address.path.startswith(f"{PREFIX}/"):
        raise ValidationFailedError("not a webhook of ours")
    return Signed(signature=RequestValidator(token).compute_signature(wanted.url, wanted.parameters))
