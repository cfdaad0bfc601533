"""What is wrong with a canned reply, worded in `domain/_system.yml`."""

from backend.errors import ConflictError, ValidationFailedError


class CannedVariableError(ValidationFailedError):
    """It names a variable that nobody knows, or a brace stands alone; `found` says which."""

    code = "canned_variable"


class ShortcutTakenError(ConflictError):
    """Another canned reply has that `shortcut`."""

    code = "canned_shortcut_taken"
