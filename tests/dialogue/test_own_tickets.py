"""Tickets that are there already: how they stand, hurry, additions, withdrawal, the same matter again."""

import pytest

from tests.dialogue.moments import within
from tests.support.stories import Player, Said, Story, check
from tests.support.talk import HotlineApi

FAULT = "冰箱不制冷了，去年五月在苏宁买的，要求维修，我姓赵，电话{phone}"
STORIES = [
    Story(
        "how it stands, right after filing",
        FAULT,
        then=(Said("我这个现在处理到哪一步了", told=("{number}",), untold=("后四位",), files=1),),
    ),
    Story(
        "hurry",
        FAULT + "，急用",
        then=(Said("怎么还没人联系我，催一下", told=("催", "{number}"), files=1),),
        ticket={"case.urged": 1},
    ),
    Story(
        "hurry twice",
        FAULT + "，家里有老人",
        then=(
            Said("帮我催一下", told=("{number}",), files=1),
            Said("再催一次，太慢了", told=("第2次|第二次",), files=1),
        ),
        ticket={"case.urged": 2},
    ),
    Story(
        "an addition",
        FAULT + "，夏天要用",
        then=(
            Said("我要补充一下", told=("补充什么",)),
            Said("冷冻室也开始化冻了", told=("{number}",), files=1),
        ),
    ),
    Story(
        "withdrawn, once it is confirmed",
        FAULT + "，快点",
        then=(
            Said("不修了，撤销吧", told=("{number}",)),
            Said("确认撤销", told=("已经.*撤销|撤销了",), files=1),
        ),
        ticket={"stage": "cancelled"},
    ),
    Story(
        "withdrawal thought better of",
        FAULT + "，谢谢",
        then=(
            Said("我想撤销工单", told=("{number}",)),
            Said("不撤销", told=("照常",), files=1),
        ),
        ticket={"stage": "recorded"},
    ),
    Story(
        "the same matter again is added to the open ticket",
        "净水器接头漏水，上个月在京东买的，要换货，我姓钱，电话{phone}",
        answers={"same_matter": "补充进去"},
        asks=("same_matter",),
        says=("补充进",),
        then=(Said("净水器接头漏水，上个月在京东买的，要换货，我姓钱，电话{phone}", goes_on=True, files=1),),
    ),
    Story(
        "a number that is nobody's",
        "查一下工单26010100012",
        instead={"phone_last4": ("1234", "5678", "9999")},
        never_says=("苏宁", "系统这会儿"),
        ticket={"kind": "inquiry", "details.topic": "status_query"},
        bare=True,
    ),
    Story(
        "no number at hand",
        "我上次投诉的事情怎么样了",
        ticket={"kind": "inquiry", "details.topic": "status_query"},
        asks=("phone",),
    ),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())


@pytest.fixture(scope="module")
def filed(api: HotlineApi) -> tuple[str, Story]:
    """A ticket that another conversation filed."""
    story = Story("filed elsewhere", "油烟机滴油，去年六月在国美买的，要求维修，我姓冯，电话{phone}")
    return Player(story, api.open_chat()).play().numbers[0], story


def test_number_and_last_digits_show_the_progress(api: HotlineApi, filed: tuple[str, Story]):
    number, story = filed
    chat = api.open_chat()
    assert "后四位" in chat.say(f"帮我查一下工单{number}的进度")
    reply = chat.say(story.phone[-4:])
    assert number in reply.replace(" ", "")
    assert "油烟机" in reply
    assert chat.tickets() == []


def test_wrong_digits_tell_nothing(api: HotlineApi, filed: tuple[str, Story]):
    number, story = filed
    chat = api.open_chat()
    chat.say(f"工单{number}现在什么情况")
    wrong = f"{(int(story.phone[-4:]) + 1) % 10_000:04}"
    reply = chat.say(wrong)
    assert "油烟机" not in reply
    assert "没" in reply


def test_another_day_it_is_urged_by_number_and_digits(api: HotlineApi, filed: tuple[str, Story]):
    number, story = filed
    chat = api.open_chat()
    chat.say(f"催一下工单{number}，到现在没人联系我")
    reply = chat.say(story.phone[-4:])
    assert number in reply.replace(" ", "")
    assert api.ticket(number)["case"]["urged"] == 1
    assert chat.tickets() == []


def test_a_number_with_a_digit_wrong_is_not_found(api: HotlineApi, filed: tuple[str, Story]):
    number, story = filed
    mistyped = number[:-1] + str((int(number[-1]) + 1) % 10)
    chat = api.open_chat()
    chat.say(f"查工单{mistyped}")
    reply = chat.say(story.phone[-4:])
    assert "油烟机" not in reply


def test_the_same_matter_from_another_conversation_is_not_told_of(api: HotlineApi, filed: tuple[str, Story]):
    number, story = filed
    again = Player(story, api.open_chat()).play()
    assert number not in "".join(reply.replace(" ", "") for _, reply in again.lines)
    (ticket,) = again.tickets
    assert ticket["details"]["related_ticket"] == number
    assert within("油烟机").search(ticket["details"]["product"])
