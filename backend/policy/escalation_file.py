"""The shape of policy/escalation.yml, before anything is said about its sense."""

from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from backend.policy.reading import CLAUSE

Level = Literal["agent", "supervisor", "manager", "deputy_gm", "gm"]
Trigger = Literal[
    "filed",
    "changed",
    "stage_changed",
    "reclassified",
    "clock_warned",
    "clock_breached",
    "level_unacknowledged",
]
Via = Literal["desk", "email", "wecom", "dingtalk", "console"]
Name = Annotated[str, Field(min_length=1)]
CONTRACT_FACTS = ("contract", "customer", "ends_on", "due")
"""What the words about a contract that ends may name."""


def _patient(patience: float | str) -> float | str:
    if not patience or (isinstance(patience, float) and patience < 0):
        raise ValueError("must be more than no time, or the id of a clock")
    return patience


Patience = Annotated[float | str, AfterValidator(_patient)]
"""How long a level may take to acknowledge: working hours, or the id of a clock of policy/sla.yml."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _LevelFile(_Shape):
    name: Name
    ack_within: Patience
    notify: list[Name] = Field(min_length=1)


class _TargetFile(_Shape):
    name: Name
    via: list[Via] = Field(min_length=1)
    email: list[Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")]] = []
    mobiles: list[Annotated[str, Field(pattern=r"^1[3-9]\d{9}$")]] = []


class _TaskFile(_Shape):
    id: Name
    name: Name


class _EmergencyFile(_Shape):
    source: str = Field(pattern=CLAUSE)
    closes: Level
    tasks: list[_TaskFile] = Field(min_length=1)


def _fillable(text: str) -> str:
    for _, name, _, _ in Formatter().parse(text):
        if name is not None and name not in CONTRACT_FACTS:
            raise ValueError(f"{{{name}}} is none of {', '.join(CONTRACT_FACTS)}")
    return text


class ContractNoticeFile(_Shape):
    """Who is told of a contract that ends, and with which words."""

    notify: list[Name] = []
    text: Annotated[Name, AfterValidator(_fillable)]
    source: str = Field(pattern=CLAUSE)


class _ContractsFile(_Shape):
    due: ContractNoticeFile
    late: ContractNoticeFile
    sent: ContractNoticeFile


class FactFile(_Shape):
    """How people call a fact and its values."""

    name: Name
    values: dict[str, Name] = {}


class ThenFile(_Shape):
    """What a rule does."""

    level: Level | None = None
    reassign: Name | None = None
    priority: Literal["normal", "high", "urgent"] | None = None
    handover: Literal["now", "none"] = "none"
    notify: list[Name] = []
    reply: Literal["written"] | None = None
    emergency: bool = False


class RuleFile(_Shape):
    """A rule."""

    id: Name
    name: Name
    on: list[Trigger] = Field(min_length=1)
    when: Name
    then: ThenFile
    ack_within: Patience | None = None
    source: str = Field(pattern=CLAUSE)

    @model_validator(mode="before")
    @classmethod
    def _key_on(cls, given: Any) -> Any:
        # YAML 1.1 takes an unquoted `on` for true (https://yaml.org/type/bool.html)
        return (
            {"on" if key is True else key: value for key, value in given.items()}
            if isinstance(given, dict)
            else given
        )


class DepartmentsFile(BaseModel):
    """The part of routing.yml that names departments."""

    departments: dict[str, str]


class EscalationFile(_Shape):
    """The whole file."""

    levels: dict[Level, _LevelFile]
    targets: dict[Name, _TargetFile] = Field(min_length=1)
    emergency: _EmergencyFile
    contracts: _ContractsFile
    facts: dict[str, FactFile]
    rules: list[RuleFile] = Field(min_length=1)
