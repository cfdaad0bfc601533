from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.entities.dates import find_dates
from bot.nlu.entities.extract import extract
from bot.nlu.entities.moments import add_months


def entities(text, now):
    return [(found.entity, text[found.start : found.end], found.value) for found in find_dates(text, now)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("去年三月买的", "2025-03"),
        ("上个月15号买的", "2026-10-15"),
        ("二〇二四年双十一买的", "2024-11-11"),
        ("三年前", "2023"),
        ("两年多前买的", "2024"),
        ("半年前买的", "2026-05"),
        ("去年国庆节期间买的", "2025-10-01"),
        ("12月", "2025-12"),
        ("三月份", "2026-03"),
        ("3月底买的", "2026-03"),
        ("618买的", "2026-06-18"),
        ("去年六一八", "2025-06-18"),
        ("双十二买的", "2025-12-12"),
        ("双11入手的", "2026-11-11"),
        ("刚买了两个月", "2026-09"),
        ("才买三天", "2026-11-20"),
        ("买了不到两个月坏的", "2026-09"),
        ("买来半年", "2026-05"),
        ("2024-03-05", "2024-03-05"),
        ("24年3月", "2024-03"),
        ("购买日期是2025年6月1日", "2025-06-01"),
        ("上个月", "2026-10"),
        ("去年年底买的", "2025-12"),
        ("12月25日买的", "2025-12-25"),
        ("前年买的", "2024"),
        ("一个多月前买的", "2026-10"),
        ("国庆节买的", "2026-10-01"),
        ("才用半个月就坏了", "2026-11-08"),
        ("用了仅五个月", "2026-06"),
        ("买了快三年了", "2023"),
        ("一年半以前买的", "2025-05"),
        ("中秋节买的", "2026-09-25"),
        ("春节前买的", "2026-02"),
        ("除夕那天买的", "2026-02-16"),
        ("去年这个时候买的", "2025-11"),
        ("上上周六买的", "2026-11-14"),
        ("5.1买的", "2026-05-01"),
        ("31号买的", "2026-10-31"),
        ("年初买的", "2026-01"),
        ("二月29号买的", "2024-02-29"),
    ],
)
def test_purchase_dates(text, value, now):
    found = entities(text, now)
    assert [(name, when) for name, _, when in found] == [("purchase_date", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("昨天开始漏水", "2026-11-22"),
        ("前天下午三点漏的水", "2026-11-21T15:00+08:00"),
        ("今天早上八点", "2026-11-23T08:00+08:00"),
        ("上周三师傅来过", "2026-11-18"),
        ("前几天开始有异响", "2026-11-20"),
        ("周六", "2026-11-21"),
        ("三月八号下午两点半来修的", "2026-03-08T14:30+08:00"),
        ("9-03日早8:15接到通知", "2026-09-03T08:15+08:00"),
        ("昨晚十点多断电了", "2026-11-22T22:00+08:00"),
        ("中午一点师傅来的", "2026-11-23T13:00+08:00"),
        ("凌晨十二点半响的", "2026-11-23T00:30+08:00"),
        ("上周开始漏水", "2026-11-16"),
        ("圣诞节那天爆管", "2025-12-25"),
    ],
)
def test_incident_times(text, value, now):
    assert [(name, when) for name, _, when in entities(text, now)] == [("incident_time", value)]


def test_both_in_one_sentence(now):
    assert entities("去年三月份在京东买的热水器，昨天晚上开始漏水", now) == [
        ("purchase_date", "去年三月份", "2025-03"),
        ("incident_time", "昨天晚上", "2026-11-22"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "等了三天",
        "保修一年",
        "13800138000",
        "第3天",
        "七天无理由",
        "一个月",
        "三月饼",
        "热水器",
        "",
        "刚才",
        "最近",
        "明天来",
        "下周三",
    ],
)
def test_what_is_no_date(text, now):
    assert find_dates(text, now) == []


@given(
    st.text(
        alphabet="去今前年月日号周天上个半一二三四五六七八九十零0123456789.-:点晚早买了双618底初国庆",
        max_size=14,
    ),
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1)),  # noqa: DTZ001
)
def test_never_in_the_future_and_never_an_exception(text, when):
    aware = when.astimezone()
    for found in find_dates(text, aware):
        assert found.value[:10] <= aware.date().isoformat()


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)), st.integers(-480, 480))
def test_moving_by_months_keeps_the_day_or_takes_the_last(day, months):
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved.day < day.day and add_months(moved.replace(day=1), 1).day == 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7月19买的", "2026-07-19"),
        ("今年3月8买的", "2026-03-08"),
        ("九月十五下的单", "2026-09-15"),
        ("5.20给老婆买的项链", "2026-05-20"),
        ("12.12抢的吹风机", "2025-12-12"),
        ("上个月十几号买的", "2026-10"),
        ("三月初买的", "2026-03"),
        ("正月初八买的", "2026-02-24"),
    ],
)
def test_days_without_their_word(text, value, now):
    assert [one.value for one in extract(text, now) if one.entity == "purchase_date"] == [value]


@pytest.mark.parametrize(
    "text", ["3月19块钱", "5月3个人来过", "19.9买的袜子", "价格6.18元", "明天下午三点来修", "周末能来人吗"]
)
def test_what_is_no_day(text, now):
    found = {one.value for one in extract(text, now) if one.entity in {"purchase_date", "incident_time"}}
    assert not {value for value in found if len(value) >= len("2026-11-23")}


@pytest.mark.parametrize("day", range(23, 30))
def test_a_mere_day_of_the_week_is_no_purchase_on_any_day(day, now):
    """It answers when somebody may come as well; on some days of a week it lies long enough back."""
    today = now.replace(day=day)
    for text in ("周六上午", "周三", "礼拜五下午", "这周一"):
        assert "purchase_date" not in [kind for kind, _, _ in entities(text, today)], text


def test_a_day_of_an_earlier_week_answers_when_it_was_bought(now):
    assert entities("上周六", now.replace(day=25)) == [("purchase_date", "上周六", "2026-11-21")]
