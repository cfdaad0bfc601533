"""Passwords: what is too weak, and that only the right one fits."""

import asyncio

import pytest

from backend.access import accounts
from backend.access.passwords import WeakPasswordError, hashed, matches, require_strong
from backend.access.roles import Role


@pytest.mark.parametrize(
    "password", ["abcdefghi1", "一二三四五六七八九十", "correct horse", "a" * 9 + "b", " " * 9 + "x"]
)
def test_strong_enough(password: str):
    require_strong(password, "linda")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("", "10 characters"),
        ("abcdefgh1", "10 characters"),
        ("一二三四五六七八九", "10 characters"),
        ("a" * 10, "guess"),
        ("0" * 40, "guess"),
        ("linda-2026-x", "guess"),
        ("xxLINDA12345", "guess"),
    ],
)
def test_too_weak(password: str, reason: str):
    with pytest.raises(WeakPasswordError, match=reason):
        require_strong(password, "Linda")


async def test_an_account_may_not_have_its_name_as_password_however_the_name_is_typed():
    with pytest.raises(WeakPasswordError):
        await accounts.create_user(None, "  Linda ", "Linda", Role.AGENT, "linda-12345")  # type: ignore[arg-type]


async def test_only_the_right_password_fits():
    first, second = await asyncio.gather(hashed("Correct-horse-7"), hashed("Correct-horse-7"))
    assert first != second
    assert first.startswith("$argon2id$")
    assert await matches("Correct-horse-7", first)
    assert await matches("Correct-horse-7", second)
    for wrong in ("correct-horse-7", "Correct-horse-7 ", "Correct-horse-", ""):
        assert not await matches(wrong, first)


@pytest.mark.parametrize("stored", [None, "", "plain", "$argon2id$broken", "$2b$12$" + "a" * 53])
async def test_without_a_usable_hash_nothing_fits(stored: str | None):
    assert not await matches("no one has this password, but checking it takes as long as any", stored)
