"""Cards of conversations: many are read at once, with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.channels.telephony.numbers import shown_number
from backend.conversations.models import Conversation, Message, Owner, Sender
from backend.conversations.schemas import MessageOut
from backend.desk.live_schemas import AgentName, Card, CardPage, Counts, CustomerName, View
from backend.desk.veiling import veiled_message
from backend.handover.agents import display_names
from backend.handover.waiting import urgency_rank
from backend.masking import mask_phone, masked_facts
from backend.phone_numbers import e164
from backend.policy.desk import DeskRules
from backend.tickets.models import Ticket

LAST = 3
PHONE_CHANNEL = "phone"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which conversations; `username` is who asks."""

    view: View
    username: str
    group: str | None
    text: str | None
    before: datetime | None
    limit: int


async def page(session: AsyncSession, rules: DeskRules, filters: Filters, now: datetime) -> CardPage:
    """A view's conversations."""
    query = select(Conversation).where(_in_view(filters.view, filters.username, now - rules.active))
    if filters.group:
        query = query.where(Conversation.group_id == filters.group)
    if filters.text and filters.text.strip():
        query = query.where(_speaks_of(filters.text.strip()))
    if filters.before is not None:
        query = query.where(Conversation.updated_at < filters.before)
    query = _ordered(query, filters.view, rules).limit(filters.limit)
    conversations = list(await session.scalars(query))
    counts = {
        view: await _count(session, _in_view(view, filters.username, now - rules.active))
        for view in (View.MINE, View.QUEUE, View.BOT)
    }
    return CardPage(
        items=await cards(session, conversations),
        counts=Counts(mine=counts[View.MINE], queue=counts[View.QUEUE], bot=counts[View.BOT]),
    )


async def cards_of(session: AsyncSession, ids: Sequence[UUID]) -> list[Card]:
    """The cards of these conversations."""
    query = select(Conversation).where(Conversation.id.in_(ids))
    return await cards(session, list(await session.scalars(query)))


async def cards(session: AsyncSession, conversations: Sequence[Conversation]) -> list[Card]:
    """Conversations as cards, in the same order; phone numbers and addresses are hidden in them."""
    if not conversations:
        return []
    ids = [conversation.id for conversation in conversations]
    people = {name for one in conversations for name in (one.agent_username, *one.joined) if name}
    names = await display_names(session, people)
    last, unread = await _last_messages(session, ids), await _unread(session, ids)
    tickets = await _tickets(session, ids)
    return [
        Card(
            id=one.id,
            channel=one.channel,
            owner=Owner(one.owner),
            agent=named(one.agent_username, names),
            joined=[who for who in (named(username, names) for username in one.joined) if who],
            group=one.group_id,
            priority=one.priority,
            waiting_since=one.waiting_since,
            handover_reason=one.handover_reason,
            understanding=one.understanding and masked_facts(one.understanding),
            last_messages=last[one.id],
            last_seq=one.last_seq,
            unread=unread.get(one.id, 0),
            customer=_customer(one, tickets[one.id]),
            tickets=[ticket.number for ticket in tickets[one.id]],
            started_at=one.created_at,
            updated_at=one.updated_at,
            closed_at=one.closed_at,
            version=one.version,
        )
        for one in conversations
    ]


def named(username: str | None, names: dict[str, str]) -> AgentName | None:
    """Somebody by name; by user name if the account is gone."""
    return (username and AgentName(username=username, display_name=names.get(username, username))) or None


def _in_view(view: View, username: str, active_since: datetime) -> ColumnElement[bool]:
    is_open = Conversation.closed_at.is_(None)
    return {
        View.MINE: and_(
            Conversation.owner == Owner.AGENT,
            or_(Conversation.agent_username == username, Conversation.joined.contains([username])),
        ),
        View.QUEUE: Conversation.owner == Owner.QUEUE,
        View.BOT: and_(Conversation.owner == Owner.BOT, is_open, Conversation.updated_at > active_since),
        View.ALL: is_open,
        View.CLOSED: ~is_open,
    }[view]


def _ordered(query: Select[Conversation], view: View, rules: DeskRules) -> Select[Conversation]:
    if view is not View.QUEUE:
        return query.order_by(Conversation.updated_at.desc(), Conversation.id)
    ranks = {group.id: group.rank for group in rules.groups.values()}
    group_rank = case(ranks, value=Conversation.group_id, else_=max(ranks.values()) + 1)
    return query.order_by(urgency_rank(), group_rank, Conversation.waiting_since, Conversation.id)


def _speaks_of(text: str) -> ColumnElement[bool]:
    """Words of a message, the beginning of a ticket's number, a customer's name, a phone number."""
    said = exists().where(
        Message.conversation_id == Conversation.id, Message.text.icontains(text, autoescape=True)
    )
    about = exists().where(
        Ticket.conversation_id == Conversation.id,
        or_(
            Ticket.number.startswith(text, autoescape=True),
            Ticket.customer_name.contains(text, autoescape=True),
            Ticket.phone == text,
        ),
    )
    calls = and_(Conversation.channel == PHONE_CHANNEL, Conversation.address == (e164(text) or text))
    return or_(said, about, calls)


async def _count(session: AsyncSession, condition: ColumnElement[bool]) -> int:
    return int(await session.scalar(select(func.count()).select_from(Conversation).where(condition)) or 0)


async def _last_messages(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[MessageOut]]:
    query = (
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.conversation_id.in_(ids), Message.seq > Conversation.last_seq - LAST)
        .order_by(Message.conversation_id, Message.seq)
    )
    found: dict[UUID, list[MessageOut]] = defaultdict(list)
    for message in await session.scalars(query):
        found[message.conversation_id].append(veiled_message(MessageOut.model_validate(message)))
    return found


async def _unread(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    query = (
        select(Message.conversation_id, func.count())
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.conversation_id.in_(ids),
            Message.sender == Sender.CUSTOMER,
            Message.seq > Conversation.agent_seen_seq,
        )
        .group_by(Message.conversation_id)
    )
    return dict((await session.execute(query)).all())


async def _tickets(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Ticket]]:
    query = select(Ticket).where(Ticket.conversation_id.in_(ids)).order_by(Ticket.created_at)
    found: dict[UUID, list[Ticket]] = defaultdict(list)
    for ticket in await session.scalars(query):
        found[ticket.conversation_id].append(ticket)
    return found


def _customer(conversation: Conversation, tickets: Sequence[Ticket]) -> CustomerName | None:
    """What the newest ticket says, else what the bot has understood, else the number that calls."""
    slots = (conversation.understanding or {}).get("slots") or {}
    name = next((one.customer_name for one in reversed(tickets) if one.customer_name), None)
    phone = next((one.phone for one in reversed(tickets) if one.phone), None)
    name = name or slots.get("person_name")
    phone = phone or slots.get("phone") or _calling(conversation)
    return CustomerName(name=name, phone=mask_phone(phone)) if name or phone else None


def _calling(conversation: Conversation) -> str | None:
    return shown_number(conversation.address) if conversation.channel == PHONE_CHANNEL else None
