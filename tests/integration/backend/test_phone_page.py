"""The page /phone in a real browser, against a hotline whose bot says what the test needs."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from backend.clock import FixedClock
from backend.settings import Settings
from tests.e2e.conftest import QUIET, chromium
from tests.integration.backend.test_phone_calls import DEMO_TOKEN, rows
from tests.integration.backend.test_phone_people import DAY
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
    await expect(heard).to_contain_text("按1")
    await key(page, "1")
    await expect(heard).to_contain_text("通话结束", timeout=5_000)
    assert rows(settings, "select clock_id from clock where clock_id = 'human_callback'")


async def test_an_unknown_verb_is_named_and_the_call_ended(page: Page, phone: Served, settings: Settings):
    async def pay(route: Route) -> None:
        await route.fulfill(body="<Response><Pay/></Response>", content_type="text/xml")

    await page.route("**/twilio/voice/heard*", pay)
    await dial(page, phone)
    await say(page, "洗衣机漏水")
    await expect(page.get_by_role("list", name="通话内容")).to_contain_text("<Pay>")
    await expect(page.get_by_text("未通话")).to_be_visible()
    assert rows(settings, "select id from phone_call where ended_at is not null")
