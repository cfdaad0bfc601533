"""What the command line asks of the WeChat channel."""

import asyncio

from backend.bootstrap import build
from backend.channels.wechat.menus import push
from backend.policy.wechat_menu import WechatMenu, read_wechat_menu
from backend.settings import PROJECT_ROOT, Settings

FILE = PROJECT_ROOT / "policy" / "wechat_menu.yml"


class WechatOffError(Exception):
    """No account is set up."""


def shipped_menu() -> WechatMenu:
    """The menu of policy/.

    Raises:
        backend.policy.PolicyError: it is wrong.
    """
    return read_wechat_menu(FILE)


def push_menu(url: str, service_token: str) -> WechatMenu:
    """Hand the menu to the vendor; returns it.

    Raises:
        WechatOffError: there is no account.
        backend.channels.wechat.account.WechatConfigurationError: its settings are incomplete.
        backend.channels.wechat.api.VendorError: it was refused.
        backend.channels.wechat.tokens.TokenError: there is no token.
    """

    async def hand_over() -> WechatMenu:
        parts = build(Settings(database_url=url, service_token=service_token))
        try:
            if parts.wechat is None:
                raise WechatOffError
            await push(parts.wechat.api, parts.house.policy.wechat_menu)
            await parts.wechat.api.close()
        finally:
            await parts.house.database.close()
        return parts.house.policy.wechat_menu

    return asyncio.run(hand_over())
