"""What every feature stands on: settings, database, time, wording, policy. Built in `backend.bootstrap`."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from backend.clock import Clock
from backend.db import Database
from backend.jobs import JobQueue
from backend.policy import Policy
from backend.realtime import Announcer
from backend.settings import Settings
from backend.unit_of_work import EventBus, UnitsOfWork
from backend.wording import Wording


@dataclass(frozen=True, slots=True)
class House:
    """The shared foundation of one process."""

    settings: Settings
    database: Database
    clock: Clock
    jobs: JobQueue
    bus: EventBus
    units: UnitsOfWork
    wording: Wording
    policy: Policy
    announcer: Announcer


def house_of(request: Request) -> House:
    """The house that the application was built with."""
    house: House = request.app.state.house
    return house


HouseDependency = Annotated[House, Depends(house_of)]
