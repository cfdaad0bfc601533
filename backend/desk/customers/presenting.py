"""A customer's page put together, with numbers hidden or revealed."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from backend.desk.customers import history
from backend.desk.customers.identity import Person
from backend.desk.customers.schemas import CustomerLine, CustomerPage, NumbersOut, OwnedProduct
from backend.masking import mask_address, mask_phone, mask_phones_in
from backend.policy import Policy
from backend.tickets.models import Ticket
from backend.tickets.schemas import summary
from backend.warranty import asking, customers
from backend.warranty.asking import Inquiry
from backend.warranty.purchases import Sale
from backend.warranty.register_schemas import ContractOut, EntryOut, sale_out


async def page(
    session: AsyncSession, person: Person, policy: Policy, today: date, *, revealed: bool
) -> CustomerPage:
    """All of a customer."""
    found = await history.tickets(session, person)
    whole = numbers(person, found)
    file = await customers.whole_file(session, person.file.id) if person.file else None
    own = person.file
    return CustomerPage(
        key=person.key,
        name=own.name if own else _name(found),
        registered=own is not None,
        revealed=revealed,
        unit=own.unit if own else None,
        region=own.region if own else None,
        key_customer=own.key_customer if own else False,
        technical_agreement=own.technical_agreement if own else None,
        phones=whole.phones if revealed else hidden(whole.phones),
        address=whole.address if revealed else mask_address(whole.address),
        products=[await _product(session, sale, policy, today) for sale in (file.sales if file else [])],
        contracts=[ContractOut.model_validate(one) for one in (file.contracts if file else [])],
        entries=[_entry(EntryOut.model_validate(one)) for one in (file.entries if file else [])],
        tickets=[summary(ticket) for ticket in found],
        conversations=await history.threads(session, person),
        orders=await history.orders(session, person),
        surveys=await history.surveys(session, person),
        totals=await history.totals(session, person),
    )


async def line(session: AsyncSession, person: Person) -> CustomerLine:
    """A customer in a list."""
    found, totals = await history.tickets(session, person), await history.totals(session, person)
    own, whole = person.file, numbers(person, found)
    return CustomerLine(
        key=person.key,
        name=own.name if own else _name(found),
        registered=own is not None,
        key_customer=own.key_customer if own else False,
        phones_masked=hidden(whole.phones),
        address_masked=mask_address(whole.address),
        tickets=totals.tickets,
        open_tickets=totals.open_tickets,
        last_at=max((ticket.updated_at for ticket in found), default=None),
    )


def numbers(person: Person, found: list[Ticket]) -> NumbersOut:
    """Their numbers, and their address by the register, else by their latest ticket that has one."""
    address = person.file.address if person.file else None
    told = next((ticket.address for ticket in found if ticket.address), None)
    return NumbersOut(phones=list(person.phones), address=address or told)


def hidden(phones: list[str]) -> list[str]:
    """Numbers to recognise."""
    return [masked for phone in phones if (masked := mask_phone(phone))]


def _name(found: list[Ticket]) -> str | None:
    return next((ticket.customer_name for ticket in found if ticket.customer_name), None)


def _entry(entry: EntryOut) -> EntryOut:
    return entry.model_copy(update={"text": mask_phones_in(entry.text)})


async def _product(session: AsyncSession, sale: Sale, policy: Policy, today: date) -> OwnedProduct:
    decision = await asking.answer(session, Inquiry(), policy, today, sale=sale)
    return OwnedProduct(
        sale=sale_out(sale),
        state=decision.state,
        until=decision.until,
        service_class=decision.service_class,
        sentence=decision.sentence,
    )
