"""The menu below the chat of an Official Account (policy/wechat_menu.yml)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.policy.reading import PolicyError, content

MAX_NAME_BYTES, MAX_SUB_NAME_BYTES = 16, 60
"""https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html"""


class MenuItem(BaseModel):
    """An entry: it `says` something in the customer's name, `does` something, `opens` a page, or has `items`.

    `key` tells entries apart and stays when their words change.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,63}$")] | None = None
    says: str | None = Field(default=None, min_length=1, max_length=200)
    does: Literal["bind"] | None = None
    opens: str | None = Field(default=None, pattern=r"^https://", max_length=1024)
    items: tuple["MenuItem", ...] = Field(default=(), max_length=5)

    @model_validator(mode="after")
    def _does_one_thing(self) -> "MenuItem":
        deeds = [self.says, self.does, self.opens, self.items or None]
        if sum(deed is not None for deed in deeds) != 1:
            raise ValueError("an entry says, does or opens something, or has items: one of these")
        if (self.key is not None) != (self.says is not None or self.does is not None):
            raise ValueError("what says or does something has a key, and nothing else has")
        return self

    def as_vendor_has_it(self) -> dict[str, Any]:
        """The entry as the vendor's API takes it."""
        if self.items:
            return {"name": self.name, "sub_button": [item.as_vendor_has_it() for item in self.items]}
        if self.opens:
            return {"type": "view", "name": self.name, "url": self.opens}
        return {"type": "click", "name": self.name, "key": self.key}


class WechatMenu(BaseModel):
    """The whole menu."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    menu: tuple[MenuItem, ...] = Field(min_length=1, max_length=3)

    def entry(self, key: str) -> MenuItem | None:
        """The entry of that key."""
        return next((item for item in self.entries() if item.key == key), None)

    def entries(self) -> Iterator[MenuItem]:
        """All entries, in order."""
        for item in self.menu:
            yield item
            yield from item.items

    def as_vendor_has_it(self) -> dict[str, Any]:
        """The menu as the vendor's API takes it."""
        return {"button": [item.as_vendor_has_it() for item in self.menu]}


def read_wechat_menu(path: Path) -> WechatMenu:
    """The menu.

    Raises:
        PolicyError: the file is wrong, a name is too long for the vendor, or a key is there twice.
    """
    menu = content(path, WechatMenu)
    for item, limit in _with_limits(menu):
        if len(item.name.encode()) > limit:
            raise PolicyError(path.name, item.name, "name", f"more than {limit} bytes")
        if item.items and any(below.items for below in item.items):
            raise PolicyError(path.name, item.name, "items", "there is no third level")
    keys = [item.key for item in menu.entries() if item.key]
    for key in keys:
        if keys.count(key) > 1:
            raise PolicyError(path.name, key, "key", "is there twice")
    return menu


def _with_limits(menu: WechatMenu) -> Iterator[tuple[MenuItem, int]]:
    for item in menu.menu:
        yield item, MAX_NAME_BYTES
        for below in item.items:
            yield below, MAX_SUB_NAME_BYTES
