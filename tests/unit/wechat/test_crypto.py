"""The envelope against wechatpy's, an implementation that shares nothing with ours; and what opens nothing."""

import base64
import contextlib
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException

from backend.channels.wechat.crypto import UnreadableError, decrypt, encrypt, key_of
from backend.channels.wechat.envelope import read, sealed
from backend.channels.wechat.signature import sign

APP_ID = "wx0123456789abcdef"
ENCODED = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
KEY = key_of(ENCODED)
keys = st.binary(min_size=32, max_size=32)
texts = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=600)


@given(text=texts, key=keys)
def test_wechatpy_opens_what_we_seal(text: str, key: bytes):
    assert PrpCrypto(key).decrypt(encrypt(text, key, APP_ID), APP_ID) == text


@given(text=texts, key=keys)
def test_we_open_what_wechatpy_seals(text: str, key: bytes):
    assert decrypt(PrpCrypto(key).encrypt(text, APP_ID).decode(), [key], APP_ID) == (text, key)


@given(text=texts, current=keys, previous=keys)
def test_a_text_sealed_with_the_key_before_is_opened_with_it(text: str, current: bytes, previous: bytes):
    found, key = decrypt(encrypt(text, previous, APP_ID), [current, previous], APP_ID)
    assert (found, key) == (text, current if current == previous else previous)


@given(text=texts)
def test_a_whole_answer_passes_wechatpys_check_and_no_other_account_reads_it(text: str):
    encrypted = encrypt(text, KEY, APP_ID)
    signature = sign("token", "1714037059", "486452656", encrypted)
    envelope = sealed(encrypted=encrypted, signature=signature, timestamp="1714037059", nonce="486452656")
    opened = WeChatCrypto("token", ENCODED, APP_ID)
    assert opened.decrypt_message(envelope, signature, "1714037059", "486452656") == text
    with pytest.raises(InvalidSignatureException):
        WeChatCrypto("other", ENCODED, APP_ID).decrypt_message(envelope, signature, "1714037059", "486452656")
    with pytest.raises(InvalidAppIdException):
        WeChatCrypto("token", ENCODED, "wxother").decrypt_message(
            envelope, signature, "1714037059", "486452656"
        )
    assert read(envelope)["Encrypt"] == encrypted


@given(garbage=st.binary(max_size=300) | st.text(max_size=300))
def test_garbage_is_unreadable_and_nothing_worse(garbage: bytes | str):
    text = base64.b64encode(garbage).decode() if isinstance(garbage, bytes) else garbage
    with pytest.raises(UnreadableError):
        decrypt(text, [KEY], APP_ID)


@given(text=texts, place=st.integers(min_value=0), flip=st.integers(min_value=1, max_value=255))
def test_a_changed_byte_never_yields_another_text_for_this_account_unnoticed(
    text: str, place: int, flip: int
):
    """CBC alone cannot tell every change; the signature over the whole can."""
    encrypted = encrypt(text, KEY, APP_ID)
    data = bytearray(base64.b64decode(encrypted))
    data[place % len(data)] ^= flip
    changed = base64.b64encode(data).decode()
    assert sign("token", "1", "2", changed) != sign("token", "1", "2", encrypted)
    with contextlib.suppress(UnreadableError):
        decrypt(changed, [KEY], APP_ID)


def test_a_text_for_another_account_is_unreadable():
    with pytest.raises(UnreadableError, match="another AppID"):
        decrypt(encrypt("你好", KEY, "wxother"), [KEY], APP_ID)


@pytest.mark.parametrize("encoded", ["", "a", ENCODED[:-1], ENCODED + "a", "!" * 43, "中" * 43])
def test_a_key_that_is_none_is_refused(encoded: str):
    with pytest.raises(ValueError, match="base64"):
        key_of(encoded)


def test_each_sealing_is_different():
    assert encrypt("你好", KEY, APP_ID) != encrypt("你好", KEY, APP_ID)
    assert len(key_of(base64.b64encode(secrets.token_bytes(32)).decode()[:-1])) == 32
