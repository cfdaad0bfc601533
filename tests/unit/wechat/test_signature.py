"""Signatures and their time."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.channels.wechat.signature import is_fresh, matches, sign

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SECONDS = int(NOW.timestamp())
WINDOW = timedelta(seconds=300)


def test_the_vendors_own_example():
    # from the vendor's guide to message pushes
    signature = "899cf89e464efb63f54ddac96b0a0a235f53aa78"
    assert sign("AAAAA", "1714037059", "486452656") == signature
    assert sign("486452656", "AAAAA", "1714037059") == signature
    assert matches(signature, "AAAAA", "1714037059", "486452656")


@pytest.mark.parametrize(
    "given", ["", "899cf89e", "899CF89E464EFB63F54DDAC96B0A0A235F53AA78", "签名", "\ud800"[:0]]
)
def test_anything_else_does_not_match(given: str):
    assert not matches(given, "AAAAA", "1714037059", "486452656")


@pytest.mark.parametrize(
    ("timestamp", "fresh"),
    [
        (str(SECONDS), True),
        (str(SECONDS - 300), True),
        (str(SECONDS + 300), True),
        (str(SECONDS - 301), False),
        (str(SECONDS + 301), False),
        ("", False),
        ("-1", False),
        ("1e9", False),
        ("nan", False),
        ("١٢٣", False),
        ("9" * 400, False),
    ],
)
def test_a_signature_is_good_for_its_window(timestamp: str, fresh: bool):
    assert is_fresh(timestamp, NOW, WINDOW) is fresh
