"""Accounts to try the product with."""

from backend.access import accounts
from backend.access.roles import Role
from backend.db import Database
from backend.wording import Wording

DEMO_USERS = {
    "demo": Role.AGENT,
    "demo-supervisor": Role.SUPERVISOR,
    "demo-manager": Role.MANAGER,
    "demo-admin": Role.ADMIN,
}


async def seed(database: Database, wording: Wording, password: str) -> list[str]:
    """Make the demo accounts that do not exist yet; returns the names of those made."""
    made = []
    for username, role in DEMO_USERS.items():
        async with database.transaction() as session:
            if await accounts.find(session, username) is None:
                display_name = wording.say(f"demo_{role}")
                await accounts.create_user(session, username, display_name, role, password)
                made.append(username)
    return made
