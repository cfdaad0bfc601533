"""The page /phone in a real browser, against a hotline whose bot says what the test needs."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, Route, WebSocket, async_playwright, expect

from backend.clock import FixedClock
from backend.settings import Settings
from tests.e2e.conftest import QUIET, chromium
from tests.integration.backend.test_phone_calls import DEMO_TOKEN, rows
from tests.integration.backend.test_phone_people import DAY
from tests.support.scripted_bot import ScriptedBot
from tests.support.served_backend import Served, served

pytestmark = pytest.mark.alone


@pytest.fixture
async def phone(settings: Settings) -> AsyncIterator[Served]:
    async with served(
        settings.model_copy(update={"voice_demo_token": DEMO_TOKEN}), clock=FixedClock(DAY)
    ) as it:
        yield it


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        page = await browser.new_page(locale="zh-CN")
        page.set_default_timeout(15_000)
        yield page
        await browser.close()


async def dial(page: Page, hotline: Served) -> None:
    await page.goto(f"{hotline.url}/phone")
    await page.get_by_role("button", name="拨打").click()


async def say(page: Page, words: str) -> None:
    await page.get_by_role("textbox", name="说的话").fill(words)
    await page.get_by_role("button", name="说", exact=True).click()


async def key(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def test_the_key_that_the_waiting_music_announces(page: Page, phone: Served, settings: Settings):
    await dial(page, phone)
    await say(page, "洗衣机漏水")
    heard = page.get_by_role("list", name="通话内容")
    await expect(heard).to_contain_text("听到：洗衣机漏水")
    await key(page, "0")
    await expect(heard).to_contain_text("不想等的话请按1")
    await key(page, "1")
    await expect(heard).to_contain_text("通话结束", timeout=5_000)
    assert rows(settings, "select clock_id from clock where clock_id = 'human_callback'")


@pytest.fixture
async def relaying(settings: Settings) -> AsyncIterator[Served]:
    changed = {"voice_demo_token": DEMO_TOKEN, "voice_mode": "relay", "public_url": "https://hotline.example"}
    async with served(settings.model_copy(update=changed), clock=FixedClock(DAY)) as it:
        yield it


async def test_a_call_over_the_relay(page: Page, relaying: Served, settings: Settings, bot: ScriptedBot):
    bot.answer = lambda text: [{"text": f"听到：{text}", "buttons": [{"title": "确认"}, {"title": "修改"}]}]
    frames: list[dict] = []

    def opened(socket: WebSocket) -> None:
        socket.on("framesent", lambda data: frames.append(json.loads(data)))

    page.on("websocket", opened)
    await dial(page, relaying)
    heard = page.get_by_role("list", name="通话内容")
    await expect(heard).to_contain_text("请问有什么可以帮您")
    await say(page, "漏水")
    await expect(heard).to_contain_text("修改请按2")
    await key(page, "2")
    await expect(heard).to_contain_text("听到：修改")
    await key(page, "0")
    await expect(heard).to_contain_text("不想等的话请按1")
    await key(page, "1")
    await expect(heard).to_contain_text("通话结束", timeout=5_000)
    assert [frame["type"] for frame in frames] == ["setup", "interrupt", "prompt", "dtmf", "dtmf"]
    assert [text for _, text in bot.heard] == ["漏水", "修改"]
    assert rows(settings, "select clock_id from clock where clock_id = 'human_callback'")


async def test_who_hangs_up_during_the_relay(page: Page, relaying: Served, settings: Settings):
    await dial(page, relaying)
    heard = page.get_by_role("list", name="通话内容")
    await expect(heard).to_contain_text("请问有什么可以帮您")
    await page.get_by_role("button", name="挂机").click()
    await expect(heard).to_contain_text("通话结束")
    async with asyncio.timeout(20):  # the page says so first
        while not rows(settings, "select id from phone_call where ended_at is not null"):
            await asyncio.sleep(0.05)


async def test_a_relay_that_cannot_be_reached_is_named(page: Page, relaying: Served):
    elsewhere = f"{relaying.url.replace('http', 'ws', 1)}/nowhere"
    await page.add_init_script(
        f"window.WebSocket = class extends WebSocket {{ constructor() {{ super('{elsewhere}') }} }}"
    )
    await dial(page, relaying)
    await expect(page.get_by_role("list", name="通话内容")).to_contain_text("ConversationRelay")


async def test_an_unknown_verb_is_named_and_the_call_ended(page: Page, phone: Served, settings: Settings):
    async def pay(route: Route) -> None:
        await route.fulfill(body="<Response><Pay/></Response>", content_type="text/xml")

    await page.route("**/twilio/voice/heard*", pay)
    await dial(page, phone)
    await say(page, "洗衣机漏水")
    await expect(page.get_by_role("list", name="通话内容")).to_contain_text("<Pay>")
    await expect(page.get_by_text("未通话")).to_be_visible()
    assert rows(settings, "select id from phone_call where ended_at is not null")
