"""Signs what a demo telephone in the browser sends, as the vendor would, and lets it open the relay.

Only with the demo token, which an installation with a real account does not have, and only for whoever sits
at this machine: they can read the token anyway. What is signed so is accepted from this machine alone.
"""

from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, WebSocket
from pydantic import BaseModel, Field
from twilio.request_validator import RequestValidator

from backend.access.guard import is_direct, operations
from backend.channels.twilio_voice.relay import REFUSED, held
from backend.channels.twilio_voice.twiml import PREFIX
from backend.errors import NotFoundError, ValidationFailedError
from backend.house import HouseDependency
from backend.text import TextMap

router = APIRouter(prefix="/api/v1/phone-demo", tags=["telephone"])


class ToSign(BaseModel):
    """A request that a demo telephone is about to send."""

    url: str = Field(max_length=2_000)
    parameters: TextMap = Field(default_factory=dict, max_length=60)


class Signed(BaseModel):
    """Its signature."""

    signature: str


@router.post("/signature", dependencies=[Depends(operations)])
async def sign(wanted: ToSign, request: Request, house: HouseDependency) -> Signed:
    """The signature of a request to our own webhooks. 404 without the demo."""
    token = house.settings.voice_demo_token
    if not token:
        raise NotFoundError("demo telephone")
    address = urlsplit(wanted.url)
    if address.netloc != request.url.netloc or not address.path.startswith(f"{PREFIX}/"):
        raise ValidationFailedError("not a webhook of ours")
    return Signed(signature=RequestValidator(token).compute_signature(wanted.url, wanted.parameters))


@router.websocket("/relay")
async def relay(socket: WebSocket) -> None:
    """The relay for a browser, which cannot sign a handshake: in the demo, our own page on this machine."""
    if _from_our_page(socket) and socket.app.state.house.settings.voice_demo_token:
        await held(socket)
    else:
        await socket.close(REFUSED)


def _from_our_page(socket: WebSocket) -> bool:
    """Browsers let any page open WebSockets to anywhere, and say which page it is."""
    page = urlsplit(socket.headers.get("origin", "")).netloc
    return is_direct(socket) and page != "" and page == socket.url.netloc
