"""ConversationRelay: the same call, spoken over a WebSocket, with barge-in by the vendor.

https://www.twilio.com/docs/voice/conversationrelay/websocket-messages. Anything that is not saying and asking
(queue, voicemail, the end) ends the session and is handed to the webhook `relayed`.
"""

import json
from typing import Any

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from backend.channels.telephony.hearing import Heard
from backend.channels.telephony.plan import PLAN, Ask, Keys, Plan, Say, Wait
from backend.channels.telephony.speech import plain
from backend.channels.twilio_voice.signature import may_open
from backend.channels.twilio_voice.switchboard import Switchboard
from backend.channels.twilio_voice.twiml import PREFIX
from backend.errors import NotFoundError

MOST_MALFORMED = 10
MOST_WORDS = 20_000
REFUSED, TOO_MUCH = 1008, 1007
END_OF_NUMBER = "#"

log = structlog.get_logger(__name__)
router = APIRouter()


@router.websocket(f"{PREFIX}/relay")
async def relay(socket: WebSocket) -> None:
    """One session: a call as long as it talks to the bot."""
    if not may_open(socket, socket.app.state.house.settings):
        await socket.close(REFUSED)
        return
    await held(socket)


async def held(socket: WebSocket) -> None:
    """The session of a WebSocket whose owner may have one."""
    await socket.accept()
    session = RelaySession(socket, socket.app.state.switchboard)
    try:
        await session.run()
    except WebSocketDisconnect:
        log.info("relay.closed", call_id=session.call_id)
    except NotFoundError:
        log.warning("relay.unknown_call", call_id=session.call_id)
        await socket.close(REFUSED)


class RelaySession:
    """A session: which call, which turn, what has been keyed of a number."""

    def __init__(self, socket: WebSocket, board: Switchboard) -> None:
        self.call_id = ""
        self._socket = socket
        self._board = board
        self._turn = 0
        self._keys = Keys.ONE
        self._keyed = ""
        self._malformed = 0

    async def run(self) -> None:
        """Until the session ends, from either side."""
        while True:
            message = self._read(await self._socket.receive_text())
            if message is None:
                self._malformed += 1
                if self._malformed >= MOST_MALFORMED:
                    await self._socket.close(TOO_MUCH)
                    return
            elif not await self._on(message):
                return

    async def _on(self, message: dict[str, Any]) -> bool:
        """Whether the session goes on."""
        match message.get("type"):
            case "setup":
                self._set_up(message)
                return True
            case "prompt" if message.get("last", True) and self.call_id:
                words = str(message.get("voicePrompt", ""))[:MOST_WORDS]
                return await self._heard(Heard(speech=words))
            case "dtmf" if self.call_id:
                return await self._on_key(str(message.get("digit", "")))
            case "error":
                log.warning("relay.error", call_id=self.call_id, description=message.get("description"))
                return True
            case _:
                return True

    def _set_up(self, message: dict[str, Any]) -> None:
        """Which call it is, and what was asked with the greeting: the parameters that we sent along."""
        self.call_id = str(message.get("callSid", ""))
        given = message.get("customParameters")
        given = given if isinstance(given, dict) else {}
        turn = str(given.get("turn", ""))
        self._turn = int(turn) if turn.isascii() and turn.isdecimal() else 0
        self._keys = Keys.NUMBER if given.get("keys") == Keys.NUMBER else Keys.ONE

    async def _on_key(self, key: str) -> bool:
        if self._keys is Keys.ONE:
            return await self._heard(Heard(digits=key))
        if key != END_OF_NUMBER:
            self._keyed += key[:1]
            return True
        digits, self._keyed = self._keyed, ""
        return await self._heard(Heard(digits=digits))

    async def _heard(self, heard: Heard) -> bool:
        plan = await self._board.calls.heard(self.call_id, self._turn, heard)
        while isinstance(plan[-1], Wait):
            await self._say(plan[-1].text)
            plan = await self._board.calls.waited(self.call_id, plan[-1].number)
        return await self._carry_out(plan)

    async def _carry_out(self, plan: Plan) -> bool:
        last = plan[-1]
        if not isinstance(last, Ask):
            handed = PLAN.dump_json(plan).decode()
            await self._send({"type": "end", "handoffData": handed})
            return False
        for step in plan:
            for text in [step.text] if isinstance(step, Say) else last.texts:
                await self._say(text)
        self._turn, self._keys, self._keyed = last.number, last.keys, ""
        return True

    async def _say(self, text: str) -> None:
        words = plain(text)
        if words:
            await self._send({"type": "text", "token": words, "last": True, "interruptible": True})

    async def _send(self, message: dict[str, Any]) -> None:
        await self._socket.send_text(json.dumps(message, ensure_ascii=False))

    def _read(self, text: str) -> dict[str, Any] | None:
        try:
            message = json.loads(text)
        except ValueError:
            return None
        return message if isinstance(message, dict) else None
