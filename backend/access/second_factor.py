"""A second factor: codes that change with time (TOTP, RFC 6238), and recovery codes for a lost device."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
import segno
import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import RecoveryCode, User
from backend.access.seal import MARK, Seal, SealBrokenError
from backend.access.sessions import digest

ISSUER = "Yingsheng"
CLOCK_SKEW = (-1, 0, 1)
"""Steps of 30 s before and after now: clocks of phones are not exact."""

RECOVERY_CODES = 8
RECOVERY_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
RECOVERY_LENGTH = 10

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app is given: to scan, or to type in."""

    secret: str
    uri: str
    qr_svg: str


def enrol(user: User, seal: Seal) -> Enrolment:
    """Begin: a new secret, not asked for until `confirm`."""
    secret = pyotp.random_base32()
    user.totp_secret, user.totp_since, user.totp_step = seal.close(secret, str(user.id)), None, None
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)
    picture = segno.make(uri, error="m").svg_inline(scale=4, border=2, dark="#000", light="#fff")
    return Enrolment(secret, uri, picture)


async def confirm(
    session: AsyncSession, user: User, code: str, now: datetime, seal: Seal
) -> list[str] | None:
    """Ask for it from now on, if the code shows that the app works; returns the recovery codes."""
    if user.totp_since is not None or not _taken(user, code, now, seal):
        return None
    user.totp_since = now
    return await new_recovery_codes(session, user.id)


async def new_recovery_codes(session: AsyncSession, user_id: UUID) -> list[str]:
    """Fresh codes; older ones are good no longer. Only their digests are stored."""
    await session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = [
        "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    session.add_all([RecoveryCode(digest=_recovery_digest(user_id, code), user_id=user_id) for code in codes])
    return codes


async def passes(session: AsyncSession, user: User, code: str, now: datetime, seal: Seal) -> bool:
    """Whether the code is the app's, or a recovery code; each is good once."""
    return _taken(user, code, now, seal) or await _recovered(session, user, code, now)


async def switch_off(session: AsyncSession, user: User) -> None:
    """Ask for it no longer."""
    user.totp_secret = user.totp_since = user.totp_step = None
    await session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


async def seal_what_is_clear(session: AsyncSession, seal: Seal) -> int:
    """Seal secrets that an earlier version stored in clear; returns how many there were."""
    clear = select(User).where(User.totp_secret.is_not(None), ~User.totp_secret.startswith(MARK))
    users = list(await session.scalars(clear.with_for_update()))
    for user in users:
        user.totp_secret = seal.close(str(user.totp_secret), str(user.id))
    return len(users)


def _taken(user: User, code: str, now: datetime, seal: Seal) -> bool:
    secret = _secret(user, seal)
    if secret is None:
        return False
    totp, typed = pyotp.TOTP(secret), code.replace(" ", "").encode()
    current = totp.timecode(now)
    for step in (current + skew for skew in CLOCK_SKEW):
        fresh = user.totp_step is None or step > user.totp_step
        if fresh and secrets.compare_digest(totp.generate_otp(step).encode(), typed):
            user.totp_step = step
            return True
    return False


def _secret(user: User, seal: Seal) -> str | None:
    """The app's secret; none too if its key is lost: recovery codes are good still."""
    if user.totp_secret is None:
        return None
    try:
        return seal.open(user.totp_secret, str(user.id))
    except SealBrokenError:
        log.exception("second_factor.unreadable", account=user.username)
        return None


async def _recovered(session: AsyncSession, user: User, code: str, now: datetime) -> bool:
    typed = _recovery_digest(user.id, code.strip().upper())
    unused = (RecoveryCode.user_id == user.id, RecoveryCode.digest == typed, RecoveryCode.used_at.is_(None))
    used = update(RecoveryCode).where(*unused).values(used_at=now).returning(RecoveryCode.digest)
    return await session.scalar(used) is not None


def _recovery_digest(user_id: UUID, code: str) -> str:
    return digest(f"{user_id}:{code}")
