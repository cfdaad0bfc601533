"""Signed and well-formed, but a field is empty, huge or of another kind: taken or refused, never a fault of ours."""

import itertools
import random
import re
from collections.abc import Iterator

import httpx
import pytest
from structlog.testing import capture_logs

from tests.integration.backend.wechat.conftest import rows
from tests.integration.backend.wechat.test_payloads import ANSWERS, payload
from tests.support.wechat_vendor import Vendor

PATH = "/api/v1/channels/wechat"
FIELD = re.compile(r"<(?P<name>\w+)>(?:<!\[CDATA\[.*?\]\]>|[^<]+)</(?P=name)>")
LONGEST_LOG = 2_000
NEW_IN_EACH = re.compile(r"(?<=<MsgId>)\d+|(?<=<CreateTime>)\d+")
CHANCE = random.Random(1)
"""What does not repeat itself cannot be compressed: it is as long in an index as it looks."""
ODD = {
    "empty": "",
    "blank": " \n\t ",
    "huge": "".join(CHANCE.choices("abcdefghijkmnopqrstuvwxyz0123456789", k=20_000)),
    "huge and Chinese": "".join(chr(CHANCE.randrange(0x4E00, 0x9F00)) for _ in range(10_000)),
    "huge and a number": "".join(CHANCE.choices("0123456789", k=20_000)),
    "elements": "<a><b>1</b></a><a>2</a>",
    "negative": "-1",
    "no number": "NaN",
    "strange signs": "1\u2028\u0085\ufffd😀\u202e",
}


def variants(value: str) -> Iterator[tuple[str, str, str]]:
    """Each kind of message with each of its fields in turn holding this: kind, field, message."""
    numbers = itertools.count(1_800_000_000)
    for kind in ANSWERS:
        xml = payload(kind)
        for found in FIELD.finditer(xml):
            name = found["name"]
            changed = f"{xml[: found.start()]}<{name}>{value}</{name}>{xml[found.end() :]}"
            yield kind, name, NEW_IN_EACH.sub(lambda _: str(next(numbers)), changed)


@pytest.mark.parametrize("value", ODD.values(), ids=ODD.keys())
async def test_an_odd_field_is_taken_or_refused(value: str, vendor: Vendor, client: httpx.AsyncClient):
    statuses = {}
    with capture_logs() as logs:
        for kind, field, xml in variants(value):
            params, body = vendor.delivering(client).packed(xml)
            statuses[kind, field] = (await client.post(PATH, params=params, content=body)).status_code
    assert {what: status for what, status in statuses.items() if status not in {200, 413, 422}} == {}
    assert max(len(str(log)) for log in logs) < LONGEST_LOG


async def test_what_stands_for_nothing_we_know_is_not_kept_by_its_name(
    vendor: Vendor, client: httpx.AsyncClient, database_url: str
):
    xml = payload("subscription_popup").replace("VRR0UEO9VJOLs0MHlU0OilqX6MVFDwH3_3gz3Oc0NIc", "x" * 129)
    params, body = vendor.delivering(client).packed(xml)
    assert (await client.post(PATH, params=params, content=body)).status_code == 422
    assert rows(database_url, "select count(*) from wechat_consent") == [(0,)]
