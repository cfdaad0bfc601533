"""Who may call the webhook: the vendor, by a signature that is fresh and not used for anything else."""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from fastapi import Request
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from backend.access.guard import granting
from backend.access.roles import VENDOR
from backend.channels.wechat.account import Account
from backend.channels.wechat.models import WechatNonce
from backend.channels.wechat.signature import is_fresh, matches
from backend.errors import ForbiddenError
from backend.unit_of_work import UnitOfWork, UnitsOfWork

MAX_NONCE = 128
FORGETTING = "wechat.nonces"
FORGETTING_SECONDS = 600.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Signed:
    """A request that the vendor signed."""

    account: Account
    signature: str
    timestamp: str
    nonce: str


@granting(VENDOR)
async def signed(request: Request) -> Signed:
    """The request's signature, verified.

    Raises:
        ForbiddenError: the channel is off, the signature is not the vendor's, or its time has passed.
    """
    parts = request.app.state.wechat
    if parts is None:
        raise ForbiddenError("wechat is off")
    query, account = request.query_params, parts.account
    given, timestamp, nonce = (query.get(name, "") for name in ("signature", "timestamp", "nonce"))
    if not nonce or len(nonce) > MAX_NONCE or not matches(given, account.token, timestamp, nonce):
        raise _refused(request, "signature")
    if not is_fresh(timestamp, request.app.state.house.clock.now(), account.window):
        raise _refused(request, "timestamp")
    return Signed(account, given, timestamp, nonce)


async def require_first_use(uow: UnitOfWork, signed_by: Signed, external_id: str) -> None:
    """Refuse a signature that came with another delivery before; the vendor's further tries are the same one.

    In plain mode the signature does not cover the content: whoever saw one could send anything with it.

    Raises:
        ForbiddenError: it did.
    """
    statement = (
        insert(WechatNonce)
        .values(signature=signed_by.signature, external_id=external_id, seen_at=uow.now)
        .on_conflict_do_nothing()
        .returning(WechatNonce.signature)
    )
    if await uow.session.scalar(statement) is not None:
        return
    query = select(WechatNonce.external_id).where(WechatNonce.signature == signed_by.signature)
    if await uow.session.scalar(query) != external_id:
        log.warning("wechat.refused", reason="replay", nonce=signed_by.nonce)
        raise ForbiddenError("replay")


class Forgetting:
    """Drops signatures whose time has passed anyway."""

    def __init__(self, units: UnitsOfWork, account: Account) -> None:
        self._units = units
        self._keep = 2 * account.window + timedelta(minutes=1)

    async def run(self) -> None:
        """One round."""
        async with self._units.begin() as uow:
            await uow.session.execute(delete(WechatNonce).where(WechatNonce.seen_at < uow.now - self._keep))


def _refused(request: Request, reason: str) -> ForbiddenError:
    address = request.client.host if request.client else None
    log.warning("wechat.refused", reason=reason, address=address)
    return ForbiddenError(reason)
