"""The account as both sides know it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SimulatedAccount:
    """An Official Account of nobody's. `name` is what messages are addressed to."""

    app_id: str = "wx0123456789abcdef"
    secret: str = field(default="0123456789abcdef0123456789abcdef", repr=False)
    token: str = field(default="yingsheng-simulated", repr=False)
    aes_key: str = field(default="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", repr=False)
    name: str = "gh_0123456789ab"
    mode: str = "safe"

    def environment(self, api_url: str) -> dict[str, str]:
        """The backend's settings for this account."""
        return {
            "YINGSHENG_WECHAT_APP_ID": self.app_id,
            "YINGSHENG_WECHAT_SECRET": self.secret,
            "YINGSHENG_WECHAT_TOKEN": self.token,
            "YINGSHENG_WECHAT_AES_KEY": self.aes_key,
            "YINGSHENG_WECHAT_MODE": self.mode,
            "YINGSHENG_WECHAT_API_URL": api_url,
        }
