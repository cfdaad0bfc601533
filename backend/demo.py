"""Something to try the product with: accounts for each role, and a few invented conversations."""

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from backend import policy
from backend.access import accounts
from backend.access.roles import Role
from backend.clock import Clock
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Sender
from backend.db import Database
from backend.jobs import JobQueue
from backend.policy import Policy
from backend.settings import PROJECT_ROOT
from backend.tickets.filing import file
from backend.tickets.kinds import Actor
from backend.tickets.models import Ticket
from backend.tickets.schemas import NewTicket
from backend.tickets.timeline import By
from backend.unit_of_work import EventBus, UnitOfWork, UnitsOfWork
from backend.warranty import demo as register_demo
from backend.wording import Wording

DEMO_USERS = {
    "demo": Role.AGENT,
    "demo-supervisor": Role.SUPERVISOR,
    "demo-manager": Role.MANAGER,
    "demo-deputy": Role.DEPUTY_GM,
    "demo-gm": Role.GM,
    "demo-admin": Role.ADMIN,
}
CHANNEL = "web"


async def seed(database: Database, clock: Clock, password: str, root: Path = PROJECT_ROOT) -> list[str]:
    """Make the demo accounts and tickets that do not exist yet; returns what was made."""
    wording = Wording.load(root / "domain" / "_system.yml")
    rules = policy.load(root / "policy")
    units = UnitsOfWork(database, clock, JobQueue(database.url), EventBus())
    made = []
    for username, role in DEMO_USERS.items():
        async with database.transaction() as session:
            if await accounts.find(session, username) is None:
                name = wording.say(f"demo_{role}")
                await accounts.create_user(session, username, name, role, password)
                made.append(username)
    for story in yaml.safe_load((root / "data" / "demo" / "conversations.yml").read_text(encoding="utf-8")):
        async with units.begin() as uow:
            if await _tell(uow, rules, story):
                made.append(story["id"])
    plan = yaml.safe_load((root / "data" / "demo" / "register.yml").read_text(encoding="utf-8"))
    async with database.transaction() as session:
        if await register_demo.seed(session, plan, clock.now()):
            made.append("register")
    return made


async def _tell(uow: UnitOfWork, rules: Policy, story: dict[str, Any]) -> bool:
    if await uow.session.scalar(select(Ticket.id).where(Ticket.request_id == story["id"])) is not None:
        return False
    conversation = await hub.start(uow, CHANNEL)
    said = [Utterance(message["text"], Sender(message["sender"])) for message in story["messages"]]
    await hub.store_utterances(uow, conversation.id, said)
    request = NewTicket(request_id=story["id"], conversation_id=conversation.id, **story["ticket"])
    await file(uow, rules, request, channel=CHANNEL, by=By(Actor.BOT))
    return True
