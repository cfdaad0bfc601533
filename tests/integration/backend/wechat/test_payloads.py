"""What the vendor sends, as its guide shows it, over HTTP against the exact answers."""

from pathlib import Path

import httpx
import pytest
import xmltodict

from tests.integration.backend.wechat.conftest import rows
from tests.support.scripted_bot import ScriptedBot
from tests.support.wechat_vendor import Vendor

PAYLOADS = Path(__file__).with_name("payloads")
NOTICE = "为了处理您的事情，我们会记录本次对话和您留下的联系方式，只用于售后；想找人工，随时回复“转人工”。"
GREETING = (
    "您好，这里是应声售后服务。为了处理您的事情，我们会记录本次对话和您留下的联系方式，只用于售后；想找人工，"
    "随时回复“转人工”。请问有什么可以帮您？\n1. 产品有问题\n2. 投诉服务\n3. 提建议\n4. 报修\n回复数字就可以选择。"
)
RECEIVED = "收到了，已经存好，同事处理时也看得到。我看不了图片和视频里的内容，请用一两句话告诉我：是什么产品，出了什么问题？"
ANSWERS = {
    "text": f"{NOTICE}\n\n听到：洗衣机漏水",
    "image": f"{NOTICE}\n\n{RECEIVED}",
    "voice": f"{NOTICE}\n\n收到您的语音了，已经存好，同事听得到。我还听不了语音，麻烦您把要说的打几个字告诉我。",
    "voice_recognised": f"{NOTICE}\n\n听到：我的冰箱不制冷",
    "location": f"{NOTICE}\n\n听到：我的位置：上海市黄浦区人民大道200号",
    "link": f"{NOTICE}\n\n听到：我发了一个链接：产品页面",
    "unknown_kind": f"{NOTICE}\n\n我这边没收到文字，您可以把想说的打出来发给我。",
    "subscribe": GREETING,
    "subscribe_by_code": GREETING,
    "scan": GREETING,
    "click": f"{NOTICE}\n\n听到：转人工",
    "click_of_an_old_menu": GREETING,
    "unsubscribe": None,
    "view": None,
    "reported_place": None,
    "template_sent": None,
    "template_failed": None,
    "subscription_popup": None,
    "subscription_changed": None,
    "subscription_sent": None,
    "subscription_failed": None,
}


def payload(name: str) -> str:
    return (PAYLOADS / f"{name}.xml").read_text(encoding="utf-8")


def test_every_payload_has_its_answer():
    assert {path.stem for path in PAYLOADS.glob("*.xml")} == set(ANSWERS)


@pytest.mark.parametrize("name", sorted(ANSWERS))
async def test_a_payload_and_its_retry_get_the_same_answer(
    name: str, vendor: Vendor, client: httpx.AsyncClient, database_url: str
):
    delivering = vendor.delivering(client)
    first, again = await delivering.attempt(payload(name)), await delivering.attempt(payload(name))
    assert (first[0], first[1]) == (200, ANSWERS[name])
    assert (again[0], again[1]) == (200, ANSWERS[name])
    stored = rows(database_url, "select count(*) from message where sender = 'customer'")
    assert stored == [(0 if payload(name).count("event") and name != "click" else 1,)]


async def test_an_answer_is_written_as_the_vendor_wants_it(vendor: Vendor, client: httpx.AsyncClient):
    delivering = vendor.delivering(client)
    params, body = delivering.packed(payload("text"))
    response = await client.post("/api/v1/channels/wechat", params=params, content=body)
    assert response.headers["content-type"].startswith("application/xml")
    fields = xmltodict.parse(response.text)["xml"]
    assert list(fields) == ["Encrypt", "MsgSignature", "TimeStamp", "Nonce"]
    crypto = delivering._crypto
    plain = crypto.decrypt_message(
        response.text, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
    )
    answer = xmltodict.parse(plain)["xml"]
    assert answer.pop("CreateTime").isdigit()
    assert answer == {
        "ToUserName": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
        "FromUserName": "gh_0123456789ab",
        "MsgType": "text",
        "Content": ANSWERS["text"],
    }


@pytest.mark.parametrize("name", sorted(name for name, answer in ANSWERS.items() if answer is None))
async def test_silence_is_the_word_that_the_vendor_knows(
    name: str, vendor: Vendor, client: httpx.AsyncClient
):
    params, body = vendor.delivering(client).packed(payload(name))
    response = await client.post("/api/v1/channels/wechat", params=params, content=body)
    assert (response.status_code, response.content) == (200, b"success")


async def test_places_and_links_are_kept_as_such(
    vendor: Vendor, client: httpx.AsyncClient, database_url: str, bot: ScriptedBot
):
    for name in ("location", "link"):
        await vendor.delivering(client).attempt(payload(name))
    found = rows(database_url, "select attachments from message where sender = 'customer' order by seq")
    place, link = found[0][0], found[1][0]
    label = "上海市黄浦区人民大道200号"
    assert place == [{"kind": "location", "name": label, "latitude": 31.230416, "longitude": 121.473701}]
    assert link == [{"kind": "link", "name": "产品页面", "url": "https://example.org/p?id=1&a=2"}]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("location", "31.230416", "nan"),
        ("location", "31.230416", "inf"),
        ("location", "31.230416", "91"),
        ("location", "31.230416", "north"),
        ("link", "https://example.org", "javascript:alert(1)//"),
        ("image", "picture-1", ""),
        ("image", "picture-1", "x" * 600),
    ],
)
async def test_a_message_that_lacks_what_its_kind_has_is_refused_and_leaves_nothing(
    name: str, old: str, new: str, vendor: Vendor, client: httpx.AsyncClient, database_url: str
):
    status, _, _ = await vendor.delivering(client).attempt(payload(name).replace(old, new))
    assert status == 422
    assert rows(database_url, "select count(*) from message") == [(0,)]
