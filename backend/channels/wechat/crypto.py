"""Messages in the vendor's envelope: AES-256-CBC, 16 random bytes, length, text, AppID. Pure.

https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
"""

import base64
import secrets
import struct
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

AES_BLOCK = 16
PADDED_TO = 32
RANDOM_BYTES = 16
LENGTH = struct.Struct(">I")
KEY_CHARACTERS = 43
KEY_BYTES = 32


class UnreadableError(Exception):
    """The text was not encrypted with a key of this account, or it is meant for another AppID."""


def key_of(encoded: str) -> bytes:
    """The AES key of an EncodingAESKey: 43 characters of base64 without their last equals sign.

    Raises:
        ValueError: it is none.
    """
    try:
        key = base64.b64decode(f"{encoded}=", validate=True)
    except ValueError as error:
        raise ValueError("no base64") from error
    if len(encoded) != KEY_CHARACTERS or len(key) != KEY_BYTES:
        raise ValueError(f"not {KEY_CHARACTERS} characters of base64")
    return key


def encrypt(text: str, key: bytes, app_id: str) -> str:
    """The text as it goes into an envelope, in base64."""
    content = text.encode()
    plain = secrets.token_bytes(RANDOM_BYTES) + LENGTH.pack(len(content)) + content + app_id.encode()
    padding = PADDED_TO - len(plain) % PADDED_TO
    encryptor = _cipher(key).encryptor()
    sealed = encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(encrypted: str, keys: Sequence[bytes], app_id: str) -> tuple[str, bytes]:
    """The text of an envelope, and which of the keys opened it; the first that does, wins.

    Raises:
        UnreadableError: none does, or what it opens is for another AppID.
    """
    try:
        sealed = base64.b64decode(encrypted, validate=True)
    except ValueError as error:
        raise UnreadableError("no base64") from error
    if not sealed or len(sealed) % AES_BLOCK:
        raise UnreadableError("no whole blocks")
    reasons: list[str] = []
    for key in keys:
        try:
            return _opened(sealed, key, app_id), key
        except UnreadableError as error:
            reasons.append(str(error))
    raise UnreadableError("; ".join(reasons))


def _opened(sealed: bytes, key: bytes, app_id: str) -> str:
    decryptor = _cipher(key).decryptor()
    padded = decryptor.update(sealed) + decryptor.finalize()
    padding = padded[-1]
    if not 1 <= padding <= PADDED_TO or padded[-padding:] != bytes([padding]) * padding:
        raise UnreadableError("wrong padding")
    plain = padded[RANDOM_BYTES:-padding]
    if len(plain) < LENGTH.size:
        raise UnreadableError("too short")
    (length,) = LENGTH.unpack_from(plain)
    content, owner = plain[LENGTH.size : LENGTH.size + length], plain[LENGTH.size + length :]
    if owner != app_id.encode():
        raise UnreadableError("another AppID")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError("no UTF-8") from error


def _cipher(key: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(key), modes.CBC(key[:AES_BLOCK]))
