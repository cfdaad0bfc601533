"""Domain errors: raised anywhere, rendered once, by `backend.error_rendering`.

An error carries an HTTP status and a code. Its wording for people is `utter_system_error_<code>` in
`domain/_system.yml`, so that no sentence lives in Python.
"""

from typing import ClassVar


class DomainError(Exception):
    """Something the caller may be told. `values` fill the placeholders of its wording."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "validation"

    def __init__(self, detail: str = "", *, headers: dict[str, str] | None = None, **values: object) -> None:
        super().__init__(detail or self.code)
        self.headers = headers or {}
        self.values = values


class NotFoundError(DomainError):
    """It is not there, or not for this caller to know of."""

    status = 404
    code = "not_found"


class UnauthorizedError(DomainError):
    """The caller has not said who it is."""

    status = 401
    code = "unauthorized"


class BadCredentialsError(UnauthorizedError):
    """User name and password do not match."""

    code = "bad_credentials"


class ForbiddenError(DomainError):
    """The caller is known and may not do this."""

    status = 403
    code = "forbidden"


class PhoneNotVerifiedError(ForbiddenError):
    """A phone number was given that nobody has shown to be theirs; a ticket number is needed."""

    code = "phone_not_verified"


class CsrfError(ForbiddenError):
    """A changing request of a desk session came without its CSRF token."""

    code = "csrf"


class SecondFactorNeededError(UnauthorizedError):
    """The password is right; the account asks for a code, too."""

    code = "second_factor_needed"


class SecondFactorWrongError(UnauthorizedError):
    """The code is wrong, too old, or was used before."""

    code = "second_factor_wrong"


class TooManyAttemptsError(DomainError):
    """Log-ins failed too often; `minutes` says when to try again."""

    status = 429
    code = "too_many_attempts"


class ValidationFailedError(DomainError):
    """The request is understood and wrong."""

    status = 422
    code = "validation"


class ReasonNeededError(ValidationFailedError):
    """Who is not in charge of a matter must say why they want to see its customer's number."""

    code = "reason_needed"


class WrongPasswordError(ValidationFailedError):
    """The present password that a change asks for is another one."""

    code = "wrong_password"


class WeakPasswordRefusedError(ValidationFailedError):
    """The new password is too easy; `length` is the least."""

    code = "weak_password"


class WrongCodeError(ValidationFailedError):
    """The code that is to confirm a second factor is wrong."""

    code = "wrong_code"


class ConflictError(DomainError):
    """The request contradicts what is already so."""

    status = 409
    code = "conflict"


class UsernameTakenError(ConflictError):
    """Somebody else has that user name."""

    code = "username_taken"


class OwnAccountError(ConflictError):
    """Nobody locks themselves out: not their own role, not their own account."""

    code = "own_account"


class LastAdminError(ConflictError):
    """Without an administrator nobody could make one again."""

    code = "last_admin"


class IllegalStepError(ConflictError):
    """The step lacks the facts that `missing` names, or comes too early: `steps_before` must be taken first.

    Neither where the workflow does not lead there at all, or it was done already.
    """

    code = "illegal_step"

    def __init__(
        self, detail: str = "", missing: tuple[str, ...] = (), steps_before: tuple[str, ...] = ()
    ) -> None:
        super().__init__(detail)
        self.missing = missing
        self.steps_before = steps_before


class BeyondAuthorityError(ForbiddenError):
    """Only a higher `level` may decide this."""

    code = "beyond_authority"

    def __init__(self, detail: str, *, level: str) -> None:
        super().__init__(detail)
        self.level = level


class OwnProposalError(ForbiddenError):
    """Somebody else must decide on what this person proposed."""

    code = "own_proposal"


class DatabaseUnavailableError(DomainError):
    """The database does not answer; nothing was stored."""

    status = 503
    code = "database_unavailable"
