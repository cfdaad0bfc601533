"""People are told of maintenance contracts that end, over the port of escalations (R3b-20)."""

from backend.clock import SHANGHAI
from backend.escalation.notifying import PERSON, Notifier, Told
from backend.followup.events import RenewalDue, RenewalEvent, RenewalLate, RenewerSent
from backend.policy import Policy
from backend.unit_of_work import UnitOfWork


class RenewalNotices:
    """Hears of contracts inside the transaction; tells the targets of policy, and who is in charge."""

    def __init__(self, policy: Policy, notifier: Notifier) -> None:
        self._contracts = policy.escalation.contracts
        self._notifier = notifier

    async def on_due(self, uow: UnitOfWork, event: RenewalDue) -> None:
        """The customer is to be told, and somebody to be sent."""
        await self._tell(uow, "due", event)

    async def on_late(self, uow: UnitOfWork, event: RenewalLate) -> None:
        """Nobody told the customer in time."""
        await self._tell(uow, "late", event)

    async def on_sent(self, uow: UnitOfWork, event: RenewerSent) -> None:
        """Somebody is to renew the contract, and learns of it."""
        await self._tell(uow, "sent", event)

    async def _tell(self, uow: UnitOfWork, occasion: str, event: RenewalEvent) -> None:
        notice = self._contracts[occasion]
        title = notice.text.format(
            contract=event.contract,
            customer=event.customer,
            ends_on=event.ends_on.isoformat(),
            due=f"{event.due_at.astimezone(SHANGHAI):%Y-%m-%d}",
        )
        # who is sent is told each time anew, since they may be sent again after somebody else was
        again = f":{event.version}" if isinstance(event, RenewerSent) else ""
        told = Told(f"renewal:{event.renewal_id}:{occasion}{again}", title, notice.source)
        person = () if event.in_charge is None else (f"{PERSON}{event.in_charge}",)
        await self._notifier.write_of(uow, told, (*notice.notify, *person))
