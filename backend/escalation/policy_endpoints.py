"""The policy in force at the desk: every rule in a readable form, and the wording of the clauses."""

from collections import defaultdict
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.escalation.schemas import (
    ClauseOut,
    Clauses,
    PolicyEntryOut,
    PolicyFileOut,
    PolicyOut,
    PolicySectionOut,
    SourceOut,
)
from backend.house import HouseDependency
from backend.policy import Policy
from backend.policy.documents import Document, Section

router = APIRouter(prefix="/api/v1/policy", tags=["policy"], dependencies=[Depends(desk(ANY_AGENT))])


@router.get("")
async def get_policy(house: HouseDependency) -> PolicyOut:
    """All files with their rules and the texts of the clauses they rest on."""
    policy = house.policy
    return PolicyOut(version=policy.version, files=[_file(policy, document) for document in policy.documents])


@router.get("/clauses")
async def find_clauses(house: HouseDependency, text: Annotated[str, Query(max_length=200)] = "") -> Clauses:
    """Clauses whose id or wording contains all words of the text; all of them without one."""
    policy = house.policy
    cited: dict[str, list[str]] = defaultdict(list)
    for document in policy.documents:
        for source, entry in document.citations():
            cited[source].append(f"{document.name}: {entry}")
    words = text.lower().split()
    return Clauses(
        items=[
            ClauseOut(id=clause, text=wording, cited_by=cited[clause])
            for clause, wording in policy.clauses.items()
            if all(word in f"{clause} {wording}".lower() for word in words)
        ]
    )


def _file(policy: Policy, document: Document) -> PolicyFileOut:
    return PolicyFileOut(
        name=document.name, sections=[_section(policy, section) for section in document.sections]
    )


def _section(policy: Policy, section: Section) -> PolicySectionOut:
    return PolicySectionOut(
        name=section.name,
        entries=[
            PolicyEntryOut(
                id=entry.id,
                name=entry.name,
                condition=entry.condition,
                fields=dict(entry.fields),
                sources=[SourceOut(id=source, text=policy.clauses.get(source)) for source in entry.sources],
            )
            for entry in section.entries
        ],
    )
