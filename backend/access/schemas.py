"""What log-in pages exchange."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.access.roles import Role
from backend.access.sessions import Identity
from backend.text import Text


class Credentials(BaseModel):
    """A log-in."""

    username: Text = Field(min_length=1, max_length=100)
    password: Text = Field(min_length=1, max_length=500)
    code: Text | None = Field(default=None, max_length=20, description="Of the second factor, if asked for")


class UserOut(BaseModel):
    """Who is logged in."""

    id: UUID
    username: str
    display_name: str
    role: Role


class ColleagueOut(BaseModel):
    """Somebody who works at the desk, as others may choose them."""

    model_config = ConfigDict(from_attributes=True)

    username: str
    display_name: str
    role: Role


class Colleagues(BaseModel):
    """Colleagues by name."""

    items: list[ColleagueOut]


class SessionOut(BaseModel):
    """The session of whoever is logged in, with the token that changing requests must carry."""

    user: UserOut
    csrf_token: str


def session_out(identity: Identity) -> SessionOut:
    """An identity as the log-in page needs it."""
    user = UserOut(
        id=identity.user_id,
        username=identity.username,
        display_name=identity.display_name,
        role=identity.role,
    )
    return SessionOut(user=user, csrf_token=identity.csrf_token)
