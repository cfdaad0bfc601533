"""Secrets that must be read again are stored sealed: encrypted, and bound to whom they belong to.

AES-256-GCM (NIST SP 800-38D); the key is derived by HKDF-SHA256 (RFC 5869) from a secret of the settings.
"""

import base64
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.settings import Settings

MARK = "sealed:1:"
"""No secret that is stored in clear begins so: those are Base32."""

PURPOSE = b"yingsheng second factor"
KEY_BYTES, NONCE_BYTES = 32, 12


class SealBrokenError(Exception):
    """What is stored was sealed with a key that is not known, for somebody else, or was changed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """Seals with the first key, opens with any."""

    keys: Sequence[bytes] = field(repr=False)

    def close(self, secret: str, owner: str) -> str:
        """The secret as it is stored; opens for this owner only."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = nonce + AESGCM(self.keys[0]).encrypt(nonce, secret.encode(), owner.encode())
        return MARK + base64.urlsafe_b64encode(sealed).decode()

    def open(self, stored: str, owner: str) -> str:
        """The secret; as it is, if it was stored in clear.

        Raises:
            SealBrokenError: no key opens it.
        """
        if not is_sealed(stored):
            return stored
        try:
            sealed = base64.urlsafe_b64decode(stored.removeprefix(MARK))
        except ValueError as error:
            raise SealBrokenError(owner) from error
        for key in self.keys:
            try:
                opened = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], owner.encode())
            except (InvalidTag, ValueError):
                continue
            return opened.decode()
        raise SealBrokenError(owner)


def is_sealed(stored: str) -> bool:
    """Whether it is not in clear."""
    return stored.startswith(MARK)


def seal_of(settings: Settings) -> Seal:
    """This installation's. Without a key of its own the service token serves, and goes on to open."""
    secrets = (settings.secrets_key, settings.service_token)
    return Seal([_derived(secret) for secret in secrets if secret])


def _derived(secret: str) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=PURPOSE).derive(secret.encode())
