"""Twilio's REST API, as far as calls need it.

https://www.twilio.com/docs/voice/api

The vendor's client is synchronous and takes seconds to import for three requests; httpx is here anyway.
"""

from urllib.parse import quote, urlsplit

import httpx

from backend.channels.telephony.port import CarrierError
from backend.channels.twilio_voice.twiml import PREFIX
from backend.settings import Settings

TIMEOUT_SECONDS = 20.0
RING_SECONDS = 25
FORGOTTEN = frozenset({404, 410})


def client_name(username: str) -> str:
    """What an agent's softphone is called: letters, digits and `_`, one name for one user name."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"_{ord(sign):x}_" for sign in username)


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

    @property
    def rings_agents(self) -> bool:
        """Only with an account, a number to call from, and softphones at the desk."""
        has = self._settings
        return has.voice_agents == "browser" and bool(has.twilio_account_sid and has.twilio_number)

    async def ring(self, agent: str, call_id: str) -> str:
        """Ring the agent's softphone. Errors as the port says."""
        base, about = self._settings.public_url.rstrip("/"), f"caller={quote(call_id)}"
        body = {
            "To": f"client:{client_name(agent)}",
            "From": self._settings.twilio_number,
            "Url": f"{base}{PREFIX}/agent?{about}",
            "StatusCallback": f"{base}{PREFIX}/agent-status?{about}",
            "Timeout": str(RING_SECONDS),
        }
        response = await self._request("POST", f"{self._account}/Calls.json", data=body)
        return str(response.json()["sid"])

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

    async def _request(self, method: str, url: str, **options: object) -> httpx.Response:
        try:
            response = await self._client.request(method, url, **options)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            raise CarrierError(f"{type(error).__name__}: {error}") from error
        if method == "DELETE" and response.status_code in FORGOTTEN:
            return response
        if response.is_error:
            raise CarrierError(f"{method}: HTTP {response.status_code}", final=response.is_client_error)
        return response
