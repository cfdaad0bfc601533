"""A real Chromium for customers and agents. Screenshots go to tests/e2e/screenshots (not committed)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from runtime.stack import Stack

SCREENSHOTS = Path(__file__).parent / "screenshots"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
]
SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The system's Chromium; nothing means the one that Playwright installed."""
    named = os.environ.get("YINGSHENG_CHROMIUM")
    return named or next((found for name in SYSTEM_BROWSERS if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")  # not longer: while Playwright runs, no other event loop can
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Browser, stack: Stack) -> Iterator[Callable[..., Page]]:
    """Opens pages of separate people: each has a context of its own."""
    contexts: list[BrowserContext] = []

    def open_page(**options) -> Page:
        everybody = {
            "base_url": stack.settings.backend_url,
            "locale": "zh-CN",
            "timezone_id": "Asia/Shanghai",
            "reduced_motion": "reduce",  # what moves is not where a click was aimed at
        }
        context = browser.new_context(**(everybody | options))
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    SCREENSHOTS.mkdir(exist_ok=True)
    return lambda page, name: page.screenshot(path=SCREENSHOTS / f"{name}.png") and None
