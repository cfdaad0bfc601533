"""What the vendor allows: five messages within 48 hours, a token for two hours; and when it is away."""

import asyncio

import pytest

from backend.access.roles import Role
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Sender
from cli.wechat_vendor.server import Fault
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.conftest import Running, logged_in
from tests.integration.backend.wechat.conftest import (
    hurry,
    rows,
    until,
    wechat_settings,
    with_wechat,
    working,
)
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor

SEND, TOKEN = "/cgi-bin/message/custom/send", "/cgi-bin/stable_token"
HOURS_49 = 49 * 3600.0
TEMPLATE = "VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc"
PROGRESS = "您的工单26112300016有进展：原因已经查清，正在商量解决办法。"


async def tell(running: Running, url: str, *texts: str, expect: str) -> None:
    """Something is said in the thread later on, by whomever; until the outbox is through with it."""

    ((conversation_id,),) = rows(url, "select id from conversation")
    rows(url, "update message set created_at = created_at - interval '1 minute' returning 1")
    for text in texts:
        async with running.parts.house.units.begin() as uow:
            await hub.store_utterances(uow, conversation_id, [Utterance(text, Sender.AGENT)])
    async with working(running):

        async def through() -> bool:
            await asyncio.to_thread(hurry, url)
            return rows(url, expect)[0][0]

        await until(through)


ALL_SENT = "select count(*) = 0 from outbox where state <> 'sent'"


def failed(count: int) -> str:
    return f"select count(*) = {count} from outbox where state = 'failed'"  # noqa: S608  # a number


async def test_what_an_agent_writes_and_how_a_ticket_goes_reaches_the_user(
    user: SimulatedUser, running: Running, database_url: str
):
    await user.say("你好")
    await tell(running, database_url, PROGRESS, expect=ALL_SENT)
    assert [(sent.how, sent.text) for sent in user.seen][1:] == [("service", PROGRESS)]


async def test_after_48_hours_the_desk_sees_what_did_not_arrive_and_is_told_to_call(
    user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):
    await user.say("你好")
    vendor.state.ahead = HOURS_49
    await tell(running, database_url, PROGRESS, expect=failed(1))
    agent = await logged_in(running, Role.AGENT)
    (shown,) = (await agent.get("/api/v1/deliveries")).json()["items"]
    await agent.aclose()
    assert (shown["reason_code"], shown["attempts"]) == ("wechat_window_shut", 1)
    assert shown["last_error"].startswith("45015 ")
    assert "请打电话联系" in shown["advice"]
    assert len(user.seen) == 1


async def test_the_sixth_message_is_refused_and_a_new_message_of_the_user_opens_the_window_again(
    user: SimulatedUser, running: Running, database_url: str
):
    await user.say("你好")
    long = ["啊" * 600 + str(number) for number in range(6)]
    await tell(running, database_url, *long, expect=failed(1))
    assert [sent.text for sent in user.seen][1:] == long[:5]
    assert rows(database_url, "select reason_code from outbox where state = 'failed'") == [
        ("wechat_quota_spent",)
    ]
    await user.say("还在吗")
    await tell(
        running, database_url, "在的", expect="select count(*) = 0 from outbox where state = 'pending'"
    )
    assert user.seen[-1].text == "在的"


async def test_who_left_cannot_be_reached_and_who_comes_back_can(
    user: SimulatedUser, running: Running, database_url: str
):
    await user.say("你好")
    left = await user.leave()
    assert (left.answers, left.statuses) == ((), (200,))
    await tell(running, database_url, PROGRESS, expect=failed(1))
    assert rows(database_url, "select reason_code from outbox where state = 'failed'") == [
        ("wechat_unsubscribed",)
    ]
    assert "请问有什么可以帮您" in (await user.follow()).shown
    await tell(
        running, database_url, "欢迎回来", expect="select count(*) = 0 from outbox where state = 'pending'"
    )
    assert user.seen[-1].text == "欢迎回来"


async def test_with_a_template_the_gist_arrives_after_48_hours(
    database_url: str, bot: ScriptedBot, vendor: Vendor
):
    settings = wechat_settings(
        database_url, bot, vendor, wechat_notice="template", wechat_template_id=TEMPLATE
    )
    async with with_wechat(settings) as running, running.client() as http:
        user = vendor.user(http)
        await user.say("你好")
        vendor.state.ahead = HOURS_49
        await tell(running, database_url, PROGRESS, expect=ALL_SENT)
        notice = user.seen[-1]
        assert notice.how == "template"
        assert notice.body["data"]["thing1"]["value"] == PROGRESS[:19] + "…"
        number = str(notice.body["msgid"])
        await user.event("TEMPLATESENDJOBFINISH", MsgID="1", Status="failed:user block")
        assert rows(database_url, ALL_SENT) == [(True,)]
        await user.event("TEMPLATESENDJOBFINISH", MsgID=number, Status="failed:user block")
    found = rows(database_url, "select reason_code, last_error from outbox where state = 'failed'")
    assert found == [("wechat_notice_failed", "failed:user block")]


async def test_a_subscription_reaches_who_agreed_as_often_as_they_agreed(
    database_url: str, bot: ScriptedBot, vendor: Vendor
):
    settings = wechat_settings(
        database_url, bot, vendor, wechat_notice="subscribe", wechat_template_id=TEMPLATE
    )
    async with with_wechat(settings) as running, running.client() as http:
        user = vendor.user(http)
        await user.say("你好")
        await user.agree(TEMPLATE)
        vendor.state.ahead = HOURS_49
        await tell(running, database_url, PROGRESS, expect=ALL_SENT)
        assert user.seen[-1].how == "subscribe"
        await tell(running, database_url, PROGRESS, expect=failed(1))
        await user.agree(TEMPLATE, accepts=False)
    assert rows(database_url, 'select "left" from wechat_consent') == [(0,)]
    assert rows(database_url, "select reason_code from outbox where state = 'failed'") == [
        ("wechat_window_shut",)
    ]


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(code=-1)],
        [Fault(code=45009), Fault(status=502)],
        [Fault(status=500), Fault(status=200, code=-1)],
    ],
    ids=["busy", "too often, gateway", "down, busy"],
)
async def test_a_vendor_in_trouble_is_asked_again_and_the_message_said_once(
    faults: list[Fault], user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):
    await user.say("你好")
    vendor.server.fail(SEND, *faults)
    await tell(running, database_url, PROGRESS, expect=ALL_SENT)
    assert [sent.text for sent in user.seen].count(PROGRESS) == 1
    assert rows(database_url, "select max(attempts) from outbox") == [(len(faults) + 1,)]


async def test_a_vendor_that_stays_away_is_seen_at_the_desk(
    user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):
    await user.say("你好")
    vendor.server.fail(SEND, *[Fault(status=503)] * 20)
    await tell(running, database_url, PROGRESS, expect=failed(1))
    assert rows(database_url, "select attempts, reason_code from outbox where state = 'failed'") == [
        (8, "wechat_busy")
    ]


async def test_a_slow_vendor_does_not_keep_the_customer_waiting(
    user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):
    vendor.server.fail(TOKEN, *[Fault(seconds=3)] * 3)
    vendor.server.fail(SEND, *[Fault(seconds=3)] * 3)
    async with working(running):
        assert (await user.say("你好")).seconds < 4


@pytest.mark.parametrize("change", ["revoked", "ended"])
async def test_a_token_that_is_no_longer_taken_is_replaced_at_once(
    change: str, user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):
    await user.say("你好")
    await tell(running, database_url, "一", expect=ALL_SENT)
    if change == "revoked":
        vendor.state.revoke_tokens()
    else:
        vendor.state.ahead = 7201.0
    await tell(running, database_url, "二", expect=ALL_SENT)
    assert [sent.text for sent in user.seen][1:] == ["一", "二"]
    assert rows(database_url, "select max(attempts) from outbox") == [(1,)]


async def test_the_token_is_fetched_once_for_all_and_renewed_early(
    running: Running, vendor: Vendor, database_url: str
):
    tokens = running.parts.wechat.tokens
    first = await asyncio.gather(*(tokens.current() for _ in range(10)))
    assert (len(set(first)), vendor.state.token_calls) == (1, 1)
    rows(database_url, "update wechat_token set expires_at = now() + interval '4 minutes' returning 1")
    vendor.state.ahead = 7200 - 240.0
    second = await asyncio.gather(*(tokens.current() for _ in range(10)))
    assert (len(set(second)), vendor.state.token_calls) == (1, 2)
    assert set(first) != set(second)
    third = await asyncio.gather(*(tokens.instead_of(second[0]) for _ in range(10)))
    assert len(set(third)) == 1
    assert third[0] != second[0]


async def test_a_wrong_secret_is_told_at_the_desk(database_url: str, bot: ScriptedBot, vendor: Vendor):
    settings = wechat_settings(database_url, bot, vendor, wechat_secret="wrong")
    async with with_wechat(settings) as running, running.client() as http:
        await vendor.user(http).say("你好")
        await tell(running, database_url, PROGRESS, expect=failed(1))
    ((error, code),) = rows(database_url, "select last_error, reason_code from outbox where state = 'failed'")
    assert (error.split()[0], code) == ("40125", "wechat_no_token")


async def test_a_message_that_cannot_be_said_twice_is_not_after_a_lost_answer(
    user: SimulatedUser, running: Running, database_url: str, vendor: Vendor
):
    """The vendor answers too late: the message is repeated once, since nobody knows whether it went out."""
    await user.say("你好")
    vendor.server.fail(SEND, Fault(seconds=2))
    await tell(running, database_url, PROGRESS, expect=ALL_SENT)
    assert 1 <= [sent.text for sent in user.seen].count(PROGRESS) <= 2
