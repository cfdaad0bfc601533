"""Answers of the FAQ that fit the customer's last message, looked up by the bot's understanding."""

from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, Request
from sqlalchemy import select

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.conversations.models import Conversation, Message, Sender
from backend.conversations.rasa_client import BotUnavailableError, RasaClient
from backend.conversations.screening import Screening, for_bot, screened
from backend.desk.answering.schemas import Suggestion, Suggestions
from backend.errors import NotFoundError
from backend.house import HouseDependency
from backend.masking import mask_phones_in

LAST_MESSAGES = 5
"""Among so many of the customer's last messages the newest with words is looked up."""

LEAST_SCORE = 0.05

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/api/v1/live/conversations", tags=["answering"])


@router.get("/{conversation_id}/suggestions", dependencies=[Depends(desk(ANY_AGENT))])
async def suggest(conversation_id: UUID, request: Request, house: HouseDependency) -> Suggestions:
    """What the FAQ answers to the customer's last words; nothing while the bot is away."""
    query = (
        select(Message.text)
        .where(Message.conversation_id == conversation_id, Message.sender == Sender.CUSTOMER)
        .order_by(Message.seq.desc())
        .limit(LAST_MESSAGES)
    )
    async with house.database.transaction() as session:
        if await session.get(Conversation, conversation_id) is None:
            raise NotFoundError(f"conversation {conversation_id}")
        texts = list(await session.scalars(query))
    asked = next((text for text in texts if screened(text) is not Screening.EMPTY), None)
    if asked is None:
        return Suggestions(asked=None, items=[], available=True)
    bot: RasaClient = request.app.state.bot
    try:
        found = await bot.suggestions(for_bot(asked))
    except BotUnavailableError as error:
        log.warning("suggestions.unavailable", error=str(error))
        return Suggestions(asked=mask_phones_in(asked), items=[], available=False)
    items = [Suggestion.model_validate(one) for one in found]
    likely = [one for one in items if one.score >= LEAST_SCORE]
    return Suggestions(asked=mask_phones_in(asked), items=likely, available=True)
