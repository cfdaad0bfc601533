"""The backend cannot file, or only slowly: nothing is lost, nothing is filed twice, the customer is told."""

import contextlib
import threading
from collections.abc import Iterator

import psycopg
import pytest

from tests.support.stories import Story
from tests.support.talk import Chat, HotlineApi, told_number

COMPLAINT = "冰箱不制冷了，去年五月在苏宁买的，要求退货，我姓赵，电话{phone}"
SLOW, BLOCKED = 2.0, 12.0
"""Seconds for which nothing can be filed: within the patience of the actions, and beyond it."""


@contextlib.contextmanager
def filing_held_up(database_url: str, seconds: float) -> Iterator[None]:
    """No ticket number can be drawn for so long."""
    with psycopg.connect(database_url) as connection:
        connection.execute("LOCK TABLE ticket_number_sequence IN ACCESS EXCLUSIVE MODE")
        release = threading.Timer(seconds, connection.rollback)
        release.start()
        yield
        release.cancel()
        release.join()


def summarised(api: HotlineApi, name: str) -> tuple[Chat, Story]:
    """A conversation up to the summary."""
    story, chat = Story(name, COMPLAINT), api.open_chat()
    reply = chat.say(story.opening.replace("{phone}", story.phone))
    for _ in range(6):
        if "提交" in reply:
            return chat, story
        reply = chat.say("跳过")
    pytest.fail(reply)


def test_a_slow_filing_is_waited_for(stack, api: HotlineApi):
    chat, story = summarised(api, "slow")
    with filing_held_up(stack.database_url, SLOW):
        number = told_number(chat.say("对，就这样"))
    (ticket,) = chat.tickets()
    assert ticket["number"] == number
    assert ticket["contact"]["phone"] == story.phone


def test_what_could_not_be_filed_is_filed_once_when_it_is_confirmed_again(stack, api: HotlineApi):
    chat, story = summarised(api, "blocked")
    with filing_held_up(stack.database_url, BLOCKED):
        chat.say("对，就这样")
    assert told_number(chat.say("对，就这样"))
    complaints = [ticket for ticket in chat.tickets() if ticket["intake"] != "raw"]
    assert len(complaints) == 1
    assert complaints[0]["contact"]["phone"] == story.phone
    assert complaints[0]["demand"] == "return"


def test_confirming_twice_files_once(api: HotlineApi):
    chat, _ = summarised(api, "twice")
    chat.say("确认提交")
    chat.say("确认提交")
    assert len(chat.tickets()) == 1


def test_two_conversations_of_one_customer_do_not_mix(api: HotlineApi):
    one, other = api.open_chat(), api.open_chat()
    one.say("热水器打不着火")
    other.say("你们客服态度太差了，把我电话挂了")
    assert "热水器" not in other.say("昨天下午")
    assert one.tickets() == other.tickets() == []
