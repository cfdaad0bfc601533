"""Words of hand-over: why, by which way, and how people are there. Pure."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a conversation changed hands."""

    # to the queue
    CUSTOMER_ASKED = "customer_asked"
    HAZARD = "hazard"
    RULE = "rule"
    BOT_UNSURE = "bot_unsure"
    ABUSE = "abuse"
    AGENT_TRANSFER = "agent_transfer"
    SILENCE = "silence"
    BOT_FAILED = "bot_failed"
    CALLBACK = "callback"
    AGENT_LOST = "agent_lost"
    UNANSWERED = "unanswered"
    # to a person
    ASSIGNED = "assigned"
    ASSIGNED_BY_HAND = "assigned_by_hand"
    CLAIMED = "claimed"
    TAKEN_OVER = "taken_over"
    # to the bot
    BEGAN = "began"
    HANDED_BACK = "handed_back"
    CLOSED = "closed"
    REOPENED = "reopened"


class PresenceState(StrEnum):
    """How somebody is there. Only `online` is given conversations; `busy` works on what it has."""

    ONLINE = "online"
    AWAY = "away"
    BUSY = "busy"
    OFFLINE = "offline"


class NoteKind(StrEnum):
    """On what occasion an internal note was written."""

    NOTE = "note"
    TRANSFER = "transfer"
    HAND_BACK = "hand_back"
    CLOSE = "close"
    REQUEST = "request"


AT_WORK = frozenset({PresenceState.ONLINE, PresenceState.BUSY})
URGENCIES = ("urgent", "high", "normal")
