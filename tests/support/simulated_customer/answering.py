"""What a customer says to a question: from the goal, in the manner of the mood."""

from tests.support.simulated_customer.facts import Fact
from tests.support.simulated_customer.moods import written
from tests.support.simulated_customer.persona import Persona
from tests.support.simulated_customer.questions import titles

DECLINING = {
    "purchase_date": ("不记得了", "忘了", "记不清了"),
    "purchase_place": ("跳过", "记不清在哪买的了", "忘了"),
    "customer_name": ("不方便说", "不想说"),
    "address": ("跳过", "先不留了"),
}
BOTH_ANSWERED = 0.8
"""Share of questions for two things of which both are answered."""

UNKNOWN = ("不知道", "跳过", "不清楚")
PUZZLED = ("啊？什么意思", "你说啥", "没听明白，再说一遍")
VENTING = ("你们到底行不行啊，烦死了", "问问问，就知道问！", "真是服了你们了")
CORRECTING = {
    "phone": ("电话说错了，是{}", "不对，电话应该是{}", "号码不对，改成{}"),
    "purchase_date": ("不对，是{}买的", "我记错了，应该是{}买的"),
    "customer_name": ("我姓错打了，{}", "称呼改一下，{}"),
    "demand": ("我改主意了，{}", "不对，我是要{}"),
    "purchase_place": ("不对，是在{}买的", "说错了，是{}买的"),
}
READING = {"quality_complaint": "产品有问题", "service_complaint": "投诉服务", "suggestion": "提建议"}
READING |= {"repair_request": "报修", "return_exchange": "退换货", "human_request": "转人工"}


class Memory:
    """What this customer has told so far, and what has been done on the way."""

    def __init__(self, persona: Persona) -> None:
        self.persona = persona
        self.told: dict[str, Fact] = {slot: persona.goal.facts[slot] for slot in persona.told_first}
        self.to_correct: list[str] = []
        self.questions = 0
        self.own_turns = 0
        self.refused: set[str] = set()
        self.digressed = self.vented = self.puzzled = False

    def expected(self) -> dict[str, Fact]:
        """What the ticket must hold."""
        return dict(self.told)


def answer(memory: Memory, asked: str, besides: tuple[str, ...] = ()) -> str:
    """What is said to a question, and to what it asks `besides`."""
    memory.questions += 1
    said = _on_the_way(memory, asked)
    if said is not None:
        memory.own_turns += 1
        return said
    if asked == "confirmation":
        return _confirming(memory)
    other = _to_a_prompt(memory, asked)
    return other if other is not None else _to_a_slot(memory, asked, besides)


def _on_the_way(memory: Memory, asked: str) -> str | None:
    """Something else than the answer: a correction, a question of one's own, anger, or a puzzled look."""
    persona, rng = memory.persona, memory.persona.rng
    if memory.to_correct and (asked == "confirmation" or not persona.corrects_late):
        slot = memory.to_correct.pop()
        fact = persona.goal.facts[slot]
        memory.told[slot] = fact
        return rng.choice(CORRECTING[slot]).format(_corrected(fact))
    if persona.digression and not memory.digressed and memory.questions >= persona.digresses_at:
        memory.digressed = True
        return written(persona.digression, persona.mood, rng)
    if persona.vents_at and not memory.vented and memory.questions >= persona.vents_at:
        memory.vented = True
        return rng.choice(VENTING)
    if persona.confused_at and not memory.puzzled and memory.questions >= persona.confused_at:
        memory.puzzled = True
        return rng.choice(PUZZLED)
    return None


def _corrected(fact: Fact) -> str:
    return fact.alone if fact.slot == "phone" else fact.words


def _confirming(memory: Memory) -> str:
    rng = memory.persona.rng
    return rng.choice((*titles("utter_choice_confirm")[:4], "对的", "没问题", "可以", "嗯，对"))


def _to_a_prompt(memory: Memory, asked: str) -> str | None:
    goal = memory.persona.goal
    if asked in {"which_kind", "what_is_it", "which_question"}:
        return READING[goal.kind]
    fixed = {
        "same_matter": "另外登记",
        "person_offered": "继续登记",
        "change_item": "不用改了",
        "resumption": "继续",
        "keeping": "继续登记",
        "model_choice": "都不是",
    }
    return fixed.get(asked)


def _to_a_slot(memory: Memory, asked: str, besides: tuple[str, ...]) -> str:
    persona, rng = memory.persona, memory.persona.rng
    fact = memory.persona.goal.facts.get(asked)
    if fact is None or asked in persona.goal.declined:
        memory.refused.add(asked)
        return rng.choice(DECLINING.get(asked, UNKNOWN))
    if asked in persona.mistaken and asked not in memory.told:
        fact = persona.mistaken[asked]
        memory.to_correct.append(asked)
    memory.told[asked] = fact
    said = fact.answer if rng.random() < persona.mood.bare else _sentence(fact)
    both = "".join(_besides(memory, slot) for slot in besides if rng.random() < BOTH_ANSWERED)
    more = _another(memory) if not both and rng.random() < persona.mood.two_facts else ""
    return written(f"{said}{both}{more}", persona.mood, rng)


def _besides(memory: Memory, slot: str) -> str:
    """The answer to the second thing that a question asks."""
    goal = memory.persona.goal
    if slot in {*memory.told, *goal.declined, *memory.persona.mistaken} or slot not in goal.facts:
        return ""
    memory.told[slot] = goal.facts[slot]
    return f"，{goal.facts[slot].answer}"


def _sentence(fact: Fact) -> str:
    if fact.slot == "product":
        return f"是{fact.words}"
    return f"我家地址是{fact.alone}" if fact.slot == "address" else fact.words


def _another(memory: Memory) -> str:
    """One more thing that has not been told."""
    goal = memory.persona.goal
    left = [
        slot
        for slot in ("customer_name", "phone", "demand")
        if slot in goal.needed and slot in goal.facts
        if slot not in {*memory.told, *goal.declined, *memory.persona.mistaken}
    ]
    if not left:
        return ""
    slot = memory.persona.rng.choice(left)
    memory.told[slot] = goal.facts[slot]
    return f"，{goal.facts[slot].words}"
