"""Finding customers by whatever an agent has at hand: number, name, ticket, serial or order number."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.desk.customers import identity
from backend.desk.customers.identity import Person
from backend.tickets.models import Ticket
from backend.tickets.number import is_ticket_number
from backend.warranty import search as register
from backend.warranty.keys import phone_digits
from backend.warranty.models import Customer

MOST = 20


async def find(session: AsyncSession, text: str, now: datetime) -> tuple[list[Person], bool]:
    """The customers that may be meant, those of the register first; whether there may be more."""
    asked, people = text.strip(), dict[UUID, Person]()
    if not asked:
        return [], False
    found = await register.find(session, asked)
    owners = [sale.purchase.customer_id for sale in found.sales if sale.purchase.customer_id is not None]
    files = found.customers + [await session.get_one(Customer, owner) for owner in owners]
    for file in files:
        if file.merged_into is None:
            people.setdefault(file.id, await identity.of_file(session, file))
    phones = await _phones(session, asked)
    for phone in phones:
        person = await identity.by_phone(session, phone, now)
        people.setdefault(person.key, person)
    more = len(people) > MOST or len(phones) == MOST or found.more
    return list(people.values())[:MOST], more


async def _phones(session: AsyncSession, asked: str) -> list[str]:
    """Numbers on tickets: with that number, of that ticket, or of customers whose name begins so."""
    digits = phone_digits(asked)
    if is_ticket_number(asked):
        condition = Ticket.number == asked
    elif digits is not None:
        condition = Ticket.phone.in_([asked, digits, identity.COUNTRY_CODE + digits])
    else:
        condition = Ticket.customer_name.startswith(asked, autoescape=True)
    query = (
        select(Ticket.phone)
        .where(condition, Ticket.phone.is_not(None))
        .group_by(Ticket.phone)
        .order_by(func.max(Ticket.created_at).desc())
        .limit(MOST)
    )
    return [phone for phone in await session.scalars(query) if phone]
