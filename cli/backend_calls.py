"""What the command line asks of the backend's own functions: one thin call each."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from backend import demo, migrations_runner
from backend.access import accounts
from backend.access.roles import Role
from backend.bootstrap import build
from backend.clock import FixedClock, SystemClock
from backend.db import Database
from backend.desk.corrections import reading
from backend.desk.corrections.examples import Example
from backend.escalation import replaying
from backend.escalation.replaying import Difference, RuleStory
from backend.policy import Policy
from backend.policy.escalation import EscalationRule
from backend.settings import Settings
from backend.tickets import audit

Result = TypeVar("Result")


def migrate(url: str) -> None:
    """Bring the schema up to date."""
    migrations_runner.upgrade(url)


def revisions(url: str) -> tuple[str | None, str | None]:
    """The schema's revision, and the newest one."""
    return migrations_runner.current(url)


def seed_demo(url: str, password: str, service_token: str) -> None:
    """Make the demo accounts and records that do not exist yet."""

    async def seed() -> None:
        clock = FixedClock(SystemClock().now())
        house = build(Settings(database_url=url, service_token=service_token), clock=clock).house
        try:
            await demo.seed(house, clock, password)
        finally:
            await house.database.close()

    asyncio.run(seed())


def create_user(url: str, username: str, display_name: str, role: str, password: str) -> None:
    """Make an account of the desk.

    Raises:
        backend.access.passwords.WeakPasswordError: the password is too easy.
        backend.errors.ConflictError: the user name is taken.
    """

    async def create(database: Database) -> None:
        async with database.transaction() as session:
            await accounts.create_user(session, username, display_name, Role(role), password)

    with_database(url, create)


def verify_audit(url: str) -> list[audit.Finding]:
    """Check all timelines for tampering."""

    async def verify(database: Database) -> list[audit.Finding]:
        async with database.transaction() as session:
            return await audit.verify(session)

    return with_database(url, verify)


def rule_stories(url: str, ticket: str, policy: Policy) -> list[RuleStory]:
    """What each rule did to a ticket, and why.

    Raises:
        backend.errors.NotFoundError: there is no such ticket.
    """

    async def read(database: Database) -> list[RuleStory]:
        async with database.transaction() as session:
            return await replaying.stories(session, policy, ticket, SystemClock().now())

    return with_database(url, read)


def policy_differences(
    url: str,
    since: datetime,
    rules: tuple[EscalationRule, ...],
    instead_of: tuple[EscalationRule, ...] | None,
) -> list[Difference]:
    """What these rules would have done to past tickets instead of others, or of what was done."""

    async def read(database: Database) -> list[Difference]:
        async with database.transaction() as session:
            return [each async for each in replaying.differences(session, since, rules, instead_of)]

    return with_database(url, read)


def corrections(url: str, since: datetime | None) -> list[Example]:
    """What people put right of what the machine understood, since then."""

    async def read(database: Database) -> list[Example]:
        async with database.transaction() as session:
            return await reading.examples(session, since)

    return with_database(url, read)


def with_database(url: str, use: Callable[[Database], Awaitable[Result]]) -> Result:
    """What comes of using a database, whose connection is closed afterwards."""

    async def run() -> Result:
        database = Database(url, pool_size=1)
        try:
            return await use(database)
        finally:
            await database.close()

    return asyncio.run(run())
