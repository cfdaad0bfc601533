"""What is said to a message of pictures or recordings without a word: the bot cannot look at them.

It is taken with thanks. If the bot was waiting for an answer its question is asked again, else the customer
is asked to say in words what the picture shows. Recordings cannot be listened to: they are asked to type.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Message, Sender
from backend.files.attachment import AttachmentKind
from backend.wording import Wording

QUESTION_MARKS = ("?", "\N{FULLWIDTH QUESTION MARK}")
NOTHING_ASKED = frozenset({"idle", "filed"})
"""Stages of what the bot has understood in which its questions are mere courtesy."""


async def answer(session: AsyncSession, wording: Wording, message: Message) -> list[Utterance]:
    """The answer to a message that has attachments and no text."""
    before = await _before(session, message)
    recorded = any(attachment["kind"] == AttachmentKind.VOICE for attachment in message.attachments)
    if not recorded and before is not None and before.attachments and not before.text.strip():
        return [Utterance(wording.say("file_received_again"), Sender.SYSTEM)]
    conversation = await session.get_one(Conversation, message.conversation_id)
    stage = (conversation.understanding or {}).get("stage")
    question = None if stage in NOTHING_ASKED else await _question_to(session, before)
    if recorded:
        heard = Utterance(wording.say("file_recording_received"), Sender.SYSTEM)
        return [heard] if question is None else [heard, _again(question)]
    if question is None:
        return [Utterance(wording.say("file_received"), Sender.SYSTEM)]
    received = Utterance(wording.say("file_received_open"), Sender.SYSTEM)
    return [received, _again(question)]


def _again(question: Message) -> Utterance:
    return Utterance(question.text, Sender.BOT, question.quick_replies)


async def _before(session: AsyncSession, message: Message) -> Message | None:
    """What the customer wrote last, before this."""
    query = (
        select(Message)
        .where(
            Message.conversation_id == message.conversation_id,
            Message.sender == Sender.CUSTOMER,
            Message.seq < message.seq,
        )
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return (await session.scalars(query)).one_or_none()


async def _question_to(session: AsyncSession, before: Message | None) -> Message | None:
    """The question with which the bot ended its answer; none if it ended otherwise."""
    if before is None:
        return None
    query = select(Message).where(Message.in_reply_to == before.id).order_by(Message.seq.desc()).limit(1)
    last = (await session.scalars(query)).one_or_none()
    if last is None or last.sender != Sender.BOT or not last.text.rstrip().endswith(QUESTION_MARKS):
        return None
    return last
