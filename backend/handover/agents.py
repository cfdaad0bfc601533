"""People at the desk as hand-over sees them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import User
from backend.access.roles import SUPERVISING, Role
from backend.conversations.models import Conversation, Owner
from backend.handover.errors import AlreadyOwnedError, NotOwnerError, NotTakenError, UnknownColleagueError
from backend.text import storable


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who acts."""

    username: str
    display_name: str
    role: Role

    @property
    def supervises(self) -> bool:
        """Whether they may decide over what others have."""
        return self.role in SUPERVISING


async def colleague(session: AsyncSession, username: str) -> Agent:
    """Somebody who works here now.

    Raises:
        UnknownColleagueError: nobody does by that name.
    """
    query = select(User).where(User.username == storable(username).strip().lower(), User.active)
    user = await session.scalar(query)
    if user is None:
        raise UnknownColleagueError(username)
    return Agent(user.username, user.display_name, Role(user.role))


async def display_names(session: AsyncSession, usernames: set[str]) -> dict[str, str]:
    """What people are called, by user name."""
    if not usernames:
        return {}
    query = select(User.username, User.display_name).where(User.username.in_(usernames))
    return dict((await session.execute(query)).all())


async def name_of(session: AsyncSession, username: str | None) -> str:
    """What somebody is called; the user name itself if the account is gone."""
    return (await display_names(session, {username} if username else set())).get(
        username or "", username or ""
    )


async def require_free(session: AsyncSession, conversation: Conversation, agent: Agent) -> None:
    """Refuse what would take a conversation away from a colleague.

    Raises:
        AlreadyOwnedError: names the colleague who has it.
    """
    if conversation.owner == Owner.AGENT and conversation.agent_username != agent.username:
        raise AlreadyOwnedError(owner=await name_of(session, conversation.agent_username))


async def require_owner(session: AsyncSession, conversation: Conversation, agent: Agent) -> None:
    """Refuse what only the person does who has the conversation.

    Raises:
        NotOwnerError: a colleague has it.
        NotTakenError: nobody has taken it yet.
    """
    if conversation.owner != Owner.AGENT:
        raise NotTakenError
    if conversation.agent_username != agent.username:
        raise NotOwnerError(owner=await name_of(session, conversation.agent_username))
