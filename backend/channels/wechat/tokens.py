"""The access token: one for all processes, renewed early, by one of them at a time.

https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
"""

from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.channels.wechat.account import Account
from backend.channels.wechat.models import WechatToken
from backend.unit_of_work import UnitsOfWork

CHORE = "wechat.token"
SECONDS = 60.0
EARLY = timedelta(minutes=5)
"""The vendor hands out a new token in the last five minutes of the old one, and takes both."""
PATH = "/cgi-bin/stable_token"

log = structlog.get_logger(__name__)


class TokenError(Exception):
    """The vendor gave no token; its code, or what was wrong with the answer."""


class Tokens:
    """Hands out the token in force."""

    def __init__(self, account: Account, units: UnitsOfWork, client: httpx.AsyncClient) -> None:
        self._account = account
        self._units = units
        self._client = client

    async def current(self) -> str:
        """A token that is good for the next minutes.

        Raises:
            TokenError: there is none, and the vendor gives none.
        """
        now = self._units.clock.now()
        async with self._units.database.transaction() as session:
            row = await session.get(WechatToken, self._account.app_id)
        if row is not None and (token := _good(row, now)):
            return token
        return await self._renewed(None)

    async def instead_of(self, refused: str) -> str:
        """A token in place of one that the vendor refused; another process may have it already.

        Raises:
            TokenError: the vendor gives none.
        """
        return await self._renewed(refused)

    async def keep_fresh(self) -> None:
        """Renew the token before it is due; the chore of every worker."""
        await self.current()

    async def _renewed(self, refused: str | None) -> str:
        async with self._units.begin() as uow:
            row = await _locked(uow.session, self._account.app_id)
            good = _good(row, uow.now)
            if good is not None and good != refused:
                return good
            token, seconds = await self._fetched(force=False)
            if token == refused:
                # the vendor itself gave away a token that it does not take: it must make a new one
                token, seconds = await self._fetched(force=True)
            row.token, row.expires_at = token, uow.now + timedelta(seconds=seconds)
        log.info("wechat.token_renewed", seconds=seconds)
        return token

    async def _fetched(self, *, force: bool) -> tuple[str, int]:
        body = {
            "grant_type": "client_credential",
            "appid": self._account.app_id,
            "secret": self._account.secret,
            "force_refresh": force,
        }
        try:
            response = await self._client.post(PATH, json=body)
            document: Any = response.json()
            token, seconds = document.get("access_token"), document.get("expires_in")
        except (httpx.HTTPError, ValueError, AttributeError) as error:
            raise TokenError(type(error).__name__) from error
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            raise TokenError(f"{document.get('errcode')} {document.get('errmsg')}")
        return token, seconds


async def _locked(session: AsyncSession, app_id: str) -> WechatToken:
    await session.execute(insert(WechatToken).values(app_id=app_id).on_conflict_do_nothing())
    query = select(WechatToken).where(WechatToken.app_id == app_id).with_for_update()
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


def _good(row: WechatToken, now: datetime) -> str | None:
    """The row's token, if it is good for some more minutes."""
    if row.token is None or row.expires_at is None or row.expires_at - EARLY <= now:
        return None
    return row.token
