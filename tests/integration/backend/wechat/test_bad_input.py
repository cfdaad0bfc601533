"""Unsigned, forged, stale, replayed, broken and huge requests: refused, logged, never a 500, nothing stored."""

import asyncio
import secrets
import time
import tracemalloc

import httpx
import pytest
from structlog.testing import capture_logs
from wechatpy.crypto import WeChatCrypto

from backend.channels.wechat.signature import sign
from tests.integration.backend.conftest import Running
from tests.integration.backend.wechat.conftest import rows
from tests.integration.backend.wechat.test_payloads import payload
from tests.support.wechat_vendor import Vendor
from tests.unit.wechat.test_envelope import EVIL

PATH = "/api/v1/channels/wechat"


@pytest.fixture(autouse=True)
async def nothing_stored(running: Running, database_url: str):
    yield
    assert rows(database_url, "select (select count(*) from conversation), (select count(*) from inbox)") == [
        (0, 0)
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"signature": ""},
        {"signature": "0" * 40},
        {"signature": "签名"},
        {"nonce": "other"},
        {"nonce": ""},
        {"nonce": "1" * 1000},
        {"timestamp": "1"},
        {"timestamp": ""},
        {"timestamp": "now"},
    ],
    ids=str,
)
async def test_a_bad_signature_is_forbidden_and_logged(
    change: dict, vendor: Vendor, client: httpx.AsyncClient
):
    params, body = vendor.delivering(client).packed(payload("text"))
    with capture_logs() as logs:
        post = await client.post(PATH, params=params | change, content=body)
        get = await client.get(PATH, params=params | {"echostr": "1"} | change)
    assert (post.status_code, get.status_code) == (403, 403)
    assert [log["event"] for log in logs if log["log_level"] == "warning"] == ["wechat.refused"] * 2


async def test_without_any_signature_nothing_is_told(client: httpx.AsyncClient):
    for response in (await client.get(PATH), await client.post(PATH), await client.post(PATH, content=b"x")):
        assert response.status_code == 403


@pytest.mark.parametrize("seconds", [-301, 302])
async def test_a_signature_whose_time_has_passed_or_not_come_is_forbidden(
    seconds: int, vendor: Vendor, client: httpx.AsyncClient
):
    token, timestamp = vendor.account.token, str(int(time.time()) + seconds)
    params, body = vendor.delivering(client).packed(payload("text"))
    stale = {"timestamp": timestamp, "signature": sign(token, timestamp, params["nonce"])}
    with capture_logs() as logs:
        response = await client.post(PATH, params=params | stale, content=body)
    assert response.status_code == 403
    assert logs[0]["reason"] == "timestamp"


@pytest.mark.parametrize("change", ["msg_signature", "encrypt_type", "body"])
async def test_in_safe_mode_nothing_unsealed_or_tampered_with_is_taken(
    change: str, vendor: Vendor, client: httpx.AsyncClient
):
    params, body = vendor.delivering(client).packed(payload("text"))
    if change == "body":
        body = payload("text").encode()
    else:
        params[change] = "" if change == "encrypt_type" else "0" * 40
    assert (await client.post(PATH, params=params, content=body)).status_code == 403


async def test_what_is_sealed_for_another_account_is_forbidden(vendor: Vendor, client: httpx.AsyncClient):
    account = vendor.account
    crypto = WeChatCrypto(account.token, account.aes_key, "wxanother")
    params = vendor.delivering(client).signed()
    sealed = crypto.encrypt_message(payload("text"), params["nonce"], params["timestamp"])
    signature = sealed.split("<MsgSignature><![CDATA[")[1].split("]]")[0]
    params |= {"encrypt_type": "aes", "msg_signature": signature}
    with capture_logs() as logs:
        response = await client.post(PATH, params=params, content=sealed)
    assert response.status_code == 403
    assert "another AppID" in logs[0]["error"]


@pytest.mark.parametrize("xml", EVIL.values(), ids=EVIL.keys())
async def test_evil_xml_is_refused_in_the_open_and_within_the_envelope(
    xml: str, vendor: Vendor, client: httpx.AsyncClient
):
    delivering = vendor.delivering(client)
    params, sealed = delivering.packed(xml)
    inside = await client.post(PATH, params=params, content=sealed)
    outside = await client.post(PATH, params=params, content=xml.encode())
    assert inside.status_code in {413, 422}
    assert outside.status_code in {413, 422}
    assert inside.json()["error"]["message"]


@pytest.mark.parametrize("announced", [True, False])
async def test_ten_megabytes_are_refused_in_little_memory(
    announced: bool, vendor: Vendor, client: httpx.AsyncClient
):
    params, _ = vendor.delivering(client).packed(payload("text"))
    size, piece = 10_000_000, b"x" * 10_000

    async def body():
        for _ in range(size // len(piece)):
            yield piece
            await asyncio.sleep(0)

    headers = {"content-length": str(size)} if announced else {}
    tracemalloc.start()
    response = await client.post(PATH, params=params, content=body(), headers=headers)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert response.status_code == 413
    assert peak < 5_000_000


@pytest.mark.parametrize("kilobytes", [65, 200])
async def test_more_than_any_message_is_refused(kilobytes: int, vendor: Vendor, client: httpx.AsyncClient):
    params, body = vendor.delivering(client).packed(payload("text").replace("漏水", "漏" * 350 * kilobytes))
    assert (await client.post(PATH, params=params, content=body)).status_code == 413


async def test_any_bytes_are_refused_and_nothing_worse(vendor: Vendor, client: httpx.AsyncClient):
    for length in (0, 1, 17, 1000):
        params, _ = vendor.delivering(client).packed(payload("text"))
        response = await client.post(PATH, params=params, content=secrets.token_bytes(length))
        assert response.status_code == 422


async def test_other_methods_and_paths_are_not_there(client: httpx.AsyncClient):
    assert (await client.put(PATH)).status_code in {403, 404, 405}
    assert (await client.post(f"{PATH}/x")).status_code == 404
