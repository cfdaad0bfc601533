"""Notices to the desk put into the inboxes of those whom they concern."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import User
from backend.access.roles import Role
from backend.desk.inbox.audience import Colleague, readers
from backend.desk.inbox.models import InboxEntry
from backend.escalation.events import DeskNoticeWritten
from backend.escalation.notifying import PERSON
from backend.handover import presence
from backend.policy import Policy
from backend.unit_of_work import UnitOfWork


class Inboxes:
    """Hears of notices in the transaction that writes them, so that none is lost."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    async def on_notice(self, uow: UnitOfWork, event: DeskNoticeWritten) -> None:
        """Everybody it concerns at this moment finds it, whether they are logged in or not."""
        people = await _people(uow.session)
        if event.target.startswith(PERSON):
            named = event.target.removeprefix(PERSON)
            told = {person.username for person in people if person.username == named}
        else:
            told = readers(event.target, people, self._groups(event.department), event.assignee)
        if not told:
            return
        rows = [
            {"notice_id": event.notice_id, "username": name, "at": uow.now, "read_at": None}
            for name in sorted(told)
        ]
        await uow.session.execute(insert(InboxEntry).values(rows).on_conflict_do_nothing())

    def _groups(self, department: str | None) -> list[str]:
        return [group.id for group in self._policy.desk.groups.values() if department in group.departments]


async def _people(session: AsyncSession) -> list[Colleague]:
    groups = await presence.groups_of(session)
    rows = await session.execute(select(User.username, User.role).where(User.active.is_(True)))
    return [Colleague(name, Role(role), groups.get(name, frozenset())) for name, role in rows]
