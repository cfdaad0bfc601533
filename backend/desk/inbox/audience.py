"""Who at the desk a target of policy/escalation.yml is. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from backend.access.roles import SUPERVISING, Role

EVERYBODY = "all_hands"
OF_AGENTS = "front_desk"
OF_DEPARTMENT = "department"
SERVES = frozenset({Role.AGENT, Role.SUPERVISOR})
"""Roles that work for a department; the others are called by their own names."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at the desk, and the groups of policy/desk.yml they are in."""

    username: str
    role: Role
    groups: frozenset[str] = frozenset()


def readers(
    target: str, people: Collection[Colleague], groups: Collection[str], assignee: str | None
) -> set[str]:
    """User names of those whom a notice to the target concerns.

    Targets are named after roles, but for everybody, the agents, and the department of the ticket. A
    department is whoever has the ticket, and the members of its groups; if there are none, those who are in
    no group and serve them all. Where nobody is found, supervisors and those above are told: somebody sees
    to it (R3b-28).

    Args:
        target: its id.
        people: everybody who may log in.
        groups: those that serve the ticket's department.
        assignee: who has the ticket.
    """
    if target == EVERYBODY:
        return {person.username for person in people}
    if target == OF_DEPARTMENT:
        found = _department(people, groups) | {
            person.username for person in people if person.username == assignee
        }
    else:
        role = Role.AGENT if target == OF_AGENTS else target
        found = {person.username for person in people if person.role == role}
    return found or {person.username for person in people if person.role in SUPERVISING}


def _department(people: Iterable[Colleague], groups: Collection[str]) -> set[str]:
    serving = [person for person in people if groups and person.role in SERVES]
    members = {person.username for person in serving if person.groups.intersection(groups)}
    return members or {person.username for person in serving if not person.groups}
