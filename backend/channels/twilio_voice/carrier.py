"""Twilio's REST API, as far as calls need it.

https://www.twilio.com/docs/voice/api

The vendor's client is synchronous and takes seconds to import for three requests; httpx is here anyway.
"""

from urllib.parse import quote, urlsplit

import httpx

from backend.channels.telephony.port import AgentPhone, CarrierError
from backend.channels.twilio_voice.twiml import PREFIX
from backend.settings import Settings

TIMEOUT_SECONDS = 20.0
COMMAND_SECONDS = 5.0
"""Somebody waits for it with a finger on the button."""

RING_SECONDS = 25
FORGOTTEN = frozenset({404, 410})
NOT_IN_PROGRESS = 21220
"""https://www.twilio.com/docs/api/errors/21220."""


def client_name(username: str) -> str:
    """What an agent's softphone is called: letters, digits and `_`, one name for one user name."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):x}_" for sign in username)


class CallOverError(CarrierError):
    """The call that was to do something is over."""


class TwilioCarrier:
    """A Twilio account."""

    name = "twilio"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._account = f"/2010-04-01/Accounts/{settings.twilio_account_sid}"
        self._client = httpx.AsyncClient(
            base_url=settings.twilio_api_url,
            auth=(settings.twilio_account_sid, settings.twilio_auth_token),
            timeout=TIMEOUT_SECONDS,
        )
        self._base = settings.public_url.rstrip("/")

    def reaches(self, phone: AgentPhone) -> bool:
        """Only with an account and a number to call from; a softphone only where the desk has them."""
        has = self._settings
        calls = bool(has.twilio_account_sid and has.twilio_number)
        return calls and (phone.number is not None or has.voice_agents == "browser")

    async def ring(self, phone: AgentPhone, call_id: str) -> str:
        """Ring the agent's number or softphone. Errors as the port says."""
        base, about = self._base, f"caller={quote(call_id)}"
        # what answers at a number may be a machine; only a person is joined with the caller
        asked = "" if phone.number is None else "&ask=1"
        body = {
            "To": phone.number or f"client:{client_name(phone.username)}",
            "From": self._settings.twilio_number,
            "Url": f"{base}{PREFIX}/agent?{about}{asked}",
            "StatusCallback": f"{base}{PREFIX}/agent-status?{about}",
            "Timeout": str(RING_SECONDS),
        }
        response = await self._request("POST", f"{self._account}/Calls.json", data=body)
        return str(response.json()["sid"])

    @property
    def commands_calls(self) -> bool:
        """With an account, and an address of ours that it can ask."""
        return bool(self._settings.twilio_account_sid and self._settings.public_url)

    async def fetch(self, call_id: str) -> None:
        """Point the call at `continued`. Errors as the port says."""
        await self._change(call_id, Url=f"{self._base}{PREFIX}/continued")

    async def rejoin(self, ring_id: str, call_id: str) -> None:
        """Point the agent's call at the caller's queue. Errors as the port says."""
        await self._change(ring_id, Url=f"{self._base}{PREFIX}/agent?caller={quote(call_id)}&ready=1")

    async def hang_up(self, call_id: str) -> None:
        """Complete the call. Errors as the port says."""
        try:
            await self._change(call_id, Status="completed")
        except CarrierError as error:
            if not isinstance(error, CallOverError):
                raise

    async def fetch_recording(self, url: str) -> bytes:
        """The sound as WAV. Only of our vendor's own hosts: our credentials go along."""
        if urlsplit(url).netloc != urlsplit(self._settings.twilio_api_url).netloc:
            raise CarrierError(f"not a recording of ours: {url}", final=True)
        return (await self._request("GET", f"{url}.wav")).content

    async def delete_recording(self, recording_id: str) -> None:
        """Delete Twilio's copy (PIPL art. 47)."""
        await self._request("DELETE", f"{self._account}/Recordings/{quote(recording_id)}.json")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _change(self, call_id: str, **body: str) -> None:
        """https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource."""
        url = f"{self._account}/Calls/{quote(call_id)}.json"
        await self._request("POST", url, data=body, timeout=COMMAND_SECONDS)

    async def _request(self, method: str, url: str, **options: object) -> httpx.Response:
        try:
            response = await self._client.request(method, url, **options)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            raise CarrierError(f"{type(error).__name__}: {error}") from error
        if method == "DELETE" and response.status_code in FORGOTTEN:
            return response
        if response.is_error:
            if _says_over(response):
                raise CallOverError(f"{method}: the call is over", final=True)
            raise CarrierError(f"{method}: HTTP {response.status_code}", final=response.is_client_error)
        return response


def _says_over(response: httpx.Response) -> bool:
    try:
        said = response.json()
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("code") == NOT_IN_PROGRESS
