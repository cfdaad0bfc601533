"""One conversation of a simulated customer with the product, and what came of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from tests.support.simulated_customer.answering import Memory, answer
from tests.support.simulated_customer.facts import on_ticket, plain
from tests.support.simulated_customer.opening import opening
from tests.support.simulated_customer.persona import Persona
from tests.support.simulated_customer.questions import asked_besides, asked_in, titles
from tests.support.talk import Chat, told_number

MOST_TURNS = 30
LOOP = 3
"""The same question so often is a loop."""


@dataclass
class Conversation:
    """What was said, and how it ended: `ticket`, `dead_end` (nothing asked, nothing filed), `endless`, or
    `broken` (the product did not answer).

    `asked` are the questions, those aside that only came again because the customer said something else.
    `wrong` is what the ticket holds otherwise than was told; `missing` counts what had to be asked.
    """

    persona: Persona
    lines: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    asked_besides: set[str] = field(default_factory=set)
    ended: str = "endless"
    wrong: dict[str, str] = field(default_factory=dict)
    asked_again: list[str] = field(default_factory=list)
    missing: int = 0
    own_turns: int = 0

    @property
    def turns(self) -> int:
        """Messages after the opening."""
        return len(self.lines) - 1

    @property
    def spare_turns(self) -> int:
        """Turns more than there was to ask, those aside in which the customer did something else."""
        return self.turns - self.own_turns - self.missing

    @property
    def loops(self) -> list[str]:
        return [slot for slot, count in Counter(self.asked).items() if count >= LOOP]

    @property
    def right(self) -> bool:
        return self.ended == "ticket" and not self.wrong

    def transcript(self) -> str:
        persona, goal = self.persona, self.persona.goal
        facts = {slot: fact.held for slot, fact in goal.facts.items()}
        head = (
            f"## seed {persona.seed}: {goal.kind}, {persona.mood.name}, {self.ended}, wrong {self.wrong or '-'}, "
            f"loops {self.loops or '-'}, missing {self.missing}, turns {self.turns}, own {self.own_turns}\n"
            f"knows {facts}; declines {sorted(goal.declined)}; "
            f"mistaken { ({slot: fact.held for slot, fact in persona.mistaken.items()}) }\n"
        )
        said = "\n".join(f"> {text}\n{_indented(reply)}" for text, reply in self.lines)
        return f"{head}{said}\n"


def _indented(reply: str) -> str:
    return "\n".join(f"    {line}" for line in reply.splitlines())


def converse(chat: Chat, persona: Persona) -> Conversation:
    """Talk until there is a ticket or no way on, and judge the ticket."""
    done, memory = Conversation(persona), Memory(persona)
    text = opening(persona)
    told_at_first = set(memory.told)
    interrupted = False
    for _ in range(MOST_TURNS):
        try:
            reply = chat.say(text)
        except httpx.HTTPError as error:
            done.ended, reply = "broken", repr(error)
        done.lines.append((text, reply))
        if done.ended == "broken":
            break
        if told_number(reply):
            done.ended = "ticket"
            break
        asked = asked_in(reply)
        if asked == "anything_else" and interrupted:
            text, interrupted = done.lines[0][0], False
            continue
        if asked is None or asked == "anything_else":
            done.ended = "dead_end"
            break
        besides = asked_besides(reply, asked)
        if asked in memory.told and asked not in memory.to_correct and not interrupted:
            done.asked_again.append(asked)
        if not interrupted:
            done.asked.append(asked)
        done.asked_besides.update(besides)
        before = memory.own_turns
        text = answer(memory, asked, besides)
        interrupted = memory.own_turns > before
    done.own_turns = memory.own_turns
    done.missing = len(_to_find_out(done, memory) - told_at_first)
    if done.ended == "ticket":
        _judge(done, memory, chat.tickets())
    return done


OF_ONE_KIND = {"visit_time", "purchase_place", "address"}
"""Not asked of a matter that may be taken down as another kind; a repair needs no demand besides."""

IN_THE_OPENING = {"description", "fault"}
"""What is told first, sometimes with a slip; then the opening is what counts."""

EXTRA = {"model", "serial_number", "order_number", "defective_quantity", "address"}
"""What may be asked besides, and counts as missing where it was."""


def _to_find_out(done: Conversation, memory: Memory) -> set[str]:
    return set(memory.persona.goal.needed) | (EXTRA & set(done.asked))


def _judge(done: Conversation, memory: Memory, tickets: list[dict]) -> None:
    goal = done.persona.goal
    if len(tickets) != 1:
        done.wrong["tickets"] = str(len(tickets))
        return
    ticket = tickets[0]
    if ticket["kind"] not in goal.ticket_kinds:
        done.wrong["kind"] = str(ticket["kind"])
    if done.lines[0][0] not in ticket["description"]:
        done.wrong["opening"] = ticket["description"]
    if ticket["hazard"]:
        done.wrong["hazard"] = "true"
    for slot, fact in memory.expected().items():
        mistyped = slot in IN_THE_OPENING and plain(fact.words) not in plain(done.lines[0][0])
        if not fact.is_held_by(ticket) and not (mistyped and slot not in done.asked):
            done.wrong[slot] = f"{on_ticket(ticket, slot)} instead of {fact.held}"
    done.wrong |= _never_asked(done, memory, ticket)


def _handing_over() -> tuple[str, ...]:
    """What is said when anger or a threat ends the questions, rightly."""
    return (*titles("utter_hand_over_anger"), *titles("utter_hand_over_threat"))


def _never_asked(done: Conversation, memory: Memory, ticket: Mapping[str, object]) -> dict[str, str]:
    """What had to be found out and was neither told nor asked for."""
    goal = done.persona.goal
    if any(words in reply for _, reply in done.lines for words in _handing_over()):
        return {}
    known = {*memory.told, *done.asked, *done.asked_besides}
    kind = ticket["kind"]
    beside = OF_ONE_KIND | ({"demand"} if kind == "repair_request" else set())
    wanted = [slot for slot in goal.needed if slot not in beside or kind == goal.kind]
    lacking = [slot for slot in wanted if slot not in known and not on_ticket(ticket, slot)]
    if "order_number" in memory.told and "purchase_place" in lacking:
        lacking.remove("purchase_place")
    return dict.fromkeys(lacking, "never asked")
