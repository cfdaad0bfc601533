"""What the backend knows is told in passing, once, and never stands in the way."""

import asyncio
from dataclasses import dataclass, field

from actions.backend_answers import RegisterAnswer
from actions.backend_client import BackendClient, BackendError
from actions.informing import PATIENCE_SECONDS, inform
from actions.quality_complaint import SPEC as QUALITY
from tests.unit.actions.support import TODAY, Conversation, turn


@dataclass(frozen=True)
class Decided:
    family: str | None = "water_heater"
    state: str = "in"

    def told(self, *, spoken):
        return "还在保修期内" if not spoken else "还在保"


@dataclass(frozen=True)
class Register(BackendClient):
    base_url: str = ""
    token: str = ""
    alike: tuple[str, ...] = ()
    down: bool = False
    asked: list = field(default_factory=list)

    async def register_lookup(self, query):
        return await self._answer(("model", query["model"]), RegisterAnswer(False, False, self.alike))

    async def warranty_decision(self, facts):
        return await self._answer(("warranty", facts.get("purchase_date")), Decided())

    async def _answer(self, what, answer):
        assert self.timeout_seconds == PATIENCE_SECONDS
        self.asked.append(what)
        if self.down:
            raise BackendError("down")
        return answer


def informed(chat, client, message):
    asyncio.run(inform(chat.spec, chat.outcome, message, TODAY, client))
    return chat.said


def test_the_warranty_is_told_once_as_soon_as_product_and_date_are_known():
    chat, register = Conversation(QUALITY), Register()
    opening = turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", fault="漏水")
    chat.begin(opening)
    assert informed(chat, register, opening) == ["utter_quality_complaint_opening"]
    answer = turn("2025年3月5日", purchase_date="2025-03-05")
    chat.say(answer)
    assert "utter_warranty_told" in informed(chat, register, answer)
    again = turn("换货", demand="exchange")
    chat.say(again)
    assert informed(chat, register, again) == []
    assert register.asked == [("warranty", "2025-03-05")]


def test_a_corrected_date_is_news():
    chat, register = Conversation(QUALITY), Register()
    opening = turn("热水器漏水", "quality_complaint", product="热水器", purchase_date="2025-03-05")
    chat.begin(opening)
    informed(chat, register, opening)
    changed = turn("不对，是2024年3月5日", "correct", purchase_date="2024-03-05")
    chat.say(changed)
    assert "utter_warranty_told" in informed(chat, register, changed)


def test_a_backend_that_does_not_answer_costs_only_the_remark():
    chat, register = Conversation(QUALITY), Register(down=True)
    opening = turn(
        "热水器JSQ30漏水", "quality_complaint", product="热水器", model="JSQ30", purchase_date="2025-03-05"
    )
    chat.begin(opening)
    asked = chat.outcome.requested
    assert informed(chat, register, opening)[:1] == ["utter_quality_complaint_opening"]
    assert "utter_warranty_told" not in chat.said
    assert chat.outcome.requested == asked


def test_a_question_about_the_warranty_that_nobody_can_answer_is_noted():
    chat, register = Conversation(QUALITY), Register(down=True)
    chat.begin(turn("热水器漏水", "quality_complaint", product="热水器", purchase_date="2025-03-05"))
    ask = turn("那还保修吗", "warranty_inquiry")
    chat.say(ask)
    assert informed(chat, register, ask) == ["utter_side_question"]
    assert chat.outcome.state.questions == ("那还保修吗",)


def model_asked(alike):
    chat = Conversation(QUALITY)
    opening = turn("热水器漏水漏得厉害", "quality_complaint", product="热水器", model="JSQ30", fault="漏水")
    chat.begin(opening)
    informed(chat, Register(alike=alike), opening)
    return chat


def test_models_near_to_one_that_is_not_on_record_are_offered_once():
    chat = model_asked(("JSQ30-16E", "JSQ30-12D"))
    assert chat.outcome.requested == "model_choice"
    assert chat.outcome.state.models == ("JSQ30-16E", "JSQ30-12D")
    chat.say(turn("jsq30-16e", "inform"))
    assert chat.slots["model"] == "JSQ30-16E"
    assert (chat.outcome.requested, chat.slots["ask_round"]) == ("purchase_date", "first")
    register = Register(alike=("JSQ30-12D",))
    informed(chat, register, turn("jsq30-16e"))
    assert register.asked == []


def test_none_of_them_keeps_what_was_told():
    chat = model_asked(("JSQ30-16E", "JSQ30-12D"))
    chat.say(turn("都不是", "deny"))
    assert chat.slots["model"] == "JSQ30"
    assert chat.outcome.requested == "purchase_date"


def test_a_yes_takes_the_only_one():
    chat = model_asked(("JSQ30-16E",))
    chat.say(turn("对", "affirm"))
    assert chat.slots["model"] == "JSQ30-16E"


def test_the_choice_never_stands_in_the_way():
    chat = model_asked(("JSQ30-16E", "JSQ30-12D"))
    chat.say(turn("2025年3月5日买的", purchase_date="2025-03-05"))
    assert chat.slots["purchase_date"] == "2025-03-05"
    assert chat.outcome.requested == "purchase_place"
