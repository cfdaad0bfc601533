"""The API description: valid, complete, current; and no request, however odd, breaks an endpoint."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import httpx
import openapi_spec_validator
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.access.roles import Role
from backend.settings import PROJECT_ROOT, Settings
from tests.integration.backend.conftest import SERVICE_TOKEN, Running, WebCustomer, logged_in
from tests.integration.backend.test_tickets import SERVICE, filed, request_for
from tests.support.served_backend import Served, served

V1 = "/api/v1"
CONVERSATION = f"{V1}/webchat/conversations/{{conversation_id}}/messages"


@pytest.fixture
def description(running: Running) -> dict:
    return running.app.openapi()


async def test_it_is_valid_openapi_3_1_and_served(client: httpx.AsyncClient, description: dict):
    assert description["openapi"].startswith("3.1.")
    openapi_spec_validator.validate(description)
    assert (await client.get("/openapi.json")).json() == description


def test_the_description_in_docs_is_current(description: dict):
    """`make fmt` writes it; the web client's types are made from it."""
    written = json.loads((PROJECT_ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(description))


@pytest.mark.parametrize(
    ("method", "path", "success"),
    [
        ("post", f"{V1}/webchat/conversations", {"201"}),
        ("post", CONVERSATION, {"200"}),
        ("get", CONVERSATION, {"200"}),
        ("post", f"{V1}/auth/login", {"200"}),
        ("post", f"{V1}/auth/logout", {"204"}),
        ("get", f"{V1}/auth/me", {"200"}),
        ("get", f"{V1}/tickets", {"200"}),
        ("get", f"{V1}/tickets/{{number}}", {"200"}),
        ("post", f"{V1}/service/tickets", {"200", "201"}),
        ("get", "/healthz", {"200"}),
        ("get", "/readyz", {"200"}),
        ("get", "/metrics", {"200"}),
    ],
)
def test_what_other_clients_use_is_described(description: dict, method: str, path: str, success: set[str]):
    responses = description["paths"][path][method]["responses"]
    assert {code for code in responses if code.startswith("2")} == success
    assert {"4XX", "5XX"} <= set(responses)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("Opened", {"conversation_id", "token", "messages"}),
        ("NewMessage", {"client_message_id", "text", "wait", "file_ids"}),
        ("Turn", {"message", "replies"}),
        (
            "MessageOut",
            {
                "seq",
                "sender",
                "text",
                "quick_replies",
                "attachments",
                "created_at",
                "client_message_id",
                "author_name",
            },
        ),
        ("Messages", {"messages", "owner", "agent_name", "position", "agent_seen_seq"}),
        ("TicketPage", {"items", "total", "page", "page_size"}),
        ("FiledTicket", {"number", "kind", "stage", "promises"}),
        ("SessionOut", {"user", "csrf_token"}),
    ],
)
def test_bodies_have_the_promised_fields(description: dict, name: str, fields: set[str]):
    assert set(description["components"]["schemas"][name]["properties"]) == fields


def test_the_ticket_list_has_its_filters_and_reading_on_its_since(description: dict):
    def parameters(path: str) -> set[str]:
        return {item["name"] for item in description["paths"][path]["get"]["parameters"]}

    assert parameters(f"{V1}/tickets") >= {"conversation_id", "kind", "stage", "text", "page", "page_size"}
    assert parameters(f"{V1}/tickets") >= {"due", "assignee", "severity", "created_from", "sort"}
    assert parameters(CONVERSATION) == {"conversation_id", "since"}


ODD_TEXTS = {
    "nul": "漏\x00水",
    "lone surrogate": "漏\ud800水",
    "controls": "\x01\x1b[31m\x7f",
    "right to left": "\u202e\u2066漏",
    "one endless word": "a" * 1_900,
    "query syntax": "'a' & !(b | c) <-> :*",
    "wildcards": "%_\\",
    "sql": "'; drop table ticket; --",
    "braces": "{0.__class__}{number}",
}


@dataclass
class Everybody:
    """A customer, an agent and the bot's actions, and what they can ask about."""

    customer: WebCustomer
    agent: httpx.AsyncClient
    number: str


@pytest.fixture
async def everybody(running: Running, customer: WebCustomer) -> AsyncIterator[Everybody]:
    agent = await logged_in(running, Role.AGENT)
    yield Everybody(customer, agent, await filed(customer))
    await agent.aclose()


async def _sent(http: httpx.AsyncClient, path: str, body: dict, headers: dict[str, str] | None = None) -> int:
    """ASCII-escaped, so that anything a JSON string may hold goes over the wire."""
    content = json.dumps(body).encode()
    response = await http.post(
        path, content=content, headers={"content-type": "application/json"} | (headers or {})
    )
    return response.status_code


def _ticket_with(place: str) -> Callable:
    async def ask(them: Everybody, text: str) -> int:
        changes = {
            "request_id": {"request_id": text[:200]},
            "description": {"description": text},
            "demand": {"demand": text},
            "detail": {"details": {"product": text}},
            "detail name": {"details": {text: "x"}},
            "contact": {"contact": {"name": text, "phone": text[:40], "address": text}},
            "signal": {"signals": {"hazard_kind": text}},
            "signal name": {"signals": {text: [text, {text: text}]}},
        }[place]
        return await _sent(
            them.customer.client, f"{V1}/service/tickets", request_for(them.customer, **changes), SERVICE
        )

    return ask


async def _login(them: Everybody, text: str) -> int:
    return await _sent(
        them.customer.client, f"{V1}/auth/login", {"username": text[:100], "password": text[:500]}
    )


async def _write(them: Everybody, text: str) -> int:
    body = {"client_message_id": uuid.uuid4().hex, "text": text}
    return await _sent(them.customer.client, them.customer.path, body, them.customer.headers)


async def _write_id(them: Everybody, text: str) -> int:
    body = {"client_message_id": text[:100], "text": "漏水"}
    return await _sent(them.customer.client, them.customer.path, body, them.customer.headers)


async def _note(them: Everybody, text: str) -> int:
    version = (await them.agent.get(f"{V1}/tickets/{them.number}")).json()["version"]
    body = {"grounds": "sufficient", "demand_reasonable": True, "version": version, "note": text}
    return await _sent(them.agent, f"{V1}/tickets/{them.number}/steps/judge", body)


async def _words(them: Everybody, text: str) -> int:
    body = {"request_id": text[:200], "conversation_id": them.customer.conversation_id, "text": text}
    path = f"{V1}/service/tickets/{them.number}/words"
    return await _sent(them.customer.client, path, body, SERVICE)


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


async def _search(them: Everybody, text: str) -> int:
    return (await them.agent.get(f"{V1}/tickets?text={_percent(text[:200])}")).status_code


async def _number(them: Everybody, text: str) -> int:
    return (await them.agent.get(f"{V1}/tickets/{_percent(text)}")).status_code


async def _conversation(them: Everybody, text: str) -> int:
    path = f"{V1}/webchat/conversations/{_percent(text)}/messages"
    return (await them.customer.client.get(path, headers=them.customer.headers)).status_code


async def _page(them: Everybody, text: str) -> int:
    return (await them.agent.get(f"/desk/{_percent(text)}")).status_code


PLACES: dict[str, Callable] = {
    "login": _login,
    "message": _write,
    "client_message_id": _write_id,
    "step note": _note,
    "more words": _words,
    "search": _search,
    "ticket number": _number,
    "conversation": _conversation,
    "desk page": _page,
} | {
    f"ticket {place}": _ticket_with(place)
    for place in (
        "request_id",
        "description",
        "demand",
        "detail",
        "detail name",
        "contact",
        "signal",
        "signal name",
    )
}


@pytest.mark.parametrize("place", PLACES)
async def test_no_text_breaks_an_endpoint(everybody: Everybody, place: str):
    answers = {name: await PLACES[place](everybody, text) for name, text in ODD_TEXTS.items()}
    assert {name: status for name, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("since", [2**31 - 1, 2**31, 2**63, 10**30])
async def test_no_number_breaks_reading_on(customer: WebCustomer, since: int):
    response = await customer.client.get(customer.path, params={"since": since}, headers=customer.headers)
    assert response.status_code < 500
    assert response.status_code == 422 or response.json()["messages"] == []


async def test_a_body_that_is_no_json_is_refused_in_chinese(customer: WebCustomer):
    headers = customer.headers | {"content-type": "application/json"}
    for content in (b"", b"{", b"null", b"[]", b"\xff\xfe", b'"text"', b"[" * 100_000):
        response = await customer.client.post(customer.path, content=content, headers=headers)
        assert response.status_code in {400, 422}, content[:10]
        assert response.json()["error"]["code"] == "validation"


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 8


@dataclass
class Fuzzed:
    """What the generated requests may use."""

    server: Served
    credentials: dict[str, dict[str, str]]
    known: dict[str, str]


@pytest.fixture
async def fuzzed(settings: Settings) -> AsyncIterator[Fuzzed]:
    quick = settings.model_copy(update={"wait_limit_seconds": 0.5})
    async with served(quick) as server, httpx.AsyncClient(base_url=server.url, trust_env=False) as web:
        customer = await WebCustomer.arrive(web)
        agent = await logged_in(Running(server.parts, server.app), Role.AGENT)
        desk = {
            "Cookie": f"ys_session={agent.cookies['ys_session']}",
            "X-CSRF-Token": agent.headers["X-CSRF-Token"],
        }
        credentials = {
            "webchat": dict(customer.headers),
            "service": {"Authorization": f"Bearer {SERVICE_TOKEN}"},
            "tickets": desk,
            "deliveries": desk,
            "live": desk,
            "files": desk,
            "canned": desk,
            "auth": desk,
        }
        known = {"conversation_id": customer.conversation_id, "number": await filed(customer)}
        yield Fuzzed(server, credentials, known)
        await agent.aclose()


def _fuzz(fuzzed: Fuzzed, operation, mode: GenerationMode) -> None:
    area = operation.path.removeprefix(f"{V1}/").split("/")[0]
    right = fuzzed.credentials.get(area, {})
    if operation.path.endswith("/logout"):
        right = {}  # it would end the agent's session
    callers = [right, right, right, {}, *fuzzed.credentials.values()]
    session = requests.Session()
    session.trust_env = False

    @hypothesis_settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode), st.sampled_from(callers), st.integers(0, 3))
    def run(case, caller: dict[str, str], invented: int) -> None:
        names = [name for name in fuzzed.known if f"{{{name}}}" in operation.path]
        if invented and names:
            case.path_parameters = dict(case.path_parameters or {}) | {
                name: fuzzed.known[name] for name in names
            }
        if invented and isinstance(case.body, dict) and "conversation_id" in case.body:
            case.body["conversation_id"] = fuzzed.known["conversation_id"]
        own = {} if operation.path.endswith("/logout") else caller
        case.call_and_validate(
            base_url=fuzzed.server.url, session=session, headers=own, checks=CHECKS, timeout=20
        )

    run()
    session.close()


def _has_input(operation) -> bool:
    return any((operation.path_parameters, operation.query, operation.body))


def _fuzz_all(fuzzed: Fuzzed) -> tuple[int, dict[str, str]]:
    schema = schemathesis.openapi.from_url(f"{fuzzed.server.url}/openapi.json")
    walked, broken = 0, {}
    for result in schema.get_all_operations():
        operation = result.ok()
        modes = [GenerationMode.POSITIVE] + ([GenerationMode.NEGATIVE] if _has_input(operation) else [])
        for mode in modes:
            try:
                _fuzz(fuzzed, operation, mode)
            except Unsatisfiable:
                continue  # there is no wrong way to ask this
            except Exception as error:  # noqa: BLE001  # all operations are walked before any is complained of
                broken[f"{operation.label} {mode.value}"] = str(error) or repr(error)
            walked += 1
    return walked, broken


@pytest.mark.timeout(600)  # it grows with the number of endpoints
async def test_generated_requests_are_answered_as_described(fuzzed: Fuzzed):
    """Right ones and wrong ones, by the right caller, another one, and nobody."""
    walked, broken = await asyncio.to_thread(_fuzz_all, fuzzed)
    assert walked >= 15
    assert broken == {}, "\n\n".join(f"{name}: {why}" for name, why in broken.items())
