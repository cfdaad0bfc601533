"""Complaints about service (R1-1.1b): what happened, when, where, who; in the customer's own words."""

from dataclasses import replace

import pytest

from tests.dialogue.moments import days_ago, since, within
from tests.support.stories import Story, check

KIND = {"kind": "service_complaint"}
WANTS = {"demand": "尽快处理"}
TOLD = [
    Story(
        "a rude engineer",
        "你们那个上门师傅态度太恶劣了，进门就骂人，鞋套也不穿",
        answers={"demand": "给我道歉"},
        ticket=KIND | {"demand": "apology", "details.happened_at": since(days_ago(1))},
        asks=("incident_time", "demand", "customer_name", "phone"),
        not_asked=("description", "product", "purchase_date"),
        turns=6,
    ),
    Story(
        "nobody answers the hotline",
        "客服电话打了一上午，一直占线，好不容易接通又给我挂了",
        answers={"incident_time": "今天上午"},
        ticket=KIND | {"details.happened_at": since(days_ago(0))},
        not_asked=("description",),
    ),
    Story(
        "when it was is told at once",
        "昨天下午安装工把我家瓷砖磕坏了一块，收拾东西就走，一句话都没有",
        ticket=KIND | {"details.happened_at": since(days_ago(1))},
        not_asked=("incident_time", "description"),
    ),
    Story(
        "a staff number names who it was",
        "工号3056的客服说话阴阳怪气，我问什么都说不知道",
        ticket=KIND | {"details.staff": within("3056")},
        not_asked=("incident_place", "description"),
    ),
    Story(
        "a staff number on the question for it",
        "你们客服太不耐烦了，没等我讲完就把电话挂了",
        answers={"incident_place": "工号2037"},
        ticket=KIND | {"details.staff": within("2037")},
    ),
    Story(
        "the button, then the story",
        "投诉服务",
        bare=True,
        answers={"description": "约好周三来装热水器，等了三天都没有人来，打电话也不接"},
        verbatim=("约好周三来装热水器，等了三天都没有人来，打电话也不接",),
        ticket=KIND,
        asks=("description",),
    ),
    Story(
        "a broken appointment",
        "约好上午九点到，我请假在家等到天黑，师傅连个电话都没打",
        ticket=KIND,
        not_asked=("description",),
    ),
    Story(
        "charged without a reason",
        "师傅上门拧了一颗螺丝就收了我两百块，问他要收据也不给",
        answers={"demand": "把多收的钱退给我"},
        ticket=KIND | {"demand": "refund"},
    ),
    Story(
        "nothing is known about who it was",
        "你们售后一个推一个，跑了四趟都不给办",
        answers={"incident_time": "不记得了", "incident_place": "不知道"},
        ticket=KIND | {"details.happened_at": None, "signals.repeated": True},
        once=("incident_time", "incident_place"),
    ),
    Story(
        "a shop's manner",
        "你们苏州门店的店员爱理不理的，问两句就翻白眼",
        answers={"incident_time": "前天"},
        ticket=KIND | {"details.where": within("苏州"), "details.happened_at": since(days_ago(2))},
        not_asked=("incident_place",),
    ),
    Story(
        "a promise not kept",
        "客服答应三天之内给我答复，半个月了没有一个人理我",
        ticket=KIND,
        not_asked=("description", "product"),
    ),
    Story(
        "an apology is the only thing wanted",
        "送货的把箱子往门口一扔就走了，喊都喊不住，我只要一个道歉",
        ticket=KIND | {"demand": "apology"},
        not_asked=("demand",),
    ),
    Story(
        "about an earlier ticket",
        "26112300018这张工单的师傅服务太差了，修完更坏了还不承认，骂骂咧咧的",
        ticket={"details.related_ticket": "26112300018"},
    ),
]
STORIES = [replace(story, answers=WANTS | dict(story.answers)) for story in TOLD]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(playing, story: Story):
    check(story, playing[story.name].result())
