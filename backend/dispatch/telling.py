"""What the customer is told of a service order, through the channel they wrote in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.clock import SHANGHAI
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Sender
from backend.dispatch.commands import OrderStep
from backend.dispatch.fees import FeeLine, Quoted
from backend.dispatch.order_state import OrderState
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording

VOICE_CHANNELS = frozenset({"phone"})
"""Channels in which nothing can be read; there a person says it."""
CUSTOMER_PAGE = "/order"
TOLD_OF = frozenset({OrderStep.DISPATCH, OrderStep.DEPART})


@dataclass(frozen=True, slots=True)
class Said:
    """What a message is filled with."""

    ticket: Ticket
    after: OrderState
    quote: Quoted | None = None
    code: str | None = None
    technician: str | None = None
    public_url: str = ""


async def tell(uow: UnitOfWork, wording: Wording, step: OrderStep, said: Said) -> UUID | None:
    """Store the message that goes with a step, if one does; returns its id.

    Called before the ticket is locked, since conversations are always locked before tickets.
    """
    name = _name(step, said)
    if name is None or said.ticket.channel in VOICE_CHANNELS:
        return None
    if await uow.session.get(Conversation, said.ticket.conversation_id) is None:
        return None
    text = wording.say(name, **_values(wording, said))
    if said.code is not None and said.public_url:
        text += "\n" + wording.say("order_link", link=link(said.public_url, said.code))
    utterance = Utterance(text, Sender.AGENT, wording.quick_replies(name))
    (message,) = await hub.store_utterances(uow, said.ticket.conversation_id, [utterance])
    return message.id


def link(public_url: str, code: str) -> str:
    """Where a customer answers a quote or signs. The code follows the #, so that no server or log sees it."""
    return f"{public_url.rstrip('/')}{CUSTOMER_PAGE}#{code}"


def _name(step: OrderStep, said: Said) -> str | None:
    if said.quote is not None and step is OrderStep.QUOTE:
        return "order_quote"
    if said.code is not None and step in {OrderStep.FIX, OrderStep.RETURN}:
        return "order_sign"
    return f"order_{step}" if step in TOLD_OF else None


def _values(wording: Wording, said: Said) -> dict[str, Any]:
    visit = said.after.visit_at
    values: dict[str, Any] = {
        "number": said.after.number,
        "plan": said.after.plan or "",
        "technician": said.technician or "",
        "visit": visit.astimezone(SHANGHAI).strftime("%m-%d %H:%M") if visit else "",
        "code": said.code or "",
    }
    if said.quote is not None:
        values["lines"] = "\n".join(line_words(wording, line) for line in said.quote.lines)
        values["total"] = yuan(said.quote.total)
    return values


def line_words(wording: Wording, line: FeeLine) -> str:
    """A line of a quote, for people."""
    return wording.say(
        f"fee_{line.kind}",
        name=line.name or "",
        quantity=plain(line.quantity),
        amount=yuan(abs(line.amount)),
    )


def yuan(amount: Decimal) -> str:
    """An amount with its cents."""
    return format(amount, ".2f")


def plain(number: Decimal) -> str:
    """A number without needless zeros."""
    return format(number.normalize(), "f")
