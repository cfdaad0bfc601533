"""A signature belongs to one delivery; keys and modes change without a message lost; without secrets it is off."""

import dataclasses

import httpx
import pytest
from structlog.testing import capture_logs

from backend.settings import Settings
from cli.wechat_vendor.account import SimulatedAccount
from tests.integration.backend.conftest import SERVICE_TOKEN, started
from tests.integration.backend.wechat.conftest import rows, wechat_settings, with_wechat
from tests.integration.backend.wechat.test_payloads import payload
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import running_vendor

PATH = "/api/v1/channels/wechat"
FORGED = payload("text").replace("洗衣机漏水", "转账").replace("24234567890123456", "99")


async def test_a_signature_that_was_seen_cannot_carry_another_message(database_url: str, bot: ScriptedBot):
    async with running_vendor(SimulatedAccount(mode="plain")) as vendor:
        settings = wechat_settings(database_url, bot, vendor)
        async with with_wechat(settings) as running, running.client() as http:
            params, body = vendor.delivering(http).packed(payload("text"))
            first = await http.post(PATH, params=params, content=body)
            again = await http.post(PATH, params=params, content=body)
            with capture_logs() as logs:
                forged = await http.post(PATH, params=params, content=FORGED.encode())
            click = await http.post(PATH, params=params, content=payload("click").encode())
    assert (first.status_code, again.status_code) == (200, 200)
    assert "听到：洗衣机漏水" in first.text
    assert "听到：洗衣机漏水" in again.text
    assert (forged.status_code, click.status_code) == (403, 403)
    assert "replay" in [log.get("reason") for log in logs]
    assert [text for _, text in bot.heard] == ["洗衣机漏水"]


async def test_signatures_whose_time_has_passed_are_forgotten(user, running, database_url: str):
    await user.say("你好")
    await running.parts.wechat.forgetting.run()
    assert rows(database_url, "select count(*) from wechat_nonce") == [(1,)]
    rows(database_url, "update wechat_nonce set seen_at = seen_at - interval '12 minutes' returning 1")
    await running.parts.wechat.forgetting.run()
    assert rows(database_url, "select count(*) from wechat_nonce") == [(0,)]


async def test_while_the_key_changes_both_are_taken_and_each_is_answered_with_its_own(
    database_url: str, bot: ScriptedBot
):
    old = SimulatedAccount()
    new = dataclasses.replace(old, aes_key="GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba")
    async with running_vendor(old) as vendor:
        settings = wechat_settings(
            database_url, bot, vendor, wechat_aes_key=new.aes_key, wechat_previous_aes_key=old.aes_key
        )
        async with with_wechat(settings) as running, running.client() as http:
            before = await vendor.user(http, "o1").say("旧")
            vendor.account = new
            after = await vendor.user(http, "o1").say("新")
    assert before.shown.endswith("听到：旧")
    assert after.shown == "听到：新"


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_without_its_secrets_the_channel_is_off(database_url: str, bot: ScriptedBot, method: str):
    settings = Settings(
        database_url=database_url, bot_url=bot.url, service_token=SERVICE_TOKEN, worker="outside"
    )
    async with started(settings) as running, running.client() as http:
        assert running.parts.wechat is None
        response = await http.request(method, PATH, params={"signature": "x", "timestamp": "1", "nonce": "1"})
    assert response.status_code == 403


async def test_the_address_is_not_verified_with_a_wrong_token(user, client: httpx.AsyncClient, vendor):
    wrong = dataclasses.replace(vendor.account, token="other")
    vendor.account = wrong
    assert not await vendor.delivering(client).check_address()
