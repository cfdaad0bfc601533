"""How a customer talks: how much at once, how vaguely, with what on the way."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Mood:
    """Shares of customers or of turns, from 0 to 1.

    `told_at_once`: of each fact, that it is in the opening already. `two_facts`: of answers, that they bring
    another fact. `digresses`, `corrects`, `confused`, `vents`: of conversations, that it happens once.
    `unpunctuated`: of messages. `slips`: of openings, that a word is written with another character.
    `bare`: of answers, the thing alone rather than a sentence.
    """

    name: str
    told_at_once: float = 0.25
    two_facts: float = 0.1
    digresses: float = 0.15
    corrects: float = 0.15
    confused: float = 0.0
    vents: float = 0.0
    unpunctuated: float = 0.1
    slips: float = 0.05
    bare: float = 0.5


MOODS = (
    Mood("calm"),
    Mood("terse", told_at_once=0.05, two_facts=0.0, digresses=0.05, unpunctuated=0.8, bare=1.0),
    Mood("chatty", told_at_once=0.5, two_facts=0.3, digresses=0.4, bare=0.1),
    Mood("angry", told_at_once=0.3, digresses=0.1, vents=0.6, unpunctuated=0.3),
    Mood("confused", told_at_once=0.15, corrects=0.4, confused=0.7, digresses=0.3, slips=0.15),
)
SHARES = (35, 20, 20, 12, 13)

SLIPS = {
    "热水器": "热水汽",
    "空调": "空凋",
    "漏水": "漏睡",
    "制冷": "治冷",
    "洗衣机": "洗衣鸡",
    "师傅": "师付",
    "态度": "太度",
    "建议": "建意",
    "客服": "客伏",
}


def draw_mood(rng: random.Random) -> Mood:
    """A mood by its share."""
    return rng.choices(MOODS, SHARES)[0]


def written(text: str, mood: Mood, rng: random.Random) -> str:
    """The text as somebody in this mood types it."""
    if rng.random() >= mood.unpunctuated:
        return text
    return text.replace("，", rng.choice((" ", ""))).replace("。", " ").replace("！", "").strip()


def with_slip(text: str, mood: Mood, rng: random.Random) -> str:
    """The text with one word written with another character of the same sound, sometimes."""
    possible = [word for word in SLIPS if word in text]
    if not possible or rng.random() >= mood.slips:
        return text
    word = rng.choice(possible)
    return text.replace(word, SLIPS[word], 1)
