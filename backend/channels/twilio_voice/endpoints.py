"""Twilio's webhooks. Whatever comes with a right signature is answered with TwiML."""

from collections.abc import Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from backend.access.guard import public
from backend.channels.telephony.hearing import Heard
from backend.channels.telephony.plan import Plan
from backend.channels.telephony.port import Arrival
from backend.channels.twilio_voice import music
from backend.channels.twilio_voice.signature import Webhook, twilio
from backend.channels.twilio_voice.switchboard import OVER, Switchboard
from backend.channels.twilio_voice.twiml import PREFIX

MOST_WORDS = 20_000
WEEK = "public, max-age=604800"

router = APIRouter(prefix=PREFIX, tags=["telephone"], include_in_schema=False)


def switchboard_of(request: Request) -> Switchboard:
    """The switchboard that the application was built with."""
    switchboard: Switchboard = request.app.state.switchboard
    return switchboard


Signed = Annotated[Webhook, Depends(twilio)]
Board = Annotated[Switchboard, Depends(switchboard_of)]


@router.post("/call")
async def call(hook: Signed, board: Board) -> Response:
    """A call comes in."""
    return await _answer(board, hook, board.calls.arrived(arrival(hook)))


@router.post("/heard")
async def heard(hook: Signed, board: Board) -> Response:
    """The caller spoke, keyed something, or did neither."""
    return await _answer(
        board, hook, board.calls.heard(hook.text("CallSid"), hook.whole("turn"), _heard(hook))
    )


@router.post("/waited")
async def waited(hook: Signed, board: Board) -> Response:
    """The caller has waited for the bot for a moment."""
    return await _answer(board, hook, board.calls.waited(hook.text("CallSid"), hook.whole("turn")))


@router.post("/waits")
async def waits(hook: Signed, board: Board) -> Response:
    """One round of waiting in the queue."""
    waited = hook.whole("QueueTime")
    return await _answer(board, hook, board.room.waits(hook.text("CallSid"), waited, hook.text("Digits")))


@router.post("/left")
async def left(hook: Signed, board: Board) -> Response:
    """The caller left the queue."""
    return await _answer(board, hook, board.room.left(hook.text("CallSid"), hook.text("QueueResult")))


@router.post("/continued")
async def continued(hook: Signed, board: Board) -> Response:
    """The call asks what it does now, as it was told to."""
    return await _answer(board, hook, board.calls.continued(hook.text("CallSid")))


@router.post("/message")
async def message(hook: Signed, board: Board) -> Response:
    """The caller spoke after the tone."""
    return await _answer(
        board, hook, board.room.message_left(hook.text("CallSid"), hook.whole("RecordingDuration"))
    )


@router.post("/recording", status_code=204)
async def recording(hook: Signed, board: Board) -> None:
    """A recording is ready to be fetched."""
    await board.recorded(hook)


@router.post("/status", status_code=204)
async def status(hook: Signed, board: Board) -> None:
    """The call changed; only its end matters."""
    await board.ended(hook)


@router.post("/relayed")
async def relayed(hook: Signed, board: Board) -> Response:
    """ConversationRelay is over: what comes next, or, if its socket was lost, where we were."""
    return await _answer(board, hook, board.after_relay(hook))


@router.post("/agent")
async def agent(hook: Signed, board: Board) -> Response:
    """An agent picked up: the case in a line, then the caller."""
    ask, ready = hook.text("ask") != "", hook.text("ready") != ""
    answers = board.agent_answers(hook.text("caller"), hook.text("CallSid"), ask=ask, ready=ready)
    return _xml(await answers)


@router.post("/agent-left")
async def agent_left(hook: Signed, board: Board) -> Response:
    """An agent is no longer joined with the caller, or still keeps them waiting."""
    return _xml(await board.agent_left(hook.text("caller"), hook.text("CallSid")))


@router.post("/agent-status", status_code=204)
async def agent_status(hook: Signed, board: Board) -> None:
    """An agent did not pick up, or the talk is over."""
    if hook.text("CallStatus") in OVER:
        await board.ringing.agent_gone(hook.text("caller"), hook.text("CallSid"))


@router.get("/music.wav", dependencies=[Depends(public)])
@router.head("/music.wav", dependencies=[Depends(public)])
async def hold_music() -> Response:
    """What is heard while waiting: tones of our own making, nobody's music."""
    return Response(music.wav(), media_type="audio/wav", headers={"Cache-Control": WEEK})


def arrival(hook: Webhook) -> Arrival:
    """A call as the webhook tells of it."""
    return Arrival(hook.text("CallSid"), hook.text("From"), hook.text("To"))


def _heard(hook: Webhook) -> Heard:
    try:
        confidence = float(hook.text("Confidence"))
    except ValueError:
        confidence = None
    return Heard(hook.text("SpeechResult")[:MOST_WORDS], hook.text("Digits")[:64], confidence)


async def _answer(board: Switchboard, hook: Webhook, planned: Coroutine[Any, Any, Plan]) -> Response:
    return _xml(await board.answer(arrival(hook), planned))


def _xml(document: str) -> Response:
    return Response(document, media_type="text/xml")
