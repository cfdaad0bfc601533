"""The line: signed webhooks, as the vendor sends them. 15 s to answer, then the fallback address."""

import secrets
import uuid
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx
from twilio.request_validator import RequestValidator

ANSWER_SECONDS = 15.0
CONNECT_SECONDS = 10.0
CALL_PATH = "/api/v1/twilio/voice/call"
STATUS_PATH = "/api/v1/twilio/voice/status"


class LineError(Exception):
    """Neither the hotline nor its fallback answered."""


@dataclass
class Line:
    """A call's way to the webhooks. `token` signs; `public` is the address that is signed, if another."""

    base: str
    token: str
    caller: str
    called: str = "+864008000000"
    public: str = ""
    fallback: str = ""
    client: httpx.Client = field(
        default_factory=lambda: httpx.Client(
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS), trust_env=False
        )
    )
    call_id: str = field(default_factory=lambda: f"CA{secrets.token_hex(16)}")

    def post(self, address: str, parameters: dict[str, str]) -> str:
        """The document that a webhook answers with; the fallback's if it fails.

        Raises:
            LineError: that fails, too.
        """
        body = {**self._usual(), **parameters}
        try:
            return self._send(urljoin(self.base, address), body)
        except httpx.HTTPError as error:
            if not self.fallback:
                raise LineError(str(error)) from error
            url = str(getattr(getattr(error, "request", None), "url", address))
            try:
                return self._send(self.fallback, {**body, "ErrorCode": "11200", "ErrorUrl": url})
            except httpx.HTTPError as again:
                raise LineError(str(again)) from again

    def hang_up(self) -> None:
        """Tell the hotline that the call is over; it may be down."""
        try:
            self._send(urljoin(self.base, STATUS_PATH), {**self._usual(), "CallStatus": "completed"})
        except httpx.HTTPError as error:
            raise LineError(str(error)) from error

    def _usual(self) -> dict[str, str]:
        return {
            "CallSid": self.call_id,
            "AccountSid": "AC" + "0" * 32,
            "From": self.caller,
            "To": self.called,
            "CallStatus": "in-progress",
            "Direction": "inbound",
            "ApiVersion": "2010-04-01",
        }

    def _send(self, url: str, body: dict[str, str]) -> str:
        signed = url.replace(self.base, self.public, 1) if self.public else url
        headers = {
            "X-Twilio-Signature": RequestValidator(self.token).compute_signature(signed, body),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        }
        response = self.client.post(url, data=body, headers=headers)
        response.raise_for_status()
        return response.text
