from dataclasses import replace

import pytest

from actions.human_request import SPEC as HUMAN
from actions.outcome import Ending
from actions.quality_complaint import SPEC as QUALITY
from actions.return_exchange import SPEC as RETURN
from actions.service_complaint import SPEC as SERVICE
from actions.state import IntakeState
from actions.suggestion import SPEC as SUGGESTION
from actions.turn import Entity, Signals, read_turn
from actions.wording import domain_wording
from tests.unit.actions.support import Conversation, turn

LEAK = turn("热水器漏水", "quality_complaint", product="热水器", fault="漏水")


def everything_but(*missing):
    told = {
        "product": "热水器",
        "fault": "漏水",
        "purchase_date": "2025-11-11",
        "shop": "京东",
        "demand": "return",
        "person_name": "王",
        "phone": "13812345678",
    }
    known = {kind: value for kind, value in told.items() if kind not in missing}
    return turn("热水器漏水，别的都说了", "quality_complaint", **known)


def test_the_first_sentence_is_kept_and_apologised_for_and_one_thing_is_asked():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    assert chat.slots["description"] == "热水器漏水"
    assert chat.said == ["utter_quality_complaint_opening"]
    assert chat.outcome.requested == "purchase_date"


def test_what_is_told_at_once_is_not_asked_for():
    chat = Conversation(QUALITY)
    chat.begin(everything_but())
    assert chat.outcome.requested == "confirmation"


@pytest.mark.parametrize(
    ("missing", "asked"),
    [
        ("product", "product"),
        ("purchase_date", "purchase_date"),
        ("demand", "demand"),
        ("person_name", "customer_name"),
        ("phone", "phone"),
    ],
)
def test_only_what_is_left_is_asked(missing, asked):
    chat = Conversation(QUALITY)
    chat.begin(everything_but(missing))
    assert chat.outcome.requested == asked


def test_an_address_is_asked_for_when_somebody_may_come():
    chat = Conversation(QUALITY)
    chat.begin(everything_but("demand"))
    chat.say(turn("换货", demand="exchange"))
    assert chat.outcome.requested == "address"


def test_a_bare_opening_is_no_description():
    chat = Conversation(QUALITY)
    chat.begin(turn("产品有问题", "quality_complaint"))
    assert chat.slots.get("description") is None
    assert chat.said == ["utter_quality_complaint_opening_bare"]
    chat.say(turn("热水器", product="热水器"))
    chat.say(turn("一开就漏水", "quality_complaint", fault="漏水"))
    assert chat.slots["description"] == "一开就漏水"
    assert chat.slots["fault"] == "漏水"


def test_yes_files_and_no_asks_what_to_change():
    chat = Conversation(QUALITY)
    chat.begin(everything_but())
    chat.say(turn("不对", "deny"))
    assert chat.outcome.requested == "change_item"
    chat.say(turn("购买时间"))
    assert chat.outcome.requested == "purchase_date"
    assert chat.slots["purchase_date"] == "2025-11-11"
    chat.say(turn("前年", purchase_date="2024-01-01"))
    assert (chat.slots["purchase_date"], chat.slots["purchase_words"]) == ("2024-01-01", "")
    chat.say(turn("对，就这样", "affirm"))
    assert chat.outcome.ending is Ending.FILE


def test_a_correction_at_the_summary_replaces_the_value_and_is_summed_up_again():
    chat = Conversation(QUALITY)
    chat.begin(everything_but())
    chat.say(turn("电话不对，是13900000001", "correct", phone="13900000001"))
    assert chat.slots["phone"] == "13900000001"
    assert chat.outcome.requested == "confirmation"


def test_what_is_asked_again_is_kept_when_no_better_answer_comes():
    chat = Conversation(QUALITY)
    chat.begin(everything_but())
    chat.say(turn("电话错了", "correct"))
    assert chat.outcome.requested == "phone"
    chat.say(turn("算了就这样", "skip"))
    assert chat.slots["phone"] == "13812345678"
    assert chat.outcome.requested == "confirmation"


def test_the_last_digits_can_be_corrected():
    chat = Conversation(QUALITY)
    chat.begin(everything_but())
    chat.say(turn("电话最后一位是9", "correct"))
    assert chat.slots["phone"] == "13812345679"
    assert chat.outcome.requested == "confirmation"


def test_a_customer_who_wants_to_submit_is_spared_the_rest():
    chat = Conversation(QUALITY)
    chat.begin(everything_but("purchase_date", "shop", "demand", "person_name"))
    chat.say(turn("确认提交", "affirm"))
    assert chat.outcome.requested == "confirmation"
    assert chat.slots["demand"] == "handle"


def test_giving_up_must_be_certain():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("你们是不是不想管了", "cancel", 0.6))
    assert chat.outcome.ending is None


def test_not_this_but_that():
    chat = Conversation(QUALITY)
    chat.begin(everything_but())
    chat.say(turn("不是热水器，是洗衣机", "correct", product=("热水器", "洗衣机")))
    assert chat.slots["product"] == "洗衣机"


def test_a_correction_in_the_middle():
    chat = Conversation(QUALITY)
    chat.begin(everything_but("phone", "person_name"))
    chat.say(turn("不对，是前年买的", "correct", purchase_date="2024-05-01"))
    assert chat.slots["purchase_date"] == "2024-05-01"
    assert chat.outcome.requested == "customer_name"


def test_what_is_known_is_not_overwritten_in_passing():
    chat = Conversation(QUALITY)
    chat.begin(everything_but("phone"))
    chat.say(turn("我淘宝也买过", shop="淘宝"))
    assert chat.slots["purchase_place"] == "京东"


def test_the_phone_is_asked_for_again_once_refused_and_left_out_when_refused_twice():
    chat = Conversation(QUALITY)
    chat.begin(everything_but("phone"))
    chat.say(turn("不方便说", "skip"))
    assert chat.said == ["utter_phone_wanted"]
    assert chat.outcome.requested == "phone"
    chat.say(turn("不方便说", "skip"))
    assert "utter_phone_left_out" in chat.said
    assert chat.outcome.requested == "confirmation"


def test_a_wrong_number_is_explained_even_when_it_looks_like_an_order():
    chat = Conversation(QUALITY)
    chat.begin(everything_but("phone"))
    chat.say(turn("138123456789", order_number="138123456789"))
    assert chat.said == ["utter_phone_too_long"]
    assert chat.slots.get("order_number") is None


def test_the_future_is_refused():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("2099-01-01", purchase_date="2099-01-01"))
    assert chat.said == ["utter_invalid_date"]
    assert chat.slots.get("purchase_date") is None


def test_demand_in_free_words_is_kept():
    chat = Conversation(QUALITY)
    chat.begin(everything_but("demand"))
    chat.say(turn("我要你们老总亲自来", "service_complaint"))
    assert (chat.slots["demand"], chat.slots["demand_words"]) == ("handle", "我要你们老总亲自来")


def test_a_question_in_the_middle_is_noted_and_the_form_goes_on():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("保修多久", "warranty_inquiry"))
    assert chat.said == ["utter_side_question"]
    assert chat.outcome.requested == "purchase_date"
    assert chat.outcome.state.questions == ("保修多久",)


def test_more_of_the_story_goes_into_the_description():
    chat = Conversation(QUALITY)
    chat.begin(everything_but())
    chat.say(turn("你们客服态度也很差", "service_complaint"))
    assert chat.slots["description"].endswith("\n你们客服态度也很差")
    assert chat.outcome.state.secondary_kind == "service_complaint"
    assert chat.outcome.requested == "confirmation"


def test_another_product_waits_for_its_own_ticket():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("还有冰箱也不制冷", "quality_complaint", product="冰箱", fault="不制冷"))
    assert chat.said == ["utter_noted_second"]
    assert chat.slots["product"] == "热水器"
    assert chat.outcome.state.waiting[0]["text"] == "还有冰箱也不制冷"


def test_cancel_files_nothing():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("算了不投诉了", "cancel"))
    assert chat.outcome.ending is Ending.CANCEL
    assert chat.said == ["utter_cancelled"]


def test_a_person_is_given_all_that_was_told_and_only_the_phone_is_asked():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("转人工", "human_request"))
    assert chat.outcome.requested == "phone"
    chat.say(turn("13812345678", phone="13812345678"))
    assert chat.outcome.ending is Ending.FILE
    assert chat.outcome.state.signals.wants_human


def test_a_hazard_comes_before_everything_and_is_filed_without_a_summary():
    chat = Conversation(QUALITY)
    chat.begin(turn("热水器冒烟", "quality_complaint", signals=Signals(hazard=True, hazard_kind="smoke")))
    assert chat.said == ["utter_hazard_smoke", "utter_hazard_urgent"]
    assert chat.outcome.requested == "phone"
    chat.say(turn("13812345678", phone="13812345678"))
    assert chat.outcome.ending is Ending.FILE


def test_somebody_in_danger_is_asked_for_nothing_that_is_known():
    chat = Conversation(QUALITY)
    smoke = Signals(hazard=True, hazard_kind="smoke")
    chat.begin(turn("冒烟了，电话13812345678", "quality_complaint", signals=smoke, phone="13812345678"))
    assert chat.said == ["utter_hazard_smoke", "utter_hazard_urgent"]
    assert chat.outcome.ending is Ending.FILE


def test_somebody_in_danger_is_asked_for_the_phone_twice_and_no_more():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("漏电了", "other", signals=Signals(hazard=True, hazard_kind="electric")))
    assert chat.said[0] == "utter_hazard_electric"
    assert chat.outcome.requested == "phone"
    chat.say(turn("我去拉闸", "other"))
    assert (chat.said, chat.outcome.requested) == (["utter_hazard_heard"], "phone")
    chat.say(turn("已经断了", "cancel", 0.4, fault="断了"))
    assert chat.outcome.ending is Ending.FILE


def test_what_is_said_of_the_danger_is_no_misunderstanding():
    chat = Conversation(QUALITY)
    chat.begin(turn("插座冒火花", "quality_complaint", fault="冒火花", signals=Signals(hazard=True)))
    chat.say(turn("已经断了", "cancel", 0.4, fault="断了"))
    assert (chat.said, chat.outcome.requested) == (["utter_hazard_heard"], "phone")
    chat.say(turn("13812345678", phone="13812345678"))
    assert (chat.outcome.ending, chat.slots["phone"]) == (Ending.FILE, "13812345678")


def test_a_hazard_in_the_middle_of_something_else():
    chat = Conversation(SUGGESTION)
    chat.begin(turn("建议你们把插头线做长一点，我家不够用", "suggestion"))
    chat.say(turn("哎呀它冒烟了", "other", signals=Signals(hazard=True, hazard_kind="nonsense")))
    assert chat.said[0] == "utter_hazard_other"
    assert "哎呀它冒烟了" in chat.slots["description"]


@pytest.mark.parametrize("spec", [QUALITY, SERVICE, SUGGESTION, HUMAN])
def test_somebody_who_is_never_understood_is_not_kept_for_ever(spec):
    chat = Conversation(spec)
    chat.begin(turn("我有很多很多话要跟你们说一说呢", spec.stem))
    for _turns in range(6):
        if chat.outcome.ending:
            break
        chat.say(turn("？？？", "nlu_fallback", 0.3))
    assert chat.outcome.ending is Ending.FILE


def test_questions_are_never_put_in_the_same_words_twice_running():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    manners = [chat.slots["ask_round"]]
    for words in ("你好", "谢谢", "在吗"):
        chat.say(turn(words, "greet"))
        manners.append(chat.slots["ask_round"])
    assert manners == ["first", "again", "again_2", "again_3"]


def test_the_apology_is_said_once_in_a_conversation():
    first = Conversation(QUALITY)
    first.begin(LEAK)
    second = Conversation(SERVICE, first.outcome.state)
    second.begin(turn("你们客服骂人，太过分了，我要说法", "service_complaint"))
    assert second.said == ["utter_service_complaint_opening_more"]


def test_a_complaint_told_to_the_wrong_form_moves_to_its_own():
    chat = Conversation(SERVICE)
    chat.begin(turn("我要投诉", "service_complaint"))
    chat.say(turn("空调不制冷", "repair_request", product="空调", fault="不制冷"))
    assert chat.outcome.ending is Ending.SWITCH
    assert chat.outcome.state.waiting[0]["intent"]["name"] == "quality_complaint"


def test_somebody_who_asked_for_a_person_and_then_complains_is_taken_down_briefly():
    chat = Conversation(HUMAN)
    chat.begin(turn("转人工", "human_request", signals=Signals(wants_human=True)))
    chat.say(turn("洗衣机漏水把地板泡了", "quality_complaint", product="洗衣机", fault="漏水"))
    assert chat.outcome.ending is Ending.SWITCH
    assert chat.outcome.state.waiting[0]["signals"]["wants_human"]


def test_state_survives_its_slot():
    chat = Conversation(QUALITY, IntakeState(filed=("26112300017",)))
    chat.begin(LEAK)
    chat.say(turn("保修多久", "warranty_inquiry"))
    assert IntakeState.from_slot(chat.outcome.state.to_slot()) == chat.outcome.state


def test_a_message_handed_to_another_form_keeps_the_words_behind_each_value():
    """Else a month that was named would be summed up as its first day."""
    said = turn("我上个月买的热水器漏水", "service_complaint")
    named = replace(said, entities=(Entity("purchase_date", "2026-10-01", "上个月"),))
    assert read_turn(named.to_message(), domain_wording()).entities == named.entities


def test_a_bare_name_answers_no_other_question():
    chat = Conversation(QUALITY)
    chat.begin(
        turn(
            "热水器漏水，去年三月买的",
            "quality_complaint",
            product="热水器",
            fault="漏水",
            phone="13812345678",
            demand="exchange",
            purchase_date="2025-03-01",
            shop="京东",
        )
    )
    chat.say(turn("跳过", "skip"))
    assert chat.outcome.requested == "address"
    chat.say(replace(turn("我姓陈"), entities=(Entity("person_name", "陈", "陈"),)))
    assert chat.slots["customer_name"] == "陈"
    assert not chat.slots.get("address")
    assert chat.outcome.requested == "address"


def test_a_short_suggestion_is_told_and_not_asked_for_again():
    chat = Conversation(SUGGESTION)
    chat.begin(turn("建议你们增加夜间客服", "suggestion"))
    assert chat.slots["description"] == "建议你们增加夜间客服"
    assert chat.outcome.requested == "business_area"


def test_a_serial_number_spares_the_question_for_the_date():
    chat = Conversation(QUALITY)
    chat.begin(
        turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水", serial_number="SN1")
    )
    assert chat.outcome.requested == "demand"


def test_what_is_left_to_us_is_said_so():
    chat = Conversation(QUALITY)
    chat.begin(everything_but("demand"))
    chat.say(turn("随便", "skip"))
    assert chat.said == ["utter_left_to_us"]
    assert chat.slots["demand"] == "handle"


def test_a_wish_for_a_person_is_none_the_less_one_for_what_else_it_seems_to_answer():
    chat = Conversation(RETURN)
    chat.begin(turn("我要退货", "return_exchange", product="热水器", demand="return"))
    assert chat.outcome.requested == "fault"
    wish = turn("查不到你给我转人工", "human_request", signals=Signals(wants_human=True), fault="查不到")
    chat.say(wish)
    assert chat.said == ["utter_human_request_in_form"]
    assert chat.outcome.requested == "phone"


@pytest.mark.parametrize(
    ("asked", "words", "left_out"),
    [
        ("customer_name", "没发票", ()),
        ("phone", "型号我哪知道", ()),
        ("phone", "没有订单号", ("order_number",)),
    ],
)
def test_what_is_lacking_besides_is_no_refusal_of_what_was_asked(asked, words, left_out):
    chat = Conversation(QUALITY)
    known = {"purchase_date": "2025-03-01", "demand": "repair"}
    if asked == "phone":
        known["person_name"] = "王芳"
    chat.begin(turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水", **known))
    while chat.outcome.requested != asked:
        chat.say(turn("跳过", "skip"))
    before = chat.outcome.state.left_out
    chat.say(turn(words, "skip"))
    assert chat.outcome.requested == asked
    assert chat.outcome.state.left_out[len(before) :] == left_out
    assert words in chat.slots["description"]


def test_long_ago_is_an_answer_to_when():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    assert chat.outcome.requested == "purchase_date"
    chat.say(turn("买了好几年了吧 我儿子买的", "other"))
    assert chat.outcome.requested != "purchase_date"
    assert "purchase_date" in chat.outcome.state.left_out
    assert chat.slots["purchase_words"] == "买了好几年了吧 我儿子买的"


def test_who_wants_no_answer_to_a_suggestion_is_not_asked_for_a_number():
    chat = Conversation(SUGGESTION)
    chat.begin(turn("你们APP要是能看见师傅到哪了就好了", "suggestion"))
    assert chat.outcome.requested == "business_area"
    chat.say(turn("不用联系我", "deny"))
    assert chat.outcome.requested in {"confirmation", None}
    assert "phone" in chat.outcome.state.left_out


def test_a_fact_that_was_not_asked_for_is_kept():
    chat = Conversation(QUALITY)
    chat.begin(replace(LEAK, signals=Signals(wants_human=True)))
    assert chat.outcome.requested == "phone"
    chat.say(turn("下周六上午", "inform"))
    assert chat.said == ["utter_noted_more"]
    assert "下周六上午" in chat.slots["description"]


def test_since_when_it_is_so_is_not_when_it_was_bought():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("就上礼拜开始的", "inform", purchase_date="2026-11-16"))
    assert chat.slots.get("purchase_date") is None
    assert chat.outcome.requested == "purchase_date"
    assert "就上礼拜开始的" in chat.slots["description"]


def test_the_end_of_a_number_put_right_is_no_address():
    chat = Conversation(QUALITY)
    known = {"purchase_date": "2025-03-01", "purchase_place": "京东", "demand": "exchange"}
    phone = {"person_name": "张伟", "phone": "13512345678"}
    told = turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水", **known, **phone)
    chat.begin(told)
    while chat.outcome.requested != "address":
        chat.say(turn("跳过", "skip"))
    chat.say(turn("电话最后一位是9", "correct"))
    assert (chat.slots["phone"], chat.slots.get("address")) == ("13512345679", None)
    assert chat.outcome.requested == "address"
