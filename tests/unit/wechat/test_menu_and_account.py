"""The menu of policy/ and the account of the settings: mistakes are named at start."""

from pathlib import Path

import pytest

from backend.channels.wechat.account import WechatConfigurationError, account_of
from backend.channels.wechat.notices import fitting
from backend.policy import PolicyError
from backend.policy.wechat_menu import read_wechat_menu
from backend.settings import PROJECT_ROOT, Settings

FILE = "wechat_menu.yml"
ALL = {
    "wechat_app_id": "wx1",
    "wechat_secret": "s",
    "wechat_token": "t",
    "wechat_aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}


def settings(**given: str) -> Settings:
    return Settings(database_url="postgresql://x", service_token="service-token-for-tests", **given)


def test_without_its_secrets_the_channel_is_off():
    assert account_of(settings()) is None


@pytest.mark.parametrize("missing", sorted(ALL))
def test_a_part_of_the_secrets_is_a_mistake_that_names_the_rest(missing: str):
    given = {name: value for name, value in ALL.items() if name != missing}
    with pytest.raises(WechatConfigurationError, match=f"YINGSHENG_{missing.upper()}$"):
        account_of(settings(**given))


@pytest.mark.parametrize("name", ["wechat_aes_key", "wechat_previous_aes_key"])
def test_a_key_that_is_none_is_named(name: str):
    with pytest.raises(WechatConfigurationError, match=f"YINGSHENG_{name.upper()}: "):
        account_of(settings(**ALL | {name: "short"}))


def test_plain_mode_needs_no_key_and_a_notice_needs_its_template():
    without = {name: value for name, value in ALL.items() if name != "wechat_aes_key"}
    assert account_of(settings(**without, wechat_mode="plain")).keys == ()
    with pytest.raises(WechatConfigurationError, match="YINGSHENG_WECHAT_TEMPLATE_ID"):
        account_of(settings(**ALL, wechat_notice="template"))


def test_secrets_are_in_no_representation():
    text = repr(account_of(settings(**ALL))) + repr(settings(**ALL))
    assert "'t'" not in text
    assert ALL["wechat_aes_key"] not in text


def test_the_shipped_menu_is_as_the_vendor_wants_it():
    menu = read_wechat_menu(PROJECT_ROOT / "policy" / FILE)
    buttons = menu.as_vendor_has_it()["button"]
    assert 1 <= len(buttons) <= 3
    for button in buttons:
        below = button.get("sub_button", [])
        assert (button.get("type") == "click") != bool(below)
        assert all(one["type"] == "click" and one["key"] for one in below)
    assert menu.entry("person").says == "转人工"
    assert menu.entry("bind").does == "bind"
    assert menu.entry("nothing") is None


@pytest.mark.parametrize(
    "text",
    [
        "menu: []",
        "menu: [{name: a}]",
        "menu: [{name: a, says: b}]",
        "menu: [{name: a, key: k}]",
        "menu: [{name: a, key: k, says: b, does: bind}]",
        "menu: [{name: a, key: k, does: dance}]",
        "menu: [{name: a, opens: 'http://example.org'}]",
        "menu: [{name: a, key: k, opens: 'https://example.org'}]",
        "menu: [{name: 六个字太长了, key: k, says: b}]",
        "menu: [{name: a, key: k, says: b}, {name: b, key: k, says: c}]",
        "menu: [{name: a, items: [{name: b, items: [{name: c, key: k, says: d}]}]}]",
        "menu: [{name: a, items: []}]",
        "menu: [" + ", ".join(f"{{name: a, key: k{n}, says: b}}" for n in range(4)) + "]",
        "colour: red",
        "",
    ],
)
def test_a_mistake_in_the_menu_names_the_file(tmp_path: Path, text: str):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        read_wechat_menu(tmp_path / FILE)
    assert caught.value.file == FILE


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("thing1", "短", "短"),
        ("thing12", "啊" * 30, "啊" * 19 + "…"),
        ("phrase3", "正在处理中呢", "正在处理…"),
        ("character_string2", "26112300016", "26112300016"),
        ("time4", "2026-11-23 08:00", "2026-11-23 08:00"),
        ("thing1", "一\n二  三", "一 二 三"),
    ],
)
def test_a_field_of_a_notice_is_as_short_as_its_kind_demands(name: str, value: str, fits: str):
    assert fitting(name, value) == fits
