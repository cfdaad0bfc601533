"""The repeating look at contracts: a notice that falls due is opened, and late once (R3b-20)."""

from datetime import datetime, timedelta

from sqlalchemy import Exists, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from backend.clock import SHANGHAI
from backend.followup.events import RenewalDue, RenewalLate
from backend.followup.models import ContractRenewal
from backend.followup.renewals import Ending, Outcome, end_of, facts_of, in_charge_of
from backend.policy.clock_rules import ClockRule
from backend.sla.clocks import Clocks
from backend.unit_of_work import UnitOfWork, UnitsOfWork
from backend.warranty.models import Customer, MaintenanceContract

SECONDS = 600.0
AHEAD = timedelta(days=120)
"""No notice of policy's falls due, or is warned of, longer before the end than this."""
ENDS = "contract_ends"


class ContractWatch:
    """Looks for contracts whose end is to be told."""

    def __init__(self, units: UnitsOfWork, clocks: Clocks) -> None:
        self._units = units
        self._clocks = clocks

    async def run(self) -> int:
        """Note all that falls due now; returns how many contracts that were."""
        rule = next((one for one in self._clocks.keeper.sla.clocks.values() if ENDS in one.starts), None)
        if rule is None:
            return 0
        async with self._units.begin() as uow:
            await _followed(uow)
            opened = await self._open(uow, rule)
            return opened + await _late(uow, rule)

    async def _open(self, uow: UnitOfWork, rule: ClockRule) -> int:
        """Open a record for each contract whose notice is to be warned of, or is due, by now."""
        today = uow.now.astimezone(SHANGHAI).date()
        mine = exists().where(ContractRenewal.contract_id == MaintenanceContract.id)
        query = (
            select(MaintenanceContract, Customer)
            .join(Customer, Customer.id == MaintenanceContract.customer_id)
            .where(MaintenanceContract.ends_on.between(today, today + AHEAD), ~mine, ~_renewed())
        )
        count, opened = self._clocks.keeper.count(rule.id, {}), 0
        for contract, customer in (await uow.session.execute(query)).all():
            end = end_of(contract.ends_on)
            due, warn = count.due(end).due_at, count.warn_at(end)
            if (warn or due) > uow.now:
                continue
            opened += await _opened(uow, contract, customer, due)
        return opened


async def _opened(uow: UnitOfWork, contract: MaintenanceContract, customer: Customer, due: datetime) -> bool:
    """Open a record and tell of it, unless another process did; what is late already is told of as late."""
    new = insert(ContractRenewal).values(
        id=func.gen_random_uuid(), contract_id=contract.id, version=1, opened_at=uow.now, due_at=due
    )
    renewal = await uow.session.scalar(new.on_conflict_do_nothing().returning(ContractRenewal))
    if renewal is None:
        return False
    if due >= uow.now:
        ending = Ending(renewal, contract, customer)
        await uow.publish(RenewalDue(**facts_of(ending, await in_charge_of(uow.session, ending))))
    return True


async def _followed(uow: UnitOfWork) -> None:
    """What a later contract follows on needs nobody any more, however that contract came in."""
    query = (
        select(ContractRenewal)
        .join(MaintenanceContract, MaintenanceContract.id == ContractRenewal.contract_id)
        .where(ContractRenewal.closed_at.is_(None), _renewed())
        .with_for_update(of=ContractRenewal, skip_locked=True)
    )
    for renewal in await uow.session.scalars(query):
        renewal.outcome, renewal.closed_at = Outcome.RENEWED.value, uow.now
    await uow.session.flush()


async def _late(uow: UnitOfWork, rule: ClockRule) -> int:
    """Note, once each, those that nobody told their customer of in time."""
    query = (
        select(ContractRenewal, MaintenanceContract, Customer)
        .join(MaintenanceContract, MaintenanceContract.id == ContractRenewal.contract_id)
        .join(Customer, Customer.id == MaintenanceContract.customer_id)
        .where(
            ContractRenewal.due_at < uow.now,
            ContractRenewal.noticed_at.is_(None),
            ContractRenewal.breached_at.is_(None),
            ContractRenewal.closed_at.is_(None),
        )
        .with_for_update(of=ContractRenewal, skip_locked=True)
    )
    late = [Ending(*row) for row in await uow.session.execute(query)]
    for ending in late:
        ending.renewal.breached_at = uow.now
        in_charge = await in_charge_of(uow.session, ending)
        await uow.publish(RenewalLate(**facts_of(ending, in_charge), level=rule.level))
    await uow.session.flush()
    return len(late)


def _renewed() -> Exists:
    """Whether another contract for the same goes on after this one's end."""
    later = aliased(MaintenanceContract)
    return exists().where(
        later.customer_id == MaintenanceContract.customer_id,
        later.purchase_id.is_not_distinct_from(MaintenanceContract.purchase_id),
        later.ends_on > MaintenanceContract.ends_on,
    )
