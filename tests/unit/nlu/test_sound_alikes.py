"""Misheard and mistyped words of the trade are put right; what means itself stays."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities.extract import extract
from bot.nlu.sound_alikes import correct
from bot.nlu.text import clean

NOW = datetime(2026, 2, 28, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("保休期还有多久", "保修期还有多久"),
        ("快弟还没到", "快递还没到"),
        ("洗一机不转", "洗衣机不转"),
        ("冰相不冷", "冰箱不冷"),
        ("充垫器发烫", "充电器发烫"),
        ("热水气没反应", "热水器没反应"),
        ("我要退获", "我要退货"),
        ("师付没来", "师傅没来"),
        ("转仁工", "转人工"),
        ("种售厚真差", "种售后真差"),
    ],
)
def test_words_of_the_trade_are_put_right(written, meant):
    assert correct(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "方向盘发飘",
        "三年包修吗",
        "只能说一般",
        "这个该找谁管",
        "老人急着用",
        "退或者补发都行",
        "他克服了困难",
        "手机和收集",
        "送货的师父",
        "背光只亮三秒",
        "iPhone 15 Pro",
        "",
    ],
)
def test_what_is_right_stays(text):
    assert correct(text) == text


@given(st.text(max_size=80))
def test_length_holds_and_a_second_reading_changes_nothing(text):
    once = correct(text)
    assert len(once) == len(text)
    assert correct(once) == once


def test_the_understanding_reads_by_sound_and_quotes_as_written():
    assert clean("洗一机又坏了") == "洗衣机又坏了"
    (product,) = [found for found in extract("洗一机又坏了", NOW) if found.entity == "product"]
    assert (product.text, product.value) == ("洗一机", "洗衣机")


def test_names_are_not_read_by_sound():
    assert "张宝修" in {found.value for found in extract("我叫张宝修", NOW) if found.entity == "person_name"}
