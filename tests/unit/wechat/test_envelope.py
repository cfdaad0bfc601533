"""XML that is the vendor's is read; XML that tries to do something is refused, quickly and in little memory."""

import contextlib
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.channels.wechat.envelope import MalformedError, read, text_reply
from backend.channels.wechat.incoming import understood

BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>{}]><xml><Content>&i;</Content></xml>".format(
    "".join(f"<!ENTITY {chr(97 + n)} '{f'&{chr(96 + n)};' * 10}'>" for n in range(1, 9))
)
EVIL = {
    "entity bomb": BOMB,
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Content>&e;</Content></xml>',
    "external type": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><xml><Content>a</Content></xml>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]><xml/>',
    "unknown entity": "<xml><Content>&nope;</Content></xml>",
    "cut off": "<xml><Content>a",
    "two roots": "<xml/><xml/>",
    "another root": "<html><Content>a</Content></html>",
    "no XML": "你好",
    "nothing": "",
    "too many elements": f"<xml>{'<a/>' * 10_000}</xml>",
    "too deep": f"<xml>{'<a>' * 9_000}{'</a>' * 9_000}</xml>",
    "an unknown encoding": '<?xml version="1.0" encoding="utf-99"?><xml/>',
}
HEAD = {
    "ToUserName": "gh_1",
    "FromUserName": "o1",
    "CreateTime": "1714037059",
    "MsgType": "text",
    "MsgId": "1",
}


@pytest.mark.parametrize("xml", EVIL.values(), ids=EVIL.keys())
def test_what_is_evil_or_broken_is_refused_quickly_and_in_little_memory(xml: str):
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(MalformedError):
        read(xml.encode())
    seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 1
    assert peak < 20_000_000


@given(body=st.binary(max_size=500))
def test_any_bytes_are_read_or_refused(body: bytes):
    with contextlib.suppress(MalformedError):
        assert isinstance(read(body), dict)


@given(text=st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_what_we_write_says_what_we_said(text: str):
    text = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    fields = read(text_reply(to="o1", sender="gh_1", at=1714037059, text=text))
    assert fields == {
        "ToUserName": "o1",
        "FromUserName": "gh_1",
        "CreateTime": "1714037059",
        "MsgType": "text",
        "Content": text,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FromUserName", ""),
        ("FromUserName", "o 1"),
        ("FromUserName", "o" * 65),
        ("FromUserName", "o1'; drop table message"),
        ("ToUserName", ""),
        ("CreateTime", ""),
        ("CreateTime", "soon"),
        ("MsgType", ""),
        ("MsgId", ""),
        ("MsgId", "12a"),
        ("MsgId", "1" * 21),
    ],
)
def test_a_message_that_lacks_what_every_message_has_is_refused(name: str, value: str):
    with pytest.raises(MalformedError, match=name):
        understood(HEAD | {name: value})


def test_a_message_is_known_by_its_number_and_an_event_by_who_when_and_what():
    assert understood(HEAD | {"Content": "a"}).external_id == understood(HEAD | {"Content": "b"}).external_id
    event = HEAD | {"MsgType": "event", "Event": "CLICK", "EventKey": "repair"}
    same, other = understood(event), understood(event | {"EventKey": "person"})
    assert same.event == "click"
    assert same.external_id == understood(dict(event)).external_id
    assert other.external_id != same.external_id
    assert understood(event | {"CreateTime": "1714037060"}).external_id != same.external_id
