"""Roles of the desk and who else calls. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person at the desk is."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    DEPUTY_GM = "deputy_gm"
    GM = "gm"
    ADMIN = "admin"


ALL_ROLES = frozenset(Role)
SUPERVISING = ALL_ROLES - {Role.AGENT}


class Caller(StrEnum):
    """Kinds of callers, apart from the people at the desk."""

    PUBLIC = "public"
    CUSTOMER = "customer"
    SERVICE = "service"
    OPERATIONS = "operations"
    VENDOR = "vendor"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call an endpoint; `roles` matter for the desk only."""

    caller: Caller
    roles: frozenset[Role] = frozenset()


PUBLIC = Access(Caller.PUBLIC)
CUSTOMER = Access(Caller.CUSTOMER)
SERVICE = Access(Caller.SERVICE)
OPERATIONS = Access(Caller.OPERATIONS)
VENDOR = Access(Caller.VENDOR)
"""A channel's vendor, by its signature."""
ANY_AGENT = Access(Caller.DESK, ALL_ROLES)
SUPERVISORS = Access(Caller.DESK, SUPERVISING)
ADMINS = Access(Caller.DESK, frozenset({Role.ADMIN}))
