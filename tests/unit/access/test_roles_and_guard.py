"""Roles, and the guard that no endpoint may lack (invariant 8)."""

import pytest
from fastapi import APIRouter, Depends, Request

from backend.access.guard import (
    UnguardedEndpointError,
    access_of,
    bearer_token,
    desk,
    endpoints,
    public,
    require_guards,
    service,
)
from backend.access.roles import (
    ANY_AGENT,
    CUSTOMER,
    OPERATIONS,
    PUBLIC,
    SERVICE,
    SUPERVISORS,
    Access,
    Caller,
    Role,
)
from backend.access.sessions import digest, new_token

SUPERVISING = {"supervisor", "manager", "deputy_gm", "gm", "admin"}


def test_all_roles_but_the_agents_supervise():
    assert {role.value for role in Role} == SUPERVISING | {"agent"}
    assert Access(Caller.DESK, frozenset(Role)) == ANY_AGENT
    assert {role.value for role in SUPERVISORS.roles} == SUPERVISING
    assert all(not access.roles for access in (PUBLIC, CUSTOMER, SERVICE, OPERATIONS))


def _router(*dependencies) -> APIRouter:
    router = APIRouter()

    @router.get("/x", dependencies=[Depends(dependency) for dependency in dependencies])
    async def endpoint() -> None: ...

    return router


@pytest.mark.parametrize(
    ("guard", "access"),
    [(public, PUBLIC), (service, SERVICE), (desk(ANY_AGENT), ANY_AGENT), (desk(SUPERVISORS), SUPERVISORS)],
)
def test_a_guard_is_found_also_behind_another_dependency(guard, access: Access):
    async def outer(_inner: None = Depends(guard)) -> None: ...

    for router in (_router(guard), _router(outer), _router(guard, outer)):
        require_guards(router.routes)
        (route,) = endpoints(router.routes)
        assert access_of(route) == access


@pytest.mark.parametrize(
    "guards", [(), (public, service), (desk(ANY_AGENT), desk(SUPERVISORS)), (desk(Access(Caller.DESK)),)]
)
def test_no_guard_two_guards_and_a_guard_for_nobody_stop_the_start(guards: tuple):
    with pytest.raises(UnguardedEndpointError, match="/x"):
        require_guards(_router(*guards).routes)


@pytest.mark.parametrize(
    ("header", "token"),
    [
        (None, ""),
        ("", ""),
        ("Bearer abc", "abc"),
        ("bearer abc", "abc"),
        ("Bearer   abc ", "abc"),
        ("Bearer", ""),
        ("Basic abc", ""),
        ("abc", ""),
        ("Bearerabc", ""),
    ],
)
def test_bearer_tokens(header: str | None, token: str):
    headers = [] if header is None else [(b"authorization", header.encode())]
    assert bearer_token(Request({"type": "http", "headers": headers})) == token


def test_tokens_are_long_random_and_stored_as_digests():
    tokens = {new_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert min(map(len, tokens)) >= 43  # 32 bytes in base64
    # SHA-256 of "abc" from FIPS 180-2, appendix B.1
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
