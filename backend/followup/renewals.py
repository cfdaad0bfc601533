"""Contracts that end: found in time, told to the customer, renewed or not (R3b-20)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access import accounts
from backend.access.models import User
from backend.clock import SHANGHAI
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Sender
from backend.db import counted
from backend.errors import ConflictError, IllegalStepError, NotFoundError
from backend.followup.events import RenewerSent
from backend.followup.models import ContractRenewal
from backend.tickets.kinds import Notice
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork
from backend.warranty.models import Customer, CustomerPhone, MaintenanceContract
from backend.wording import Wording

VOICE_CHANNELS = frozenset({"phone"})
"""Channels in which nothing can be read."""
NEW_CONTRACT, AFTER_THE_OLD, NUMBER_FREE = "new_contract", "ends_on_later", "number_free"
TEXT_CHANNEL, ASSIGNEE = "text_channel", "assignee"
FACTS = frozenset({NEW_CONTRACT, AFTER_THE_OLD, NUMBER_FREE})
"""What closing a renewal can lack, besides what steps of tickets do."""


class Outcome(StrEnum):
    """What came of it."""

    RENEWED = "renewed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Ending:
    """A contract that ends, with its customer."""

    renewal: ContractRenewal
    contract: MaintenanceContract
    customer: Customer


@dataclass(frozen=True, slots=True)
class Closing:
    """How it ends: renewed with the contract that follows, or not."""

    outcome: Outcome
    number: str | None = None
    ends_on: date | None = None
    note: str | None = None


async def listed(session: AsyncSession, *, open_only: bool, most: int) -> tuple[list[Ending], int]:
    """Contracts that end, what is due first first, and how many there are in all."""
    query = (
        select(ContractRenewal, MaintenanceContract, Customer)
        .join(MaintenanceContract, MaintenanceContract.id == ContractRenewal.contract_id)
        .join(Customer, Customer.id == MaintenanceContract.customer_id)
    )
    if open_only:
        query = query.where(ContractRenewal.closed_at.is_(None))
    first = query.order_by(ContractRenewal.due_at, MaintenanceContract.number).limit(most)
    return [Ending(*row) for row in await session.execute(first)], await counted(session, query)


async def get(uow: UnitOfWork, renewal_id: UUID, version: int) -> Ending:
    """The renewal, locked.

    Raises:
        NotFoundError: there is none.
        ConflictError: somebody changed it meanwhile, or it is closed.
    """
    query = (
        select(ContractRenewal, MaintenanceContract, Customer)
        .join(MaintenanceContract, MaintenanceContract.id == ContractRenewal.contract_id)
        .join(Customer, Customer.id == MaintenanceContract.customer_id)
        .where(ContractRenewal.id == renewal_id)
        .with_for_update(of=ContractRenewal)
    )
    row = (await uow.session.execute(query)).one_or_none()
    if row is None:
        raise NotFoundError(f"renewal {renewal_id}")
    ending = Ending(*row)
    if ending.renewal.version != version or ending.renewal.closed_at is not None:
        raise ConflictError(f"renewal {renewal_id} is at version {ending.renewal.version}")
    return ending


async def send(uow: UnitOfWork, ending: Ending, username: str) -> None:
    """Say who is sent to renew the contract.

    Raises:
        IllegalStepError: there is no such colleague.
    """
    user = await accounts.find(uow.session, username)
    if user is None or not user.active:
        raise IllegalStepError(f"no colleague {username}", (ASSIGNEE,))
    ending.renewal.assignee = user.username
    await uow.session.flush()
    await uow.publish(RenewerSent(**facts_of(ending, user.username), version=ending.renewal.version))


async def tell(uow: UnitOfWork, wording: Wording, ending: Ending, how: Notice, by: str) -> None:
    """Note that the customer was told; in their channel a message tells them.

    Raises:
        IllegalStepError: they have no conversation that could be read.
    """
    renewal, contract = ending.renewal, ending.contract
    if how is Notice.CHANNEL:
        conversation_id = await _conversation_of(uow.session, ending.customer)
        if conversation_id is None:
            raise IllegalStepError(f"{contract.number} has no conversation", (TEXT_CHANNEL,))
        day = contract.ends_on.isoformat()
        text = wording.say("contract_notice", number=contract.number, name=ending.customer.name, day=day)
        said = [Utterance(text, Sender.AGENT)]
        (message,) = await hub.store_utterances(uow, conversation_id, said)
        renewal.message_id = message.id
    renewal.noticed_at, renewal.noticed_how, renewal.noticed_by = uow.now, how.value, by
    await uow.session.flush()


async def close(uow: UnitOfWork, ending: Ending, closing: Closing, by: str) -> None:
    """Note what came of it; a renewal enters the contract that follows.

    Raises:
        IllegalStepError: the new contract's number or end is lacking, taken or not later.
    """
    renewal = ending.renewal
    if closing.outcome is Outcome.RENEWED:
        renewal.renewed_by = (await _following(uow, ending.contract, closing)).id
    renewal.outcome, renewal.note = closing.outcome.value, closing.note
    renewal.closed_at, renewal.closed_by = uow.now, by
    await uow.session.flush()


async def _following(uow: UnitOfWork, old: MaintenanceContract, closing: Closing) -> MaintenanceContract:
    if closing.number is None or closing.ends_on is None:
        raise IllegalStepError("no new contract", (NEW_CONTRACT,))
    if closing.ends_on <= old.ends_on:
        raise IllegalStepError("the new contract ends no later", (AFTER_THE_OLD,))
    if await uow.session.scalar(select(exists().where(MaintenanceContract.number == closing.number))):
        raise IllegalStepError(f"contract {closing.number} exists", (NUMBER_FREE,))
    new = MaintenanceContract(
        number=closing.number,
        customer_id=old.customer_id,
        purchase_id=old.purchase_id,
        starts_on=old.ends_on + timedelta(days=1),
        ends_on=closing.ends_on,
        parts_free=old.parts_free,
        created_at=uow.now,
    )
    uow.session.add(new)
    await uow.session.flush()
    return new


async def _conversation_of(session: AsyncSession, customer: Customer) -> UUID | None:
    """The latest conversation of the customer's number that can be read."""
    query = (
        select(Conversation.id)
        .join(Ticket, Ticket.conversation_id == Conversation.id)
        .where(Ticket.phone.in_(_numbers(customer)), Conversation.channel.not_in(VOICE_CHANNELS))
        .order_by(Ticket.created_at.desc())
        .limit(1)
    )
    return await session.scalar(query)


def facts_of(ending: Ending, in_charge: str | None) -> dict[str, Any]:
    """What every event about it says."""
    return {
        "renewal_id": ending.renewal.id,
        "contract": ending.contract.number,
        "customer": ending.customer.name,
        "ends_on": ending.contract.ends_on,
        "due_at": ending.renewal.due_at,
        "in_charge": in_charge,
    }


async def in_charge_of(session: AsyncSession, ending: Ending) -> str | None:
    """User name of whoever is sent to renew, or else saw to the customer's latest ticket, if still here."""
    if ending.renewal.assignee is not None:
        return ending.renewal.assignee
    query = (
        select(User.username)
        .join(Ticket, Ticket.assignee == User.username)
        .where(Ticket.phone.in_(_numbers(ending.customer)), User.active)
        .order_by(Ticket.created_at.desc())
        .limit(1)
    )
    return await session.scalar(query)


def _numbers(customer: Customer) -> Select[str]:
    return select(CustomerPhone.number).where(CustomerPhone.customer_id == customer.id)


def end_of(day: date) -> datetime:
    """The moment from which a contract's end is counted back."""
    return datetime.combine(day, time(12), SHANGHAI)
