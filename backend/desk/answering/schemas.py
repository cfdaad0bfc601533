"""What the answer aids exchange with the desk's pages."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.text import Text

SHORTCUT = r"^[^\s/]{1,30}$"


class CannedIn(BaseModel):
    """A canned reply as it is written. `group` is one of policy/desk.yml, or none for everybody's."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    shortcut: Text = Field(pattern=SHORTCUT)
    title: Text = Field(min_length=1, max_length=60)
    text: Text = Field(min_length=1, max_length=1_000)
    group: Text | None = Field(default=None, min_length=1, max_length=50)


class CannedOut(BaseModel):
    """A canned reply; `used` tells how often it was picked."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    shortcut: str
    title: str
    text: str
    group: str | None
    used: int


class CannedReplies(BaseModel):
    """Canned replies, those that are picked most first."""

    items: list[CannedOut]


class Variables(BaseModel):
    """What the variables of canned replies stand for in one conversation, as far as it is known."""

    customer_name: str | None
    ticket: str | None
    agent: str
    product: str | None


class Suggestion(BaseModel):
    """An entry of the FAQ that the customer may be asking for.

    `score` is the probability that it is; `sure` that the bot would tell it by itself. `source` are the
    clauses and laws that the answer rests on.
    """

    question: str
    answer: str
    score: float
    sure: bool
    source: list[str]


class Suggestions(BaseModel):
    """Suggested answers, likeliest first. `asked` is what was looked up; without `available` nobody could."""

    asked: str | None
    items: list[Suggestion]
    available: bool
