"""The guard that every endpoint carries. An endpoint without one stops the start (invariant 8)."""

import secrets
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from backend.access.roles import OPERATIONS, PUBLIC, SERVICE, Access, Caller
from backend.access.sessions import COOKIE, Identity, identify
from backend.errors import CsrfError, ForbiddenError, UnauthorizedError

CSRF_HEADER = "X-CSRF-Token"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("forwarded", "x-forwarded-for")
MARK = "grants_access"

Guard = Callable[..., Awaitable[Any]]


class UnguardedEndpointError(Exception):
    """An endpoint does not say who may call it."""


def granting(access: Access) -> Callable[[Guard], Guard]:
    """Mark a dependency as the guard for this kind of access."""

    def mark(guard: Guard) -> Guard:
        setattr(guard, MARK, access)
        return guard

    return mark


@granting(PUBLIC)
async def public(_request: Request) -> None:
    """Anybody."""


@granting(SERVICE)
async def service(request: Request) -> None:
    """The bot's actions, by the shared token."""
    if not _has_service_token(request):
        raise UnauthorizedError("service token")


@granting(OPERATIONS)
async def operations(request: Request) -> None:
    """Monitoring: from this machine and not through a proxy, or with the shared token."""
    if not is_direct(request) and not _has_service_token(request):
        raise ForbiddenError("operations")


def is_direct(connection: HTTPConnection) -> bool:
    """Whether it comes from this machine and not through a proxy."""
    direct = not any(name in connection.headers for name in FORWARDED)
    return direct and connection.client is not None and connection.client.host in LOOPBACK


def desk(access: Access) -> Callable[[Request], Awaitable[Identity]]:
    """People at the desk with one of the access's roles; changing requests need the CSRF token."""

    @granting(access)
    async def guard(request: Request) -> Identity:
        identity = await current_identity(request)
        if request.method not in READING:
            given = request.headers.get(CSRF_HEADER, "")
            if not secrets.compare_digest(given.encode(), identity.csrf_token.encode()):
                raise CsrfError
        if identity.role not in access.roles:
            raise ForbiddenError(identity.role)
        return identity

    return guard


async def current_identity(request: Request) -> Identity:
    """Who the session cookie belongs to.

    Raises:
        UnauthorizedError: no cookie, or its session has ended.
    """
    token = request.cookies.get(COOKIE)
    if token:
        house = request.app.state.house
        async with house.database.transaction() as session:
            identity = await identify(session, token, house.clock.now())
        if identity is not None:
            return identity
    raise UnauthorizedError("desk session")


def endpoints(routes: Sequence[BaseRoute]) -> Iterator[RouteContext]:
    """The endpoints among the routes, those of included routers with their full paths."""
    return (route for route in iter_route_contexts(routes) if isinstance(route.original_route, APIRoute))


def access_of(route: RouteContext) -> Access:
    """Who may call the endpoint.

    Raises:
        UnguardedEndpointError: it does not say, or says it twice.
    """
    found = set(_marks(route.dependant))
    if len(found) != 1:
        raise UnguardedEndpointError(
            f"{sorted(route.methods or ())} {route.path} carries {len(found)} guards, not 1"
        )
    return found.pop()


def require_guards(routes: Sequence[BaseRoute]) -> None:
    """Refuse to serve endpoints that do not say who may call them.

    Raises:
        UnguardedEndpointError: names the first one.
    """
    for route in endpoints(routes):
        access = access_of(route)
        if access.caller is Caller.DESK and not access.roles:
            raise UnguardedEndpointError(f"{route.path} is open to no role")


def bearer_token(request: Request) -> str:
    """The bearer token of the request, or an empty string."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _has_service_token(request: Request) -> bool:
    expected = request.app.state.house.settings.service_token
    return secrets.compare_digest(bearer_token(request).encode(), expected.encode())


def _marks(dependant: Dependant) -> Iterable[Access]:
    for dependency in dependant.dependencies:
        mark = getattr(dependency.call, MARK, None)
        if mark is not None:
            yield mark
        yield from _marks(dependency)
