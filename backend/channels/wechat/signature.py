"""The vendor's signature: SHA-1 over the sorted parts, one of which is a secret that both sides know. Pure.

https://developers.weixin.qq.com/doc/service/guide/dev/push/
"""

import hashlib
import secrets
from datetime import datetime, timedelta


def sign(*parts: str) -> str:
    """The signature over these parts in whatever order; the account's token is one of them."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324  # the vendor's choice


def matches(given: str, *parts: str) -> bool:
    """Whether the signature is the one over these parts."""
    return secrets.compare_digest(given.encode(), sign(*parts).encode())


def is_fresh(timestamp: str, now: datetime, window: timedelta) -> bool:
    """Whether a request was signed within `window` of `now`; `timestamp` in seconds since 1970."""
    if not (timestamp.isascii() and timestamp.isdigit()):
        return False
    # as floats, since a timestamp may have more digits than a date can hold
    return abs(now.timestamp() - float(timestamp)) <= window.total_seconds()
