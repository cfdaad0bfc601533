import pytest

from bot.nlu.entities.demand import find_demands
from bot.nlu.entities.extract import extract
from bot.nlu.entities.fault import find_faults
from bot.nlu.entities.lexical import find_words
from bot.nlu.entities.spans import RANKS, Found, resolve


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("燃气热水器坏了", [("product", "热水器")]),
        ("海尔冰箱", [("brand", "海尔"), ("product", "冰箱")]),
        ("在京东买的", [("shop", "京东")]),
        ("IPHONE的apple", []),
        ("长城宽带", []),
        ("苹果手机", [("brand", "苹果"), ("product", "手机")]),
        ("苹果很甜", []),
        ("这个包坏了", [("product", "包")]),
        ("包装破了", []),
    ],
)
def test_lexicon_words(text, expected):
    assert [(found.entity, found.value) for found in resolve(find_words(text))] == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("打不着火", "打不着火"),
        ("指示灯一跳一跳的", "指示灯一跳一跳的"),
        ("遥控器总是没反应", "遥控器总是没反应"),
        ("显示E5", "显示E5"),
        ("外壳碎了", "外壳碎了"),
        ("有一股焦味", "有一股焦味"),
    ],
)
def test_faults(text, value):
    assert value in {found.value for found in resolve(find_faults(text))}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("我要退货", ["return"]),
        ("给我换一台新的", ["exchange"]),
        ("必须道歉赔偿", ["apology", "compensation"]),
        ("希望尽快上门维修", ["visit", "repair"]),
        ("退款", ["refund"]),
        ("给个说法", ["handle"]),
        ("他们不给退款", []),
        ("不想退货", []),
        ("维修点在哪里", []),
        ("上次维修过", []),
    ],
)
def test_demands(text, values):
    assert [found.value for found in resolve(find_demands(text))] == values


def test_the_stronger_find_keeps_the_characters():
    weak, strong = Found("brand", 0, 4, "b"), Found("shop", 2, 6, "s")
    assert resolve([weak, strong]) == [strong]
    assert resolve([weak, Found("shop", 4, 6, "s")]) == [weak, Found("shop", 4, 6, "s")]


def test_every_entity_of_the_contract_has_a_rank():
    assert len(RANKS) == 18


def test_places_refer_to_the_text_as_written(now):
    text = "熱水器漏\u200b水，電話１３８１２３４５６７８"
    for entity in extract(text, now):
        assert text[entity.start : entity.end] == entity.text
    assert {(e.entity, e.value) for e in extract(text, now)} == {
        ("product", "热水器"),
        ("fault", "漏水"),
        ("phone", "13812345678"),
    }


def test_a_whole_complaint(now):
    text = "我叫李明，去年三月在京东买的海尔热水器JSQ30-16E，花了两千块，昨天开始漏水，要求换货"
    found = {(e.entity, e.value) for e in extract(text, now)}
    assert found == {
        ("person_name", "李明"),
        ("purchase_date", "2025-03-01"),
        ("shop", "京东"),
        ("brand", "海尔"),
        ("product", "热水器"),
        ("model", "JSQ30-16E"),
        ("money", "2000"),
        ("incident_time", "2026-11-22"),
        ("fault", "开始漏水"),
        ("demand", "exchange"),
    }
