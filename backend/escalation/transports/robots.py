"""What the group robots of enterprise WeChat and DingTalk have in common: a webhook that takes JSON.

Both answer HTTP 200 with `{"errcode": ..., "errmsg": ...}`; zero is success.
"""

from collections.abc import Mapping
from typing import Any

import httpx

from backend.escalation.notices import NoticeError

SERVER_FAULT = 500
TOO_MANY_REQUESTS = 429


async def post(
    url: str, body: Mapping[str, Any], timeout_seconds: float, final_codes: frozenset[int]
) -> None:
    """Post a message and read the vendor's answer.

    Raises:
        NoticeError: it was not accepted; final where repeating cannot help. The webhook's address, which
            holds its key, is in no message.
    """
    try:
        async with httpx.AsyncClient(timeout=timeout_seconds, trust_env=False) as client:
            response = await client.post(url, json=dict(body))
    except httpx.InvalidURL as error:
        raise NoticeError("the webhook's address is malformed", final=True) from error
    except httpx.HTTPError as error:
        raise NoticeError(type(error).__name__) from error
    if response.status_code != httpx.codes.OK:
        passing = response.status_code >= SERVER_FAULT or response.status_code == TOO_MANY_REQUESTS
        raise NoticeError(f"HTTP {response.status_code}", final=not passing)
    code, reason = _answer(response)
    if code != 0:
        raise NoticeError(f"{code} {reason}", final=code in final_codes)


def cut(text: str, limit: int) -> str:
    """The text, shortened so that it takes no more than `limit` bytes in UTF-8."""
    encoded = text.encode()
    if len(encoded) <= limit:
        return text
    mark = "…"
    return encoded[: limit - len(mark.encode())].decode(errors="ignore") + mark


def _answer(response: httpx.Response) -> tuple[int, str]:
    try:
        answer = response.json()
        return int(answer["errcode"]), str(answer.get("errmsg", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoticeError("the answer is not the vendor's") from error
