"""Accounts of the people at the desk."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import User
from backend.access.passwords import MIN_LENGTH, WeakPasswordError, hashed, require_strong
from backend.access.roles import Role
from backend.errors import ConflictError, WeakPasswordRefusedError


async def create_user(
    session: AsyncSession, username: str, display_name: str, role: Role, password: str
) -> User:
    """Make an account.

    Raises:
        WeakPasswordError: the password is too easy.
        ConflictError: the user name is taken.
    """
    name = username.strip().lower()
    require_strong(password, name)
    if await find(session, name) is not None:
        raise ConflictError(f"user name {name} is taken")
    user = User(
        username=name,
        display_name=display_name.strip() or name,
        role=Role(role),
        password_hash=await hashed(password),
        created_at=datetime.now(UTC),
    )
    session.add(user)
    await session.flush()
    return user


async def strong_hash(password: str, username: str) -> str:
    """The hash of a new password.

    Raises:
        WeakPasswordRefusedError: it is too easy.
    """
    try:
        require_strong(password, username)
    except WeakPasswordError as error:
        raise WeakPasswordRefusedError(str(error), length=MIN_LENGTH) from error
    return await hashed(password)


async def find(session: AsyncSession, username: str) -> User | None:
    """The account of that user name, if there is one."""
    return await session.scalar(select(User).where(User.username == username.strip().lower()))
