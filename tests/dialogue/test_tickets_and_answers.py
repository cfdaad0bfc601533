"""Questions and tickets that are there already, with the real model, actions and backend."""

import pytest

from tests.support.talk import Chat, HotlineApi, told_number

COMPLAINT = "去年五月在京东买的冰箱不制冷，要求退货，我姓赵，电话{phone}"


def complained(api: HotlineApi, phone: str) -> tuple[Chat, str]:
    """A conversation with a filed complaint, and its number."""
    chat = api.open_chat()
    reply = chat.say(COMPLAINT.format(phone=phone))
    for _ in range(4):
        if told_number(reply):
            break
        reply = chat.say("对，就这样" if "提交" in reply or "确认提交" in chat.quick_replies else "跳过")
    number = told_number(reply)
    assert number, reply
    return chat, number


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("问一下你们几点下班", "8点半"),
        ("发票丢了还能保修吗", "发票"),
        ("上门要不要收费", "上门"),
        ("保修期从哪天开始算", "收到货"),
    ],
)
def test_a_question_is_answered_and_nothing_filed(api: HotlineApi, question: str, told: str):
    chat = api.open_chat()
    reply = chat.say(question)
    assert told in reply
    assert "电话" not in reply.splitlines()[-1]
    assert chat.tickets() == []


def test_the_warranty_is_told_with_its_uncertainty_and_one_question(api: HotlineApi):
    chat = api.open_chat()
    reply = chat.say("电饭煲去年买的还能保修吗")
    assert "还不能确定" in reply
    assert reply.count("？") == 1
    assert "保修到" in chat.say("去年12月3号")
    assert chat.tickets() == []


def test_promises_come_from_the_clocks(api: HotlineApi):
    chat, _ = complained(api, "13900003301")
    (filed,) = [message["text"] for message in chat.last if "服务部门会" in message["text"]]
    assert "4个工作小时内，最迟" in filed
    assert filed.count("之前，服务部门会") == 1


def test_progress_urging_adding_and_withdrawing(api: HotlineApi):
    chat, number = complained(api, "13900003302")
    assert number in chat.say("办得怎么样了")
    assert "催" in chat.say("怎么还没人联系我")
    assert "第2次" in chat.say("帮我催一下")
    assert number in chat.say("补充一下，里面的菜都坏了")
    assert "不再处理" in chat.say("不投诉了，撤销那个工单")
    assert "照常" in chat.say("不撤销")
    (ticket,) = chat.tickets()
    assert ticket["stage"] == "recorded"
    assert "里面的菜都坏了" in ticket["description"]
    assert [entry["verb"] for entry in ticket["timeline"]].count("urged") == 2
    chat.say("撤销那个工单")
    assert number in chat.say("确认撤销")
    assert chat.tickets()[0]["stage"] == "cancelled"


def test_another_conversation_needs_the_digits(api: HotlineApi):
    _, number = complained(api, "13900003303")
    stranger = api.open_chat()
    asked = stranger.say(f"工单{number}到哪一步了")
    assert "后四位" in asked
    assert "冰箱" not in asked
    wrong = stranger.say("0000")
    assert "冰箱" not in wrong
    assert "冰箱" in stranger.say("3303")


def test_the_same_matter_again_is_added_to_the_open_ticket(api: HotlineApi):
    chat, number = complained(api, "13900003304")
    assert number in chat.say("冰箱还是不制冷，我要退货")
    assert chat.quick_replies == ["补充进去", "另外登记"]
    assert number in chat.say("补充进去")
    (ticket,) = chat.tickets()
    assert "还是不制冷" in ticket["description"]
    assert [entry["verb"] for entry in ticket["timeline"]].count("urged") == 1
