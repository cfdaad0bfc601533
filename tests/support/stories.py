"""Conversations told as tables: what a customer says to which question, and what the tickets must hold."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tests.support.simulated_customer.questions import asked_besides, asked_in
from tests.support.talk import told_number

MOST_TURNS = 20
ANSWERS = {
    "product": "热水器",
    "model": "不知道",
    "model_choice": "都不是",
    "fault": "一用就滴滴答答漏水，地上全湿了",
    "purchase_date": "2025年3月8日",
    "purchase_place": "京东",
    "order_number": "没有",
    "serial_number": "没有",
    "defective_quantity": "1",
    "demand": "维修",
    "customer_name": "我姓王",
    "phone": "{phone}",
    "address": "苏州市姑苏区人民路100号3幢201室",
    "visit_time": "周六上午",
    "description": "师傅约好上午来，等到天黑也没有人来",
    "incident_time": "昨天下午",
    "incident_place": "不知道",
    "business_area": "产品",
    "related_ticket": "没有工单号",
    "same_matter": "另外登记",
    "person_offered": "继续登记",
    "resumption": "继续",
    "keeping": "继续登记",
    "which_kind": "第一个",
    "change_item": "不用改了",
    "confirmation": "对，就这样",
}
"""What is said to a question, unless the story says otherwise. `{phone}` is the story's own number."""


class Talk(Protocol):
    """A conversation on any channel."""

    def say(self, text: str) -> str: ...

    def tickets(self) -> list[dict]: ...


@dataclass(frozen=True)
class Said:
    """One message and what the reply to it must tell, and must not. `{number}` stands for the ticket's.

    `goes_on`: what is asked then is answered by meaning, as after the opening. `files` is how many tickets
    there are afterwards.
    """

    text: str
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    goes_on: bool = False
    files: int | None = None


@dataclass(frozen=True)
class Story:
    """A conversation. It begins with `opening`; questions are answered by meaning until a ticket is told of.

    `instead` is what is said, one after the other, to a question in place of the answer. `then` follows when
    nothing is asked any more. `ticket` is what the first ticket must hold by path (`details.product`): a
    value, or a pattern that must be found. `second` is the same of the second ticket. `verbatim` are words
    that the description must hold as they are, the opening anyway. `turns` is the most there may be after the
    opening.
    """

    name: str
    opening: str
    answers: Mapping[str, str] = field(default_factory=dict)
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    then: tuple[Said, ...] = ()
    ticket: Mapping[str, object] = field(default_factory=dict)
    second: Mapping[str, object] = field(default_factory=dict)
    tickets: int = 1
    verbatim: tuple[str, ...] = ()
    bare: bool = False
    """The opening only names the matter and need not be on the ticket."""
    asks: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    """Questions that come once."""
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    turns: int | None = None
    answered: bool = False
    """The first reply answers, and nothing more is said to it."""

    @property
    def phone(self) -> str:
        digits = int(hashlib.sha256(f"{self.name}{self.opening}".encode()).hexdigest(), 16) % 10**8
        return f"138{digits:08}"


@dataclass
class Played:
    """What was said and asked, and the tickets there were in the end."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    tickets: list[dict] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        said = "\n".join(f"> {text}\n    {reply}".replace("\n", "\n    ") for text, reply in self.lines)
        return f"{said}\n{self.problems}\n{self.tickets}"


class Player:
    """Plays one story."""

    def __init__(self, story: Story, talk: Talk) -> None:
        self._story = story
        self._talk = talk
        self._left = {slot: list(texts) for slot, texts in story.instead.items()}
        self.played = Played()

    def play(self) -> Played:
        reply = self._say(self._story.opening)
        if not self._story.answered:
            self._go_on(reply)
        for step in self._story.then:
            self._follow(step)
        self.played.tickets = sorted(self._talk.tickets(), key=lambda ticket: ticket["number"])
        return self.played

    def _go_on(self, reply: str) -> None:
        for _ in range(MOST_TURNS):
            text = self._answer(reply)
            if text is None:
                break
            reply = self._say(text)

    def _say(self, text: str) -> str:
        filled = self._filled(text)
        reply = self._talk.say(filled)
        self.played.lines.append((filled, reply))
        number = told_number(reply)
        if number and number not in self.played.numbers:
            self.played.numbers.append(number)
        asked = asked_in(reply)
        if asked:
            self.played.asked += [asked, *asked_besides(reply, asked)]
        return reply

    def _filled(self, text: str) -> str:
        number = self.played.numbers[-1] if self.played.numbers else ""
        phone = self._story.phone
        filled = text.replace("{number}", number).replace("{phone}", phone)
        return filled.replace("{last4}", phone[-4:])

    def _answer(self, reply: str) -> str | None:
        asked = asked_in(reply)
        if asked is None or asked == "anything_else":
            return None
        if self._left.get(asked):
            return self._left[asked].pop(0)
        answers = {**ANSWERS, **self._story.answers}
        if asked not in answers:
            self.played.problems.append(f"unexpected question: {asked}")
            return None
        besides = [answers[slot] for slot in asked_besides(reply, asked) if slot not in self._story.instead]
        return "，".join([answers[asked], *besides])

    def _follow(self, step: Said) -> None:
        reply = self._say(step.text)
        for words in step.told:
            if not re.search(self._filled(words), reply.replace(" ", "")):
                self.played.problems.append(f"{step.text}: not told {words}")
        for words in step.untold:
            if re.search(self._filled(words), reply):
                self.played.problems.append(f"{step.text}: told {words}")
        if step.goes_on:
            self._go_on(reply)
        if step.files is not None and len(self._talk.tickets()) != step.files:
            self.played.problems.append(f"{step.text}: {len(self._talk.tickets())} tickets")


def check(story: Story, played: Played) -> None:
    """Compare what came of a story with what had to."""
    problems = [*played.problems, *_of_the_talk(story, played)]
    if len(played.tickets) != story.tickets:
        problems.append(f"{len(played.tickets)} tickets")
    wanted = (_defaults(story) | dict(story.ticket), story.second)
    for ticket, expected in zip(played.tickets, wanted, strict=False):
        problems += _of_the_ticket(ticket, expected, story.phone)
    verbatim = (*(() if story.bare or not story.tickets else (story.opening,)), *story.verbatim)
    told = "\n".join(ticket["description"] for ticket in played.tickets)
    problems += [
        f"not verbatim: {words}" for words in verbatim if words.replace("{phone}", story.phone) not in told
    ]
    assert not problems, f"{problems}\n{played}"


def _defaults(story: Story) -> dict[str, object]:
    return {"contact.phone": story.phone, "hazard": False} if story.tickets else {}


def _of_the_talk(story: Story, played: Played) -> list[str]:
    replies = "\n".join(reply for _, reply in played.lines)
    problems = [f"not asked: {slot}" for slot in story.asks if slot not in played.asked]
    problems += [f"asked: {slot}" for slot in story.not_asked if slot in played.asked]
    problems += [
        f"asked {played.asked.count(slot)} times: {slot}"
        for slot in story.once
        if played.asked.count(slot) != 1
    ]
    problems += [f"not said: {words}" for words in story.says if not re.search(words, replies)]
    problems += [f"said: {words}" for words in story.never_says if re.search(words, replies)]
    problems += [f"nothing said to {text}" for text, reply in played.lines if not reply.strip()]
    if story.turns is not None and len(played.lines) - 1 > story.turns:
        problems.append(f"{len(played.lines) - 1} turns")
    return problems


def _of_the_ticket(ticket: dict, expected: Mapping[str, object], phone: str) -> list[str]:
    problems = []
    for path, wanted in expected.items():
        found: object = ticket
        for part in path.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        right = wanted.replace("{phone}", phone) if isinstance(wanted, str) else wanted
        matches = bool(right.search(str(found))) if isinstance(right, re.Pattern) else found == right
        if not matches:
            problems.append(f"{path}: {found!r} instead of {wanted!r}")
    return problems
