"""Stored secrets are unreadable without their key and for anybody but their owner."""

import pytest

from backend.access.seal import Seal, SealBrokenError, is_sealed, seal_of
from backend.settings import Settings

TOKEN, OTHER_TOKEN = "service-of-tests-1", "service-of-tests-2"
SECRET, OWNER = "JBSWY3DPEHPK3PXP", "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


def seal(key: str = "", token: str = TOKEN) -> Seal:
    return seal_of(Settings(database_url="postgresql://nowhere/none", service_token=token, secrets_key=key))


def test_what_is_sealed_opens_for_its_owner_only():
    stored = seal("a key").close(SECRET, OWNER)
    assert is_sealed(stored)
    assert SECRET not in stored
    assert seal("a key").open(stored, OWNER) == SECRET
    with pytest.raises(SealBrokenError):
        seal("a key").open(stored, "somebody else")
    with pytest.raises(SealBrokenError):
        seal("another key").open(stored, OWNER)


def test_the_same_secret_is_sealed_differently_each_time():
    assert seal().close(SECRET, OWNER) != seal().close(SECRET, OWNER)


def test_a_changed_or_cut_text_does_not_open():
    stored = seal().close(SECRET, OWNER)
    flipped = stored[:-5] + ("A" if stored[-5] != "A" else "B") + stored[-4:]
    for broken in (flipped, stored[:20], "sealed:1:", "sealed:1:%"):
        with pytest.raises(SealBrokenError):
            seal().open(broken, OWNER)


def test_without_a_key_of_its_own_the_service_token_seals_and_opens_when_a_key_comes():
    stored = seal().close(SECRET, OWNER)
    assert seal("a key").open(stored, OWNER) == SECRET
    with pytest.raises(SealBrokenError):
        seal(token=OTHER_TOKEN).open(stored, OWNER)


def test_what_was_stored_in_clear_is_read():
    assert seal().open(SECRET, OWNER) == SECRET


def test_keys_are_in_no_representation():
    assert "keys" not in repr(seal("a key"))
