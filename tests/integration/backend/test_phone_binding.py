"""A code from WeChat, keyed on a call, joins the caller with the WeChat user."""

from backend.conversations import hub, identity
from backend.settings import Settings
from tests.integration.backend.conftest import Running
from tests.integration.backend.test_phone_calls import rows
from tests.integration.backend.test_phone_people import Caller, day  # noqa: F401  # a fixture

PHONE = "13900112266"


async def code_for(running: Running) -> str:
    async with running.parts.house.units.begin() as uow:
        thread = await hub.start(uow, "wechat", address="openid-of-a-friend")
        return await identity.issue_code(uow, thread.id)


def bound(settings: Settings) -> list[tuple]:
    return rows(settings, "select channel, address, phone from channel_identity")


async def test_the_keyed_code_binds_and_the_caller_is_told(day: Running, settings: Settings):  # noqa: F811
    code = await code_for(day)
    wrong = "000000" if code != "000000" else "111111"
    caller = Caller(day.client())
    await caller.begin()
    assert "绑定微信" in await caller.key("9")
    assert "六位绑定码" in await caller.say("我要绑定微信")
    assert "不对" in await caller.key(wrong)
    assert "不对" in await caller.key("12"), "too short is no code, and no unknown key"
    assert bound(settings) == []
    assert "绑定好了" in await caller.key(code)
    assert bound(settings) == [("wechat", "openid-of-a-friend", PHONE)]
    assert "听到：洗衣机漏水" in await caller.say("洗衣机漏水")


async def test_a_caller_without_a_number_cannot_bind(day: Running, settings: Settings):  # noqa: F811
    code = await code_for(day)
    caller = Caller(day.client())
    await caller.begin("anonymous")
    await caller.say("绑定微信")
    assert "没有显示" in await caller.key(code)
    assert bound(settings) == []


async def test_who_says_something_else_is_understood_and_keys_mean_what_they_meant(
    day: Running,  # noqa: F811
    settings: Settings,
):
    code = await code_for(day)
    caller = Caller(day.client())
    await caller.begin()
    await caller.say("绑定微信")
    assert "听到：算了我要报修" in await caller.say("算了我要报修")
    await caller.key(code)
    assert bound(settings) == []
