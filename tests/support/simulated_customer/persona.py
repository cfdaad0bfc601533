"""One customer: a goal, a mood, and what will happen on the way; everything drawn from one seed."""

import random
from dataclasses import dataclass, field
from datetime import date

from tests.support.simulated_customer.facts import Fact
from tests.support.simulated_customer.goals import DEMANDS, WANTED, Goal, draw_goal
from tests.support.simulated_customer.moods import Mood, draw_mood
from tests.support.simulated_customer.times import drawn_purchase

VOLUNTEERED = ("model", "order_number")
NEVER_FIRST = ("business_area", "visit_time")
PRODUCT_AT_ONCE = 0.75
CORRECTABLE = ("phone", "purchase_date", "customer_name", "demand", "purchase_place")
DIGRESSIONS = (
    "对了，你们保修期是多久？",
    "上门要不要收费的？",
    "你们几点下班啊？",
    "能开发票吗？",
    "修一般要等几天？",
)


@dataclass
class Persona:
    """A customer. `mistaken` is what is first told wrongly, by slot, and corrected in the next message, or
    in the summary if `corrects_late`; `digression` is asked instead of an answer to the `digresses_at`-th
    question; `vents_at` and `confused_at` likewise.
    """

    seed: int
    rng: random.Random
    goal: Goal
    mood: Mood
    told_first: frozenset[str]
    mistaken: dict[str, Fact] = field(default_factory=dict)
    corrects_late: bool = False
    digression: str | None = None
    digresses_at: int = 0
    vents_at: int = 0
    confused_at: int = 0


def draw_persona(seed: int, today: date) -> Persona:
    """The customer of a seed: the same every time on the same day."""
    rng = random.Random(seed)
    goal, mood = draw_goal(rng, today), draw_mood(rng)
    mistaken = _mistake(rng, goal, today) if rng.random() < mood.corrects else {}
    told_first = {
        slot
        for slot in goal.facts
        if slot in {*goal.needed, *VOLUNTEERED}
        and slot not in {*goal.declined, *mistaken, *NEVER_FIRST}
        and rng.random() < (PRODUCT_AT_ONCE if slot == "product" else mood.told_at_once)
    }
    persona = Persona(seed, rng, goal, mood, frozenset(told_first | _essential(goal)), mistaken)
    persona.corrects_late = rng.random() < 0.5
    if rng.random() < mood.digresses:
        persona.digression, persona.digresses_at = rng.choice(DIGRESSIONS), rng.randint(1, 4)
    persona.vents_at = rng.randint(1, 3) if rng.random() < mood.vents else 0
    persona.confused_at = rng.randint(1, 3) if rng.random() < mood.confused else 0
    return persona


def _essential(goal: Goal) -> set[str]:
    """What even the tersest says first, so that it can be understood what it is about."""
    if goal.kind == "human_request":
        return set()
    if goal.kind in {"service_complaint", "suggestion"}:
        return {"description"}
    return {"demand"} if goal.kind == "return_exchange" else {"fault"}


def _mistake(rng: random.Random, goal: Goal, today: date) -> dict[str, Fact]:
    possible = [
        slot
        for slot in CORRECTABLE
        if slot in goal.needed and slot in goal.facts and slot not in goal.declined
    ]
    slot = rng.choice(possible)
    right = goal.facts[slot]
    wrong = _wrong(rng, slot, right, goal, today)
    return {slot: wrong} if wrong.held != right.held else {}


def _wrong(rng: random.Random, slot: str, right: Fact, goal: Goal, today: date) -> Fact:
    if slot == "phone":
        held = right.held[:-1] + str((int(right.held[-1]) + 3) % 10)
        return Fact(slot, f"电话{held}", held, alone=held)
    if slot == "purchase_date":
        return drawn_purchase(rng, today)
    if slot == "customer_name":
        return Fact(slot, "我姓孔", "孔", how="within")
    if slot == "demand":
        demand = rng.choice(WANTED[goal.kind])
        return Fact(slot, DEMANDS[demand][0], demand)
    return Fact(slot, "当当网", "当当", alone="当当网买的", how="within")
