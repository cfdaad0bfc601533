"""A customer's own tickets, through the bot: how they stand, words, hurry, withdrawal, the same again."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy.dialects.postgresql import insert

from backend.access.guard import service
from backend.bot_api import ownership
from backend.bot_api.progress import progress_of
from backend.bot_api.schemas import (
    Duplicate,
    DuplicateList,
    LastDigits,
    MoreWords,
    OnBehalf,
    OwnTickets,
    Phone,
    Progress,
    ProgressList,
    Urging,
    Withdrawal,
)
from backend.errors import NotFoundError, PhoneNotVerifiedError, ValidationFailedError
from backend.house import House, HouseDependency
from backend.text import Text
from backend.tickets import cases, lookup
from backend.tickets.cases import Acting
from backend.tickets.commands import AddWords, Command, Urge, Withdraw
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor, Stage
from backend.tickets.models import Ticket, TicketRequest
from backend.unit_of_work import UnitOfWork

router = APIRouter(prefix="/api/v1/service/tickets", tags=["service"], dependencies=[Depends(service)])

BY = By(Actor.CUSTOMER)
Deed = Callable[[Ticket], Command]


@router.get("/lookup")
async def look_up(
    house: HouseDependency,
    conversation_id: UUID,
    phone_last4: LastDigits,
    number: Annotated[Text | None, Query(max_length=40)] = None,
    phone: Phone | None = None,
) -> ProgressList:
    """How a customer's tickets stand, by number, or by the number that they call from.

    404 when there is none or it is not theirs, which is told alike; 429 after too many failures; 403
    `phone_not_verified` for a phone number that is not the caller's.
    """
    if number is None and phone is None:
        raise ValidationFailedError("number or phone")
    async with house.units.begin() as uow:
        found = (
            await _by_number(uow, number, conversation_id, phone_last4)
            if number is not None
            else await _by_phone(uow, phone or "", conversation_id, phone_last4)
        )
        items = [await progress_of(uow, house, await lookup.carrying(uow, ticket)) for ticket in found]
    if not items:
        raise NotFoundError("ticket")
    return ProgressList(items=list({item.number: item for item in items}.values()))


@router.get("/own")
async def own(house: HouseDependency, conversation_id: UUID) -> OwnTickets:
    """How the tickets of a conversation stand, and those of the number that the customer calls from."""
    async with house.units.begin() as uow:
        conversation = await ownership.conversation_of(uow, conversation_id)
        phone = await ownership.callers_phone(uow, conversation)
        found = await lookup.of_customer(uow, conversation_id, phone)
        items = [await progress_of(uow, house, await lookup.carrying(uow, ticket)) for ticket in found]
    return OwnTickets(phone=phone, items=list({item.number: item for item in items}.values()))


@router.get("/duplicates")
async def find_duplicates(
    house: HouseDependency,
    phone: Phone,
    product: Annotated[Text, Query(min_length=1, max_length=200)],
    fault: Annotated[Text, Query(max_length=2000)] = "",
    conversation_id: UUID | None = None,
) -> DuplicateList:
    """Open tickets of the same phone and product whose fault is alike, within policy's window."""
    async with house.units.begin() as uow:
        rule = house.policy.workflow.duplicates
        found = await lookup.duplicates(uow, rule, phone, product, fault)
        conversation = await ownership.conversation_of(uow, conversation_id) if conversation_id else None
        callers = conversation is not None and await ownership.is_callers(uow, conversation, phone)
    return DuplicateList(
        items=[
            Duplicate(
                number=ticket.number,
                title=ticket.title,
                stage=Stage(ticket.stage),
                created_at=ticket.created_at,
                may_be_told=callers or ticket.conversation_id == conversation_id,
            )
            for ticket in found
        ]
    )


@router.post("/{number}/words")
async def add_words(number: str, request: MoreWords, house: HouseDependency) -> Progress:
    """Add to a ticket what its customer says, and count that they came again with it."""
    return await _on_behalf(house, number, request, *_adding(request))


@router.post("/{number}/urge")
async def urge(number: str, request: Urging, house: HouseDependency) -> Progress:
    """The customer asks to hurry (R3b-27)."""
    return await _on_behalf(house, number, request, lambda it: Urge(version=it.version, note=request.text))


def _adding(request: MoreWords) -> list[Deed]:
    words: list[Deed] = [lambda it: AddWords(version=it.version, text=request.text)]
    return [*words, lambda it: Urge(version=it.version)] if request.again else words


@router.post("/{number}/withdraw")
async def withdraw(number: str, request: Withdrawal, house: HouseDependency) -> Progress:
    """The customer takes the matter back. 409 once it is settled."""
    return await _on_behalf(
        house, number, request, lambda it: Withdraw(version=it.version, note=request.reason)
    )


async def _on_behalf(house: House, number: str, request: OnBehalf, *commands: Deed) -> Progress:
    async with house.units.begin() as uow:
        known = await ownership.owned(uow, number, request.conversation_id, request.phone_last4)
        progress = None
        if known is not None:
            carrying = await lookup.carrying(uow, known)
            ticket = await cases.locked(uow, carrying.number)
            if await _first_time(uow, request, ticket):
                for command in commands:
                    ticket = await cases.take(Acting(uow, house.policy, BY), ticket.number, command(ticket))
            progress = await progress_of(uow, house, ticket)
    if progress is None:
        raise NotFoundError(f"ticket {number}")
    return progress


async def _first_time(uow: UnitOfWork, request: OnBehalf, ticket: Ticket) -> bool:
    statement = insert(TicketRequest).values(request_id=request.request_id, ticket_id=ticket.id, at=uow.now)
    done = await uow.session.scalar(statement.on_conflict_do_nothing().returning(TicketRequest.request_id))
    return done is not None


async def _by_number(uow: UnitOfWork, number: str, conversation_id: UUID, phone_last4: str) -> list[Ticket]:
    ticket = await ownership.owned(uow, number, conversation_id, phone_last4)
    return [] if ticket is None else [ticket]


async def _by_phone(uow: UnitOfWork, phone: str, conversation_id: UUID, phone_last4: str) -> list[Ticket]:
    conversation = await ownership.conversation_of(uow, conversation_id)
    mine = await ownership.is_callers(uow, conversation, phone)
    found = await lookup.by_phone(uow, phone, *([] if mine else [Ticket.conversation_id == conversation_id]))
    if not mine and not found:
        raise PhoneNotVerifiedError
    return [ticket for ticket in found if lookup.ends_with(ticket.phone, phone_last4)]
