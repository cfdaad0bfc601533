"""Notices that users subscribe to: agreed to, refused later, sent, failed after all; each event once."""

from collections.abc import AsyncIterator

import httpx
import pytest

from backend.access.roles import Role
from cli.wechat_vendor.user import SimulatedUser
from tests.integration.backend.conftest import Running, logged_in
from tests.integration.backend.wechat.conftest import rows, wechat_settings, with_wechat
from tests.integration.backend.wechat.test_limits import ALL_SENT, HOURS_49, PROGRESS, tell
from tests.integration.backend.wechat.test_payloads import payload
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor

TEMPLATE = "VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc"
OTHER = "9nLIlbOQZC5Y89AZteFEux3WCXRRRG5Wfzkpssu4bLI"
OPENID = "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
"""Who did what the payloads tell."""
NUMBERS = ("1700827132819554304", "1700827132819554305")
STATES = (
    "select outbox.state, reason_code, last_error from outbox join message on message.id = message_id"
    " where sender = 'agent' order by seq"
)


@pytest.fixture
async def running(database_url: str, bot: ScriptedBot, vendor: Vendor) -> AsyncIterator[Running]:
    settings = wechat_settings(
        database_url, bot, vendor, wechat_notice="subscribe", wechat_template_id=TEMPLATE
    )
    async with with_wechat(settings) as it:
        yield it


@pytest.fixture
def user(vendor: Vendor, client: httpx.AsyncClient) -> SimulatedUser:
    return vendor.user(client, OPENID)


@pytest.fixture
async def noticed(user: SimulatedUser, running: Running, database_url: str, vendor: Vendor) -> list[str]:
    """Two notices went out, and the vendor took both; it told their numbers at once."""
    await user.say("你好")
    await user.agree(TEMPLATE)
    vendor.state.agreed(OPENID, TEMPLATE)
    rows(database_url, 'update wechat_consent set "left" = "left" + 1 returning 1')
    vendor.state.ahead = HOURS_49
    for _ in NUMBERS:
        await tell(running, database_url, PROGRESS, expect=ALL_SENT)
    return [str(sent.body["msgid"]) for sent in user.seen if sent.how == "subscribe"]


async def happened(vendor: Vendor, client: httpx.AsyncClient, xml: str) -> None:
    status, answer, _ = await vendor.delivering(client).attempt(xml)
    assert (status, answer) == (200, None)


def left(url: str) -> dict[str, int]:
    return dict(rows(url, 'select template_id, "left" from wechat_consent where openid = %s', OPENID))


async def test_a_try_that_comes_again_agrees_to_one_notice(
    vendor: Vendor, client: httpx.AsyncClient, database_url: str
):
    for _ in range(3):
        await happened(vendor, client, payload("subscription_popup"))
    assert left(database_url) == {TEMPLATE: 1, OTHER: 0}


async def test_who_refuses_in_the_settings_gets_no_notice_more(
    vendor: Vendor, client: httpx.AsyncClient, database_url: str
):
    await happened(vendor, client, payload("subscription_popup"))
    await happened(vendor, client, payload("subscription_changed"))
    assert left(database_url) == {TEMPLATE: 0, OTHER: 0}


async def test_what_stands_in_the_settings_grants_nothing(
    vendor: Vendor, client: httpx.AsyncClient, database_url: str
):
    await happened(vendor, client, payload("subscription_popup"))
    accepted = payload("subscription_changed").replace("reject", "accept")
    await happened(vendor, client, accepted)
    assert left(database_url) == {TEMPLATE: 1, OTHER: 0}


async def test_a_notice_that_failed_after_all_is_seen_at_the_desk_with_advice_to_call(
    noticed: list[str], vendor: Vendor, client: httpx.AsyncClient, running: Running, database_url: str
):
    await happened(vendor, client, payload("subscription_sent").replace(NUMBERS[0], noticed[0]))
    assert rows(database_url, STATES) == [("sent", None, None)] * 2
    await happened(vendor, client, payload("subscription_failed").replace(NUMBERS[1], noticed[1]))
    failed = ("failed", "wechat_notice_failed", "system error")
    assert rows(database_url, STATES) == [("sent", None, None), failed]
    agent = await logged_in(running, Role.AGENT)
    (shown,) = (await agent.get("/api/v1/deliveries")).json()["items"]
    await agent.aclose()
    assert "请打电话联系" in shown["advice"]


async def test_two_outcomes_of_one_second_are_two(
    noticed: list[str], vendor: Vendor, client: httpx.AsyncClient, database_url: str
):
    for number in noticed:
        await happened(vendor, client, payload("subscription_failed").replace(NUMBERS[1], number))
    assert [state for state, _, _ in rows(database_url, STATES)] == ["failed", "failed"]


async def test_where_the_vendor_told_no_number_the_outcomes_go_to_the_notices_in_turn(
    noticed: list[str], vendor: Vendor, client: httpx.AsyncClient, database_url: str
):
    rows(database_url, "update wechat_part set vendor_id = null returning 1")
    another_account_of_ours = payload("subscription_failed").replace(TEMPLATE, OTHER)
    await happened(vendor, client, another_account_of_ours)
    assert [state for state, _, _ in rows(database_url, STATES)] == ["sent", "sent"]
    await happened(vendor, client, payload("subscription_sent"))
    await happened(vendor, client, payload("subscription_failed").replace(NUMBERS[1], "77"))
    assert [state for state, _, _ in rows(database_url, STATES)] == ["sent", "failed"]
    await happened(vendor, client, payload("subscription_failed").replace(NUMBERS[1], "78"))
    assert [state for state, _, _ in rows(database_url, STATES)] == ["sent", "failed"]
