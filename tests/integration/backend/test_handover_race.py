"""The race of the issue, over a real server with real sessions: 160 agents, 200 conversations, no double claim."""

import asyncio
from collections import defaultdict
from datetime import timedelta

import httpx
import psycopg
import pytest

from backend.access import accounts, sessions
from backend.access.models import User
from backend.access.roles import Role
from backend.clock import FixedClock
from backend.conversations import hub
from backend.handover import requesting
from backend.handover.kinds import Reason
from backend.settings import Settings
from tests.integration.backend.live_desk import MORNING
from tests.support.served_backend import Served, served

AGENTS, CONVERSATIONS = 160, 200
APART = 40
"""Every 40th agent wants the same conversation: four for each, at the same moment."""
AT_ONCE = 60
LIFE = timedelta(hours=8)


async def _logged_in(server: Served) -> dict[str, dict[str, str]]:
    """Sessions as log-in makes them, without the cost of 160 password hashes."""
    house, found = server.parts.house, {}
    async with house.database.transaction() as session:
        one = await accounts.create_user(session, "agent-0", "0号", Role.AGENT, "Correct-horse-7")
        users = [one] + [
            User(
                username=f"agent-{number}",
                display_name=f"{number}号",
                role=Role.AGENT,
                password_hash=one.password_hash,
                active=True,
                created_at=MORNING,
            )
            for number in range(1, AGENTS)
        ]
        session.add_all(users[1:])
        await session.flush()
        for user in users:
            token, identity = await sessions.open_session(session, user, house.clock.now(), LIFE)
            found[user.username] = {"Cookie": f"ys_session={token}", "X-CSRF-Token": identity.csrf_token}
    return found


async def _waiting(server: Served) -> list[str]:
    house, ids = server.parts.house, []
    for _ in range(CONVERSATIONS):
        async with house.units.begin() as uow:
            conversation = await hub.start(uow, "web")
            await requesting.request(uow, house.policy, conversation.id, Reason.CUSTOMER_ASKED)
            ids.append(str(conversation.id))
    return ids


@pytest.mark.alone
@pytest.mark.timeout(300)
async def test_of_160_agents_and_200_conversations_each_is_won_by_one_and_all_learn_by_whom(
    settings: Settings, database_url: str
):
    won: dict[str, list[str]] = defaultdict(list)
    told: dict[str, set[str]] = defaultdict(set)
    async with served(settings, clock=FixedClock(MORNING)) as server:
        people, ids = await _logged_in(server), await _waiting(server)
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
        async with httpx.AsyncClient(
            base_url=server.url, trust_env=False, timeout=120, limits=limits
        ) as http:

            async def claims(username: str, conversation_id: str) -> None:
                path = f"/api/v1/live/conversations/{conversation_id}/claim"
                answer = await http.post(path, headers=people[username])
                if answer.status_code == 200:
                    assert answer.json()["agent"]["username"] == username
                    won[conversation_id].append(username)
                    return
                assert (answer.status_code, answer.json()["error"]["code"]) == (409, "already_owned")
                told[conversation_id].add(answer.json()["error"]["owner"])

            wishes = [
                (f"agent-{number}", conversation_id)
                for place, conversation_id in enumerate(ids)
                for number in range(place % APART, AGENTS, APART)
            ]
            await asyncio.gather(*(claims(*wish) for wish in wishes))
    names = {f"agent-{number}": f"{number}号" for number in range(AGENTS)}
    assert {conversation_id: len(winners) for conversation_id, winners in won.items()} == dict.fromkeys(
        ids, 1
    )
    assert {one: told[one] for one in ids} == {one: {names[won[one][0]]} for one in ids}
    with psycopg.connect(database_url) as database:
        held = dict(database.execute("select id::text, agent_username from conversation").fetchall())
        stretches = database.execute(
            "select conversation_id::text, agent_username from stretch where owner = 'agent'"
        ).fetchall()
    assert held == {one: won[one][0] for one in ids}
    assert sorted(stretches) == sorted(held.items())
