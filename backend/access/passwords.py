"""Passwords: argon2id, hashed off the event loop."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN_LENGTH = 10
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("no one has this password, but checking it takes as long as any")


class WeakPasswordError(ValueError):
    """The password is too short or too plain."""


def require_strong(password: str, username: str) -> None:
    """Refuse passwords that are short, a single repeated character, or the user's name.

    Raises:
        WeakPasswordError: with the reason.
    """
    if len(password) < MIN_LENGTH:
        raise WeakPasswordError(f"at least {MIN_LENGTH} characters")
    if len(set(password)) == 1 or username.lower() in password.lower():
        raise WeakPasswordError("too easy to guess")


async def hashed(password: str) -> str:
    """The argon2id hash to store."""
    return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password fits the hash; takes as long when there is no such user."""
    try:
        await asyncio.to_thread(_hasher.verify, password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)
