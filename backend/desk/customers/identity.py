"""Who a customer is: a file of the register, or else a phone number; found by what an agent has at hand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.conversations.models import Conversation
from backend.db import Base
from backend.desk.customers.models import PhoneKey
from backend.errors import NotFoundError
from backend.tickets.models import Ticket
from backend.warranty.keys import phone_digits
from backend.warranty.models import Customer, CustomerPhone

COUNTRY_CODE = "+86"
PHONE_CHANNEL = "phone"
BINDINGS = "channel_identity"
"""Table that binds addresses of a channel to phone numbers: channel, address, phone."""


@dataclass(frozen=True, slots=True)
class Person:
    """A customer. `phones` as they are dialled within the country; `file` if the register has one."""

    key: UUID
    phones: tuple[str, ...]
    file: Customer | None = None


async def by_key(session: AsyncSession, key: UUID) -> Person:
    """The customer of that key; a file that was merged leads to the one it is in now.

    Raises:
        NotFoundError: there is none.
    """
    file = await session.get(Customer, key)
    while file is not None and file.merged_into is not None:
        file = await session.get_one(Customer, file.merged_into)
    if file is not None:
        return await of_file(session, file)
    phone = await session.scalar(select(PhoneKey.phone).where(PhoneKey.id == key))
    if phone is None:
        raise NotFoundError(f"customer {key}")
    files = await files_of(session, phone)
    return await of_file(session, files[0]) if len(files) == 1 else Person(key, (phone,))


async def by_phone(session: AsyncSession, written: str, now: datetime) -> Person:
    """The customer with that number. Where several files share it, it is nobody's in particular."""
    phone = phone_digits(written) or written
    files = await files_of(session, phone)
    if len(files) == 1:
        return await of_file(session, files[0])
    added = insert(PhoneKey).values(id=uuid4(), phone=phone, created_at=now)
    await session.execute(added.on_conflict_do_nothing(index_elements=[PhoneKey.phone]))
    key = await session.scalar(select(PhoneKey.id).where(PhoneKey.phone == phone))
    if key is None:
        raise NotFoundError(f"key of {phone}")
    return Person(key, (phone,))


async def of_file(session: AsyncSession, file: Customer) -> Person:
    """The customer with that file."""
    numbers = select(CustomerPhone.number).where(CustomerPhone.customer_id == file.id)
    return Person(file.id, tuple(await session.scalars(numbers.order_by(CustomerPhone.number))), file)


async def files_of(session: AsyncSession, phone: str) -> list[Customer]:
    """The files that a number stands on."""
    holders = select(CustomerPhone.customer_id).where(CustomerPhone.number == phone)
    found = select(Customer).where(Customer.id.in_(holders), Customer.merged_into.is_(None))
    return list(await session.scalars(found.order_by(Customer.id)))


async def behind(session: AsyncSession, conversation: Conversation, now: datetime) -> Person | None:
    """Whom a conversation is with: by its tickets, by the calling number, by what its address is bound to."""
    on_ticket = (
        select(Ticket.phone)
        .where(Ticket.conversation_id == conversation.id, Ticket.phone.is_not(None))
        .order_by(Ticket.created_at.desc())
        .limit(1)
    )
    phone = await bound_phone(session, conversation) or await session.scalar(on_ticket)
    return await by_phone(session, phone, now) if phone else None


async def bound_phone(session: AsyncSession, conversation: Conversation) -> str | None:
    """The number that the channel vouches for: the caller's, or the one a user has shown to be theirs."""
    if conversation.channel == PHONE_CHANNEL:
        return phone_digits(conversation.address)
    bindings = Base.metadata.tables.get(BINDINGS)
    if bindings is None:
        return None
    bound = select(bindings.c.phone).where(
        bindings.c.channel == conversation.channel, bindings.c.address == conversation.address
    )
    return await session.scalar(bound.limit(1))


def tickets_of(person: Person) -> ColumnElement[bool]:
    """Which tickets are this customer's: by the number left, or by the conversation they came from."""
    if not person.phones:
        return false()
    threads = select(Conversation.id).where(_threads(person))
    return or_(Ticket.phone.in_(_written(person)), Ticket.conversation_id.in_(threads))


def conversations_of(person: Person) -> ColumnElement[bool]:
    """Which conversations are this customer's."""
    if not person.phones:
        return false()
    by_ticket = select(Ticket.conversation_id).where(Ticket.phone.in_(_written(person)))
    return or_(_threads(person), Conversation.id.in_(by_ticket))


def _written(person: Person) -> list[str]:
    return [form for phone in person.phones for form in (phone, COUNTRY_CODE + phone)]


def _threads(person: Person) -> ColumnElement[bool]:
    """Conversations whose address is this customer's."""
    called = and_(
        Conversation.channel == PHONE_CHANNEL,
        Conversation.address.in_(
            _written(person) + [COUNTRY_CODE + phone.lstrip("0") for phone in person.phones]
        ),
    )
    bindings = Base.metadata.tables.get(BINDINGS)
    if bindings is None:
        return called
    bound = select(bindings.c.address).where(
        bindings.c.channel == Conversation.channel, bindings.c.phone.in_(_written(person))
    )
    return or_(called, Conversation.address.in_(bound.correlate(Conversation)))
