"""Web chat over HTTP: open, write, read on."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from backend.access.guard import public
from backend.access.sessions import digest, new_token
from backend.channels import inbox
from backend.channels.models import WebChatAccess
from backend.channels.web_chat.access import customer
from backend.channels.web_chat.schemas import Messages, NewMessage, Opened, Turn
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Sender
from backend.conversations.schemas import MessageOut, messages_out
from backend.conversations.turns import Turns
from backend.files import storing
from backend.handover.standing import customer_view
from backend.house import HouseDependency

CHANNEL = "web"
MAX_SEQ = 2**31 - 1

router = APIRouter(prefix="/api/v1/webchat/conversations", tags=["web chat"])


def turns_of(request: Request) -> Turns:
    """The turns that the application was built with."""
    turns: Turns = request.app.state.turns
    return turns


Customer = Annotated[UUID, Depends(customer)]
TurnsDependency = Annotated[Turns, Depends(turns_of)]


@router.post("", status_code=201, dependencies=[Depends(public)])
async def open_conversation(house: HouseDependency) -> Opened:
    """Open a conversation; the greeting says what is recorded and how to reach a person."""
    token = new_token()
    async with house.units.begin() as uow:
        conversation = await hub.start(uow, CHANNEL)
        uow.session.add(WebChatAccess(conversation_id=conversation.id, token_digest=digest(token)))
        wording = house.wording
        greeting = Utterance(wording.say("greeting"), Sender.BOT, wording.quick_replies("greeting"))
        messages = await hub.store_utterances(uow, conversation.id, [greeting])
    return Opened(conversation_id=conversation.id, token=token, messages=messages_out(messages))


@router.post("/{conversation_id}/messages")
async def write(
    new: NewMessage, conversation_id: Customer, house: HouseDependency, turns: TurnsDependency
) -> Turn:
    """Write a message. Once this answers, the message is stored."""
    async with house.units.begin() as uow:
        attachments = await storing.send(uow, conversation_id, new.file_ids, origin=storing.CUSTOMER)
        message = await inbox.accept(
            uow,
            channel=CHANNEL,
            external_id=f"{conversation_id}:{new.client_message_id}",
            conversation_id=conversation_id,
            text=new.text,
            client_message_id=new.client_message_id,
            attachments=attachments,
        )
    if new.wait:
        await turns.until_handled(message, house.settings.wait_limit_seconds)
    else:
        turns.begin(conversation_id)
    async with house.database.transaction() as session:
        replies = await hub.replies_to(session, message.id)
    return Turn(message=MessageOut.model_validate(message), replies=messages_out(replies))


@router.get("/{conversation_id}/messages")
async def read(
    conversation_id: Customer, house: HouseDependency, since: Annotated[int, Query(ge=0, le=MAX_SEQ)] = 0
) -> Messages:
    """All messages after `since`, in order, and who answers."""
    async with house.database.transaction() as session:
        conversation = await session.get_one(Conversation, conversation_id)
        messages = messages_out(await hub.messages_since(session, conversation_id, since))
        view = await customer_view(session, conversation)
    return Messages(messages=messages, agent_seen_seq=conversation.agent_seen_seq, **view)
