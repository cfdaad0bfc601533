"""Why something about a conversation is refused. `owner` is the display name of whoever has it."""

from backend.errors import ConflictError, ValidationFailedError


class AlreadyOwnedError(ConflictError):
    """Somebody else was faster."""

    code = "already_owned"


class NotOwnerError(ConflictError):
    """Only whoever has the conversation does this."""

    code = "not_owner"


class NotTakenError(ConflictError):
    """Nobody has taken the conversation; whoever wants to act for it must do so first."""

    code = "not_taken"


class NotWaitingError(ConflictError):
    """Nobody waits there: the conversation is the bot's."""

    code = "not_waiting"


class ConversationClosedError(ConflictError):
    """The conversation was closed; it must be opened again first."""

    code = "conversation_closed"


class NobodyThereError(ConflictError):
    """The person that it should go to is not at work."""

    code = "agent_not_there"


class UnknownGroupError(ValidationFailedError):
    """There is no such group."""

    code = "unknown_group"


class UnknownColleagueError(ValidationFailedError):
    """There is no such person at the desk."""

    code = "unknown_colleague"


class NothingSaidError(ValidationFailedError):
    """A message with neither text nor file."""

    code = "nothing_said"
