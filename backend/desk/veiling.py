"""What is shown to who has not revealed the customer's number: tickets, messages, words. Pure."""

from typing import Any

from backend.conversations.schemas import MessageOut
from backend.desk.schemas import TicketDetail
from backend.masking import mask_address, mask_phone, mask_phones_in, masked_facts
from backend.tickets.schemas import TimelineEntryOut


def veiled(detail: TicketDetail) -> TicketDetail:
    """Phone numbers and addresses hidden wherever they stand: contact, words, details, timeline, messages."""
    contact, notice = detail.contact, detail.notice
    hidden: dict[str, Any] = {
        "revealed": False,
        "description": mask_phones_in(detail.description),
        "demand": veiled_words(detail.demand),
        "details": masked_facts(detail.details),
        "contact": contact.model_copy(
            update={"phone": mask_phone(contact.phone), "address": mask_address(contact.address)}
        ),
        "notice": notice and notice.model_copy(update={"message": veiled_message(notice.message)}),
        "messages": [veiled_message(message) for message in detail.messages],
        "timeline": [_entry(entry) for entry in detail.timeline],
    }
    return detail.model_copy(update=hidden)


def veiled_message(message: MessageOut) -> MessageOut:
    """A message with the phone numbers hidden in its text, in replies that it offers, in names of files."""
    named = [one.model_copy(update={"name": mask_phones_in(one.name)}) for one in message.attachments]
    hidden: dict[str, Any] = {
        "text": mask_phones_in(message.text),
        "quick_replies": [mask_phones_in(reply) for reply in message.quick_replies],
        "attachments": named,
    }
    return message.model_copy(update=hidden)


def veiled_words(text: str | None) -> str | None:
    """Words, if there are any, with the phone numbers in them hidden."""
    return text if text is None else mask_phones_in(text)


def _entry(entry: TimelineEntryOut) -> TimelineEntryOut:
    return entry.model_copy(
        update={
            "before": entry.before and masked_facts(entry.before),
            "after": entry.after and masked_facts(entry.after),
            "note": veiled_words(entry.note),
        }
    )
