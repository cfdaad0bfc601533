"""The menu below the chat, as the vendor keeps it.

https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
"""

from backend.channels.wechat.api import VendorApi
from backend.policy.wechat_menu import WechatMenu

PATH = "/cgi-bin/menu/create"


async def push(api: VendorApi, menu: WechatMenu) -> None:
    """Put the menu in the place of the one that users see; their phones take up to a day to show it.

    Raises:
        VendorError: it was refused.
        TokenError: there is no token to call with.
    """
    await api.post(PATH, menu.as_vendor_has_it())
