"""Quotes and signatures for customers: through the bot, or by the code that they were sent.

The codes need no log-in: who has one was sent it. Guessing is slowed down by address.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from backend.access.guard import public, service
from backend.dispatch import answering, codes
from backend.dispatch.kinds import Way
from backend.dispatch.models import Quote, ServiceOrder
from backend.dispatch.orders import Serving
from backend.dispatch.presenting import code_view, quote_out
from backend.dispatch.schemas import (
    CodeAnswer,
    CodeIn,
    CodeSignature,
    CodeView,
    OpenQuote,
    OpenQuotes,
    QuoteAnswer,
    QuoteOut,
    Signed,
)
from backend.errors import NotFoundError
from backend.house import House, HouseDependency
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor
from backend.unit_of_work import UnitOfWork

router = APIRouter()

CUSTOMER = By(Actor.CUSTOMER)
Found = TypeVar("Found", Quote, ServiceOrder)


def serving(house: House, uow: UnitOfWork) -> Serving:
    """The customer, in a unit of work."""
    return Serving(uow, house.policy, house.wording, CUSTOMER, house.settings.public_url)


@router.get("/api/v1/service/quotes", tags=["service"], dependencies=[Depends(service)])
async def open_quotes(conversation_id: UUID, house: HouseDependency) -> OpenQuotes:
    """The quotes that wait for the customer of a conversation."""
    async with house.units.begin() as uow:
        found = await answering.open_in(uow, conversation_id)
        return OpenQuotes(
            items=[
                OpenQuote(order=order.number, quote=quote_out(quote, house.wording)) for quote, order in found
            ]
        )


@router.post("/api/v1/service/quotes/{quote_id}/answer", tags=["service"], dependencies=[Depends(service)])
async def answer_in_conversation(quote_id: UUID, given: QuoteAnswer, house: HouseDependency) -> QuoteOut:
    """What the customer said in the conversation. 404 for a quote that is not that conversation's."""
    async with house.units.begin() as uow:
        quote = await answering.of_conversation(uow, quote_id, given.conversation_id)
        answered = await answering.answer(serving(house, uow), quote, given.answer, Way.BOT)
        return quote_out(answered, house.wording)


@router.post("/api/v1/quotes/by-code", tags=["quotes"], dependencies=[Depends(public)])
async def read_quote(given: CodeIn, request: Request, house: HouseDependency) -> QuoteOut:
    """The quote that the code came with."""
    await _require_code(house, request, given.code, answering.by_code)
    async with house.units.begin() as uow:
        return quote_out(_there(await answering.by_code(uow, given.code)), house.wording)


@router.post("/api/v1/quotes/by-code/answer", tags=["quotes"], dependencies=[Depends(public)])
async def answer_by_code(given: CodeAnswer, request: Request, house: HouseDependency) -> QuoteOut:
    """Agree to, or decline, the quote that the code came with."""
    await _require_code(house, request, given.code, answering.by_code)
    async with house.units.begin() as uow:
        quote = _there(await answering.by_code(uow, given.code))
        answered = await answering.answer(serving(house, uow), quote, given.answer, Way.CODE)
        return quote_out(answered, house.wording)


@router.post("/api/v1/service-orders/by-code", tags=["quotes"], dependencies=[Depends(public)])
async def read_by_code(given: CodeIn, request: Request, house: HouseDependency) -> CodeView:
    """What the code is for: a quote that may be answered, or work that is to be signed for."""
    await _require_code(house, request, given.code, answering.by_code, answering.order_to_sign)
    async with house.units.begin() as uow:
        return await code_view(uow, given.code, house.wording)


@router.post("/api/v1/service-orders/by-code/sign", tags=["quotes"], dependencies=[Depends(public)])
async def sign_by_code(given: CodeSignature, request: Request, house: HouseDependency) -> Signed:
    """Sign for work that is done, by the code that came then. A code signs once."""
    await _require_code(house, request, given.code, answering.order_to_sign)
    async with house.units.begin() as uow:
        order = _there(await answering.order_to_sign(uow, given.code))
        signed = await answering.sign(serving(house, uow), order, given.code, given.opinion)
        return Signed(order=signed.number, signed_at=uow.now)


async def _require_code(
    house: House,
    request: Request,
    code: str,
    *look_ups: Callable[[UnitOfWork, str], Awaitable[Quote | ServiceOrder | None]],
) -> None:
    """Refuse a code that is none, and remember the failure in a unit of work of its own."""
    ip = request.client.host if request.client else "unknown"
    async with house.units.begin() as uow:
        await codes.require_patience(uow, ip)
        known = any([await look_up(uow, code) is not None for look_up in look_ups])
        if not known:
            codes.note_failure(uow, ip)
    if not known:
        raise NotFoundError("code")


def _there(found: Found | None) -> Found:
    if found is None:
        raise NotFoundError("code")
    return found
