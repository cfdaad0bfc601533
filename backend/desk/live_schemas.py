"""What the live desk reads, and what it asks for."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from backend.access.roles import Role
from backend.channels.models import DeliveryState
from backend.conversations.models import Owner
from backend.conversations.schemas import MessageOut
from backend.files.storing import MAX_IN_MESSAGE
from backend.handover.kinds import NoteKind, PresenceState
from backend.text import Text

MAX_MESSAGE = 4_000
MAX_NOTE = 2_000
MAX_SEQ = 2**31 - 1

Note = Annotated[Text, Field(max_length=MAX_NOTE)]


class View(StrEnum):
    """Parts of the list of conversations."""

    MINE = "mine"
    QUEUE = "queue"
    BOT = "bot"
    ALL = "all"
    CLOSED = "closed"


class AgentName(BaseModel):
    """Somebody at the desk."""

    username: str
    display_name: str


class CustomerName(BaseModel):
    """Whom we talk to, as far as is known; the phone number is masked."""

    name: str | None
    phone: str | None


class Card(BaseModel):
    """A conversation in the list. One with a higher `version` is newer; `waiting_since` is of the queue."""

    id: UUID
    channel: str
    owner: Owner
    agent: AgentName | None
    joined: list[AgentName]
    group: str | None
    priority: str
    waiting_since: datetime | None
    handover_reason: str | None
    understanding: dict[str, Any] | None
    last_messages: list[MessageOut]
    last_seq: int
    unread: int
    customer: CustomerName | None
    tickets: list[str]
    started_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    version: int


class Counts(BaseModel):
    """How many conversations there are in these views."""

    mine: int
    queue: int
    bot: int


class CardPage(BaseModel):
    """Conversations; the queue's in the order in which they are served, others by their last change."""

    items: list[Card]
    counts: Counts


class StretchOut(BaseModel):
    """A part of a conversation in one hand."""

    owner: Owner
    agent: AgentName | None
    group: str | None
    reason: str
    note: str | None
    from_seq: int
    started_at: datetime
    ended_at: datetime | None


class NoteOut(BaseModel):
    """An internal note; without an author it is the bot's or a rule's."""

    id: UUID
    kind: NoteKind
    author: AgentName | None
    text: str
    at_seq: int
    created_at: datetime


class UndeliveredOut(BaseModel):
    """A message that the customer never got: no vendor took it, or a person took over before it was said."""

    seq: int
    state: Literal[DeliveryState.FAILED, DeliveryState.WITHHELD]


class ConversationDetail(Card):
    """A conversation with who had it when, and who looks at it now.

    Until `revealed`, phone numbers and addresses are hidden in what was understood and in notes.
    """

    revealed: bool
    stretches: list[StretchOut]
    notes: list[NoteOut]
    watchers: list[AgentName]
    undelivered: list[UndeliveredOut]
    agent_seen_seq: int
    customer_seen_seq: int
    address: str | None = Field(description="Where the channel finds the customer; a phone number is masked")


class LiveMessages(BaseModel):
    """Messages in order of `seq`; until `revealed`, phone numbers in them are hidden."""

    revealed: bool
    messages: list[MessageOut]
    last_seq: int
    version: int


class AgentMessage(BaseModel):
    """What an agent writes to the customer. The same `client_message_id` again is the same message."""

    client_message_id: Text = Field(min_length=1, max_length=100)
    text: Text = Field(default="", max_length=MAX_MESSAGE)
    file_ids: list[UUID] = Field(default=[], max_length=MAX_IN_MESSAGE)


class Remark(BaseModel):
    """Why, for colleagues."""

    note: Note | None = None


class HandBack(Remark):
    """What the bot is told: the note, and facts by slot."""

    facts: dict[Text, Text | None] = Field(default={}, max_length=50)


class Transfer(BaseModel):
    """To whom, and what they should know."""

    to_username: Text | None = Field(default=None, max_length=100)
    to_group: Text | None = Field(default=None, max_length=100)
    note: Note = Field(min_length=1)

    @model_validator(mode="after")
    def _one_goal(self) -> "Transfer":
        if (self.to_username is None) == (self.to_group is None):
            raise ValueError("either to_username or to_group")
        return self


class NewNote(BaseModel):
    """An internal note; customers never see it."""

    text: Note = Field(min_length=1)


class SeenUpTo(BaseModel):
    """The newest message that was looked at."""

    seq: int = Field(ge=0, le=MAX_SEQ)


class Assign(BaseModel):
    """Who is to take it."""

    username: Text = Field(min_length=1, max_length=100)


class Corrections(BaseModel):
    """Slots as they should be; none empties one."""

    facts: dict[Text, Text | None] = Field(min_length=1, max_length=50)


class AgentOut(BaseModel):
    """How somebody is there. `load` and `capacity` are units of policy/desk.yml."""

    username: str
    display_name: str
    role: Role
    state: PresenceState
    groups: list[str]
    load: int
    capacity: int
    since: datetime | None


class PresenceIn(BaseModel):
    """How somebody wants to be there."""

    state: PresenceState


class GroupOut(BaseModel):
    """A queue."""

    id: str
    name: str
    waiting: int
    longest_wait_seconds: float | None
    online: int


class Wall(BaseModel):
    """The state of the desk at a glance."""

    waiting: int
    longest_wait_seconds: float | None
    handled_today: int = Field(description="Conversations that people finished since midnight")
    with_bot: int
    with_agents: int
    agents: list[AgentOut]
    by_group: list[GroupOut]
