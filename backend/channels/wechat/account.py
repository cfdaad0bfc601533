"""The account that we speak for, out of the settings; without its secrets the channel is off."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from backend.channels.wechat.crypto import key_of
from backend.settings import Settings

CHANNEL = "wechat"


class WechatConfigurationError(Exception):
    """The settings of the channel are incomplete or wrong; the message names the variable."""


class Mode(StrEnum):
    """How messages come: as text, as text beside their envelope, or in their envelope alone."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


@dataclass(frozen=True, slots=True)
class Account:
    """An Official Account. `keys`: the AES key in force, then the one before it."""

    app_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    keys: tuple[bytes, ...] = field(repr=False)
    mode: Mode
    api_url: str
    window: timedelta
    passive: timedelta
    timeout_seconds: float
    notice: str
    template_id: str
    template_fields: dict[str, str]


def account_of(settings: Settings) -> Account | None:
    """The account, or nothing if none is set up.

    Raises:
        WechatConfigurationError: only a part of what it takes is there, or a key is none.
    """
    given = {
        "WECHAT_APP_ID": settings.wechat_app_id,
        "WECHAT_SECRET": settings.wechat_secret,
        "WECHAT_TOKEN": settings.wechat_token,
    }
    mode = Mode(settings.wechat_mode)
    if mode is not Mode.PLAIN:
        given["WECHAT_AES_KEY"] = settings.wechat_aes_key
    if not any(given.values()):
        return None
    missing = [f"YINGSHENG_{name}" for name, value in given.items() if not value]
    if settings.wechat_notice != "none" and not settings.wechat_template_id:
        missing.append("YINGSHENG_WECHAT_TEMPLATE_ID")
    if missing:
        raise WechatConfigurationError(f"missing: {', '.join(missing)}")
    return Account(
        app_id=settings.wechat_app_id,
        secret=settings.wechat_secret,
        token=settings.wechat_token,
        keys=_keys(settings),
        mode=mode,
        api_url=settings.wechat_api_url,
        window=timedelta(seconds=settings.wechat_window_seconds),
        passive=timedelta(seconds=settings.wechat_passive_seconds),
        timeout_seconds=settings.wechat_timeout_seconds,
        notice=settings.wechat_notice,
        template_id=settings.wechat_template_id,
        template_fields=settings.wechat_template_fields,
    )


def _keys(settings: Settings) -> tuple[bytes, ...]:
    keys = []
    for name in ("wechat_aes_key", "wechat_previous_aes_key"):
        encoded = getattr(settings, name)
        if not encoded:
            continue
        try:
            keys.append(key_of(encoded))
        except ValueError as error:
            raise WechatConfigurationError(f"YINGSHENG_{name.upper()}: {error}") from error
    return tuple(keys)
