"""How the vendor hands over what a user did: signed, within five seconds, three tries in all.

https://developers.weixin.qq.com/doc/service/guide/product/message/Receiving_standard_messages.html
"""

import asyncio
import secrets
import time
from dataclasses import dataclass
from xml.sax.saxutils import escape

import httpx
import xmltodict  # type: ignore[import-untyped]
from wechatpy.crypto import WeChatCrypto  # type: ignore[import-untyped]
from wechatpy.utils import WeChatSigner  # type: ignore[import-untyped]

from cli.wechat_vendor.account import SimulatedAccount
from cli.wechat_vendor.state import Sent, VendorState

LIMIT_SECONDS = 5.0
TRIES = 3
SILENCE = {"", "success"}

Nested = dict[str, "str | int | float | list[dict[str, str]]"]


@dataclass(frozen=True)
class Outcome:
    """What came of a delivery. `answers`: the texts of all tries that had one; the first was shown.

    `seconds`: of the slowest try; `out_of_order`: the user was told that the service is out of order.
    """

    answers: tuple[str, ...]
    statuses: tuple[int, ...]
    seconds: float
    out_of_order: bool

    @property
    def shown(self) -> str | None:
        """What the user saw at once."""
        return self.answers[0] if self.answers else None


class Delivering:
    """The vendor's side of the webhook."""

    def __init__(
        self, account: SimulatedAccount, state: VendorState, url: str, client: httpx.AsyncClient
    ) -> None:
        self._account = account
        self._state = state
        self._url = url
        self._client = client
        self.limit = LIMIT_SECONDS
        self._crypto = WeChatCrypto(account.token, account.aes_key, account.app_id)

    async def check_address(self) -> bool:
        """Whether the address echoes what the vendor asks it to, as when it is entered."""
        echo = secrets.token_hex(8)
        response = await self._client.get(self._url, params={**self.signed(), "echostr": echo})
        return response.text == echo

    async def deliver(self, xml: str, openid: str) -> Outcome:
        """Hand it over; the next try begins when one has not been answered within the limit."""
        tries: list[tuple[int, str | None, float]] = []
        for _ in range(TRIES):
            tries.append(await self.attempt(xml))
            self._show(tries, openid)
            if tries[-1][0] != 0:
                break
        return _outcome(tries)

    async def deliver_overlapping(self, xml: str, openid: str, apart: float = 0.0) -> Outcome:
        """Hand it over three times, `apart` seconds from one another, without waiting for answers."""
        tries: list[tuple[int, str | None, float]] = []

        async def later(place: int) -> None:
            await asyncio.sleep(place * apart)
            tries.append(await self.attempt(xml))
            self._show(tries, openid)

        await asyncio.gather(*map(later, range(TRIES)))
        return _outcome(tries)

    async def attempt(self, xml: str) -> tuple[int, str | None, float]:
        """One try: status (0: none within the limit), the answer's text, seconds."""
        params, body = self.packed(xml)
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self.limit):
                response = await self._client.post(self._url, params=params, content=body)
        except (TimeoutError, httpx.HTTPError):
            return 0, None, time.perf_counter() - began
        seconds = time.perf_counter() - began
        return response.status_code, self._text(response), seconds

    def packed(self, xml: str) -> tuple[dict[str, str], bytes]:
        """The query and the body of a delivery, as the account's mode wants it."""
        params = self.signed()
        if self._account.mode == "plain":
            return params, xml.encode()
        sealed = self._crypto.encrypt_message(xml, params["nonce"], params["timestamp"])
        fields = xmltodict.parse(sealed)["xml"]
        params |= {"encrypt_type": "aes", "msg_signature": fields["MsgSignature"]}
        whole = {"ToUserName": self._account.name, "Encrypt": fields["Encrypt"]}
        if self._account.mode == "compatible":
            whole = {**xmltodict.parse(xml)["xml"], **whole}
        return params, xmltodict.unparse({"xml": whole}, full_document=False).encode()

    def signed(self) -> dict[str, str]:
        """A signed query."""
        timestamp, nonce = str(int(time.time())), secrets.token_hex(5)
        signer = WeChatSigner()
        signer.add_data(self._account.token, timestamp, nonce)
        return {"signature": signer.signature, "timestamp": timestamp, "nonce": nonce}

    def _text(self, response: httpx.Response) -> str | None:
        if response.status_code != httpx.codes.OK or response.text in SILENCE:
            return None
        fields = xmltodict.parse(response.text)["xml"]
        if "Encrypt" in fields:
            plain = self._crypto.decrypt_message(
                response.text, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
            )
            fields = xmltodict.parse(plain)["xml"]
        return str(fields["Content"])

    def _show(self, tries: list[tuple[int, str | None, float]], openid: str) -> None:
        """Show the user the first text that came in answer to a message."""
        *earlier, (_, text, _) = tries
        if text is not None and not any(found is not None for _, found, _ in earlier):
            self._state.sent.append(Sent(openid, "passive", text))


def _outcome(tries: list[tuple[int, str | None, float]]) -> Outcome:
    answers = tuple(text for _, text, _ in tries if text is not None)
    good = any(status == httpx.codes.OK for status, _, _ in tries)
    return Outcome(
        answers,
        tuple(status for status, _, _ in tries),
        max(seconds for _, _, seconds in tries),
        not good,
    )


def written(fields: Nested) -> str:
    """A message's XML, as the vendor writes it."""
    return f"<xml>{''.join(_element(name, value) for name, value in fields.items())}</xml>"


def _element(name: str, value: "str | int | float | list[dict[str, str]]") -> str:
    if isinstance(value, list):
        entries = "".join(
            f"<List>{''.join(_element(key, entry) for key, entry in item.items())}</List>" for item in value
        )
        return f"<{name}>{entries}</{name}>"
    if isinstance(value, str):
        safe = value.replace("]]>", "]]]]><![CDATA[>")
        return f"<{name}><![CDATA[{safe}]]></{name}>"
    return f"<{name}>{escape(str(value))}</{name}>"
