"""What web chat clients exchange with us."""

from uuid import UUID

from pydantic import BaseModel, Field

from backend.conversations.models import Owner
from backend.conversations.schemas import MessageOut
from backend.files.storing import MAX_IN_MESSAGE
from backend.text import Text

MAX_TEXT = 100_000


class Opened(BaseModel):
    """A new conversation with its token and the greeting."""

    conversation_id: UUID
    token: str
    messages: list[MessageOut]


class NewMessage(BaseModel):
    """Something the customer writes. The same `client_message_id` again is the same message."""

    client_message_id: Text = Field(min_length=1, max_length=100)
    text: Text = Field(max_length=MAX_TEXT)
    file_ids: list[UUID] = Field(
        default=[], max_length=MAX_IN_MESSAGE, description="Files that were brought before, in order"
    )
    wait: bool = Field(default=False, description="Answer with the replies of this turn, at most 10 s later")


class Turn(BaseModel):
    """A stored message and what was said in answer to it so far."""

    message: MessageOut
    replies: list[MessageOut]


class Messages(BaseModel):
    """Messages in order of `seq`, and who answers: `agent_name` is a person's, `position` is of the queue."""

    messages: list[MessageOut]
    owner: Owner
    agent_name: str | None
    position: int | None
    agent_seen_seq: int
