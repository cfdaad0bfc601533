"""What clocks promise, in words: never earlier than they say, in figures for the eye and in words for the ear."""

from datetime import datetime, timedelta, timezone

import pytest

from actions.backend_answers import Promise
from actions.promises import Teller
from actions.wording import domain_wording

SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)


def at(day, hour, minute=0, second=0, month=11):
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


def promise(due_at, amount=4.0, unit="working_hours", *, counts_now=True):
    return Promise("first_contact", "有专人与您联系", due_at, amount, unit, counts_now)


def teller(*, spoken=False):
    return Teller(domain_wording(), NOW, spoken=spoken)


@pytest.mark.parametrize(
    ("given", "read", "heard"),
    [
        (
            promise(at(23, 17, 30)),
            "4个工作小时内，最迟今天下午5点半之前",
            "四个工作小时内，最迟今天下午五点半之前",
        ),
        (
            promise(at(24, 11), 2.0),
            "2个工作小时内，最迟明天上午11点之前",
            "两个工作小时内，最迟明天上午十一点之前",
        ),
        (
            promise(at(25, 14, 20), 8.0),
            "8个工作小时内，最迟后天下午2点20分之前",
            "八个工作小时内，最迟后天下午两点二十分之前",
        ),
        (
            promise(at(24, 12, 30), counts_now=False),
            "负责的同事现在不在班上，上班后4个工作小时内，最迟明天中午12点半之前",
            "负责的同事现在不在班上，上班后四个工作小时内，最迟明天中午十二点半之前",
        ),
        (promise(at(8, 23, 59, month=12), 15.0, "days"), "15天内，最迟12月8号", "十五天内，最迟十二月八号"),
        (
            promise(at(26, 8, 0), 24.0, "hours"),
            "24小时内，最迟11月26号早上8点之前",
            "二十四小时内，最迟十一月二十六号早上八点之前",
        ),
        (None, "接下来", "接下来"),
    ],
)
def test_within_what_time(given, read, heard):
    assert teller().within(given) == read
    assert teller(spoken=True).within(given) == heard


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (at(23, 15, 31, 24), "今天下午3点35分"),
        (at(23, 15, 30, 1), "今天下午3点35分"),
        (at(23, 15, 55), "今天下午3点55分"),
        (at(23, 15, 58), "今天下午4点"),
        (at(23, 23, 58), "明天凌晨12点"),
        (at(23, 20), "今天晚上8点"),
    ],
)
def test_a_time_is_rounded_up_never_down(due, told):
    assert teller().moment(due) == told


def test_the_moment_is_told_where_the_customer_is():
    assert (
        teller().latest(promise(datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(0)))))
        == "最迟今天下午5点半之前"
    )


def test_every_unit_of_policy_has_words():
    for unit in ("working_hours", "working_days", "next_day", "hours", "days", "months"):
        assert teller().within(promise(at(24, 9), unit=unit)).startswith(("4", "下一个工作日"))
