"""The line: signed webhooks, as the vendor sends them. 15 s to answer, then the fallback address."""

import secrets
import uuid
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx
from twilio.request_validator import RequestValidator
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

ANSWER_SECONDS = 15.0
CONNECT_SECONDS = 10.0
CALL_PATH = "/api/v1/twilio/voice/call"
STATUS_PATH = "/api/v1/twilio/voice/status"
RELAY_PATH = "/api/v1/twilio/voice/relay"
ACCOUNT = "AC" + "0" * 32
SIGNATURE = "X-Twilio-Signature"
CLOSE_SECONDS = 2.0


class LineError(Exception):
    """Neither the hotline nor its fallback answered."""


class SocketError(LineError):
    """The hotline's WebSocket could not be opened."""


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

    def connect(self) -> ClientConnection:
        """A WebSocket to the relay, at `base`: only there does the demo's signature count.

        Raises:
            SocketError: it cannot be opened.
        """
        url = urljoin(self.base, RELAY_PATH)
        try:
            return connect(
                _as_socket(url),
                additional_headers={SIGNATURE: self._signature(_as_socket(self._known(url)), {})},
                proxy=None,
                open_timeout=CONNECT_SECONDS,
                close_timeout=CLOSE_SECONDS,
            )
        except (OSError, WebSocketException) as error:
            raise SocketError(str(error)) from error

    def hang_up(self) -> None:
        """Tell the hotline that the call is over; it may be down."""
        try:
            self._send(urljoin(self.base, STATUS_PATH), {**self._usual(), "CallStatus": "completed"})
        except httpx.HTTPError as error:
            raise LineError(str(error)) from error

    def _usual(self) -> dict[str, str]:
        return {
            "CallSid": self.call_id,
            "AccountSid": ACCOUNT,
            "From": self.caller,
            "To": self.called,
            "CallStatus": "in-progress",
            "Direction": "inbound",
            "ApiVersion": "2010-04-01",
        }

    def _send(self, url: str, body: dict[str, str]) -> str:
        headers = {
            SIGNATURE: self._signature(self._known(url), body),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        }
        response = self.client.post(url, data=body, headers=headers)
        response.raise_for_status()
        return response.text

    def _known(self, url: str) -> str:
        """The address as the vendor knows it."""
        return url.replace(self.base, self.public, 1) if self.public else url

    def _signature(self, url: str, body: dict[str, str]) -> str:
        signature: str = RequestValidator(self.token).compute_signature(url, body)
        return signature


def _as_socket(url: str) -> str:
    return f"ws{url.removeprefix('http')}"
