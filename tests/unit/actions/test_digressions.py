"""Questions and other matters in the middle of a form."""

from dataclasses import replace

from actions.faq_answers import answer
from actions.faq_finding import FaqFinding
from actions.quality_complaint import SPEC as QUALITY
from tests.unit.actions.support import Conversation, turn

LEAK = turn("热水器漏水", "quality_complaint", product="热水器", fault="漏水")


def question(text, entry=None, intent="consultation", **how):
    found = FaqFinding(topic="hours", candidates=((entry, 0.9),), sure=True) if entry else FaqFinding()
    return replace(turn(text, intent, **how), faq=found)


def test_a_question_is_answered_and_the_form_goes_on_in_other_words():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(question("你们几点下班", "return_how"))
    (saying,) = chat.outcome.says
    assert saying.response == "utter_side_answer"
    assert saying.variables == {"text": answer("return_how")}
    assert (chat.outcome.requested, chat.slots["ask_round"]) == ("purchase_date", "again")
    assert chat.outcome.state.questions == ()


def test_a_question_that_the_intent_did_not_see_is_answered_too():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(question("退货咋弄", "return_how", "nlu_fallback", confidence=0.3))
    assert chat.said == ["utter_side_answer"]


def test_what_cannot_be_answered_is_noted_for_the_person():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(question("你们老板叫什么"))
    assert chat.said == ["utter_side_question"]
    assert chat.outcome.state.questions == ("你们老板叫什么",)


def test_where_the_warranty_stands_is_left_to_the_backend_once_it_can_be_decided():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("去年", purchase_date="2025"))
    chat.say(question("那还保修吗", intent="warranty_inquiry"))
    assert chat.outcome.asks_warranty
    assert chat.outcome.state.questions == ()


def test_several_questions_in_a_row_are_not_left_to_a_person_at_once():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    for words in ("退货咋弄", "几天能退", "谁出运费"):
        chat.say(question(words, "return_how"))
    assert chat.outcome.state.mode == "full"


def test_another_product_with_a_fault_waits_for_its_own_ticket_whatever_the_intent():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("还有冰箱也不制冷", "inform", product="冰箱", fault="不制冷"))
    assert chat.said == ["utter_noted_second"]
    assert chat.outcome.state.waiting[0]["intent"]["name"] == "quality_complaint"


def test_what_is_called_another_matter_becomes_one():
    chat = Conversation(QUALITY)
    chat.begin(LEAK)
    chat.say(turn("还有一件事，你们客服接电话态度特别差", "service_complaint"))
    assert chat.said == ["utter_noted_second"]
    assert chat.outcome.state.waiting[0]["intent"]["name"] == "service_complaint"
    assert chat.outcome.state.secondary_kind is None


def test_what_a_machine_washes_or_keeps_is_no_other_matter():
    chat = Conversation(QUALITY)
    chat.begin(turn("洗衣机罢工了", "quality_complaint", product="洗衣机", fault="罢工"))
    more = turn("显示E3，衣服还泡在里头", "quality_complaint", 0.99, product="衣服", fault="显示E3")
    chat.say(more)
    assert chat.outcome.state.waiting == ()
    assert "utter_noted_second" not in chat.said
    assert "衣服还泡在里头" in chat.slots["description"]


def test_another_matter_is_left_to_the_person_who_takes_over():
    chat = Conversation(QUALITY)
    chat.begin(turn("洗衣机罢工了", "quality_complaint", product="洗衣机", fault="罢工"))
    chat.say(turn("冰箱也不制冷", "quality_complaint", product="冰箱", fault="不制冷"))
    assert [each["text"] for each in chat.outcome.state.waiting] == ["冰箱也不制冷"]
    chat.outcome.take_in_what_waits()
    assert chat.outcome.state.waiting == ()
    assert chat.outcome.slots["description"].splitlines()[-1] == "冰箱也不制冷"
