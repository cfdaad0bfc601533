import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from actions.backend_answers import FiledTicket
from actions.backend_client import BackendClient, BackendError, RefusedError

FILED = {"number": "26112300017", "kind": "suggestion", "stage": "recorded"}


def file_against(handler, request=None, *, timeout=5.0):
    """File a ticket with a server that answers like this."""

    async def run():
        app = web.Application()
        app.router.add_post("/api/v1/service/tickets", handler)
        async with TestServer(app) as server:
            client = BackendClient(str(server.make_url("")).rstrip("/"), "secret", timeout)
            return await client.file_ticket(request or {"request_id": "c:1"})

    return asyncio.run(run())


def test_the_ticket_and_the_token():
    seen = []

    async def answer(request):
        seen.append((request.headers["Authorization"], await request.json()))
        return web.json_response(FILED, status=201)

    assert file_against(answer) == FiledTicket("26112300017", "suggestion", "recorded")
    assert seen == [("Bearer secret", {"request_id": "c:1"})]


def test_a_broken_connection_is_tried_once_more_with_the_same_request():
    seen = []

    async def answer(request):
        seen.append(await request.json())
        if len(seen) == 1:
            request.transport.abort()
        return web.json_response(FILED)

    assert file_against(answer).number == "26112300017"
    assert seen == [{"request_id": "c:1"}] * 2


@pytest.mark.parametrize("status", [400, 401, 422, 500, 503])
def test_a_refusal_is_an_error(status):
    async def answer(_request):
        return web.json_response({"error": {"code": "x"}}, status=status)

    with pytest.raises(BackendError, match=str(status)):
        file_against(answer)


def test_an_answer_without_a_number_is_an_error():
    async def answer(_request):
        return web.json_response({}, status=201)

    with pytest.raises(BackendError):
        file_against(answer)


def test_a_slow_backend_is_an_error():
    async def answer(_request):
        await asyncio.sleep(1)
        return web.json_response(FILED)

    with pytest.raises(BackendError):
        file_against(answer, timeout=0.1)


def test_no_backend_is_an_error():
    client = BackendClient(f"http://127.0.0.1:{unused_port()}", "secret")
    with pytest.raises(BackendError):
        asyncio.run(client.file_ticket({"request_id": "c:1"}))


def look_up_against(handler):
    """Look a ticket up with a server that answers like this."""

    async def run():
        app = web.Application()
        app.router.add_get("/api/v1/service/tickets/lookup", handler)
        async with TestServer(app) as server:
            client = BackendClient(str(server.make_url("")).rstrip("/"), "secret")
            return await client.look_up("c1", "26112300017", "5678")

    return asyncio.run(run())


def test_a_refusal_that_a_customer_may_hear_of_has_its_reason_and_how_long_to_wait():
    async def answer(_request):
        body = {"error": {"code": "too_many_attempts", "message": "x"}}
        return web.json_response(body, status=429, headers={"Retry-After": "1200"})

    with pytest.raises(RefusedError) as refused:
        look_up_against(answer)
    assert (refused.value.code, refused.value.minutes) == ("too_many_attempts", 20)


@pytest.mark.parametrize("body", ["not json", "[]", '{"error": null}', '{"error": {"code": "forbidden"}}'])
def test_a_refusal_without_a_reason_for_the_customer_is_a_plain_error(body):
    async def answer(_request):
        return web.Response(text=body, status=404)

    with pytest.raises(BackendError) as failed:
        look_up_against(answer)
    assert not isinstance(failed.value, RefusedError)


@pytest.mark.parametrize("body", [{}, {"items": []}, {"items": [{"number": "1"}]}, []])
def test_an_answer_that_is_not_as_agreed_is_an_error(body):
    async def answer(_request):
        return web.json_response(body)

    with pytest.raises(BackendError):
        look_up_against(answer)
