"""`yingsheng wechat menu push` and `yingsheng wechat-sim`, as they are typed."""

import asyncio
import os
import socket
import sys

import pytest

from backend.settings import PROJECT_ROOT
from cli import wechat_calls
from cli.wechat_vendor.account import SimulatedAccount
from tests.integration.backend.conftest import SERVICE_TOKEN
from tests.integration.backend.wechat.conftest import wechat_settings
from tests.support.scripted_bot import ScriptedBot
from tests.support.served_backend import served
from tests.support.wechat_vendor import Vendor


async def test_the_menu_is_handed_to_the_vendor(
    vendor: Vendor, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    for name, value in vendor.account.environment(vendor.url).items():
        monkeypatch.setenv(name, value)
    await asyncio.to_thread(wechat_calls.push_menu, database_url, SERVICE_TOKEN)
    assert [button["name"] for button in vendor.state.menu["button"]] == ["报修投诉", "查询", "转人工"]
    assert vendor.state.menu["button"][2] == {"type": "click", "name": "转人工", "key": "person"}


async def test_without_an_account_there_is_nothing_to_push_to(database_url: str):
    with pytest.raises(wechat_calls.WechatOffError):
        await asyncio.to_thread(wechat_calls.push_menu, database_url, SERVICE_TOKEN)


async def test_the_simulator_talks_with_a_running_backend(
    vendor: Vendor, database_url: str, bot: ScriptedBot
):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = wechat_settings(database_url, bot, vendor, wechat_api_url=f"http://127.0.0.1:{port}")
    async with served(settings) as backend:
        command = [sys.executable, "-m", "cli.main", "wechat-sim", "--port", str(port), "--url", backend.url]
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=PROJECT_ROOT,
            env={**os.environ, "COLUMNS": "200"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        out, _ = await asyncio.wait_for(
            process.communicate("洗衣机漏水\n/tap person\n/nonsense\n".encode()), 50
        )
        await backend.parts.wechat.api.close()
    printed = out.decode()
    assert process.returncode == 0, printed
    assert "被动回复" in printed
    assert "听到：洗衣机漏水" in printed
    assert "听到：转人工" in printed
    assert "可用：/follow" in printed


async def test_a_backend_that_does_not_know_the_simulated_account_is_told(
    database_url: str, bot: ScriptedBot, vendor: Vendor
):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = wechat_settings(database_url, bot, vendor, wechat_token="another")
    async with served(settings) as backend:
        command = [sys.executable, "-m", "cli.main", "wechat-sim", "--port", str(port), "--url", backend.url]
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=PROJECT_ROOT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        out, _ = await asyncio.wait_for(process.communicate(), 50)
        await backend.parts.wechat.api.close()
    assert process.returncode == 1
    assert "没有通过服务器校验" in out.decode()
    assert SimulatedAccount().token not in out.decode()
