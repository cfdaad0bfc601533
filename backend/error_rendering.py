"""One place that turns errors into answers: `{"error": {code, message, fields}}`, worded for people."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from backend.errors import BeyondAuthorityError, DatabaseUnavailableError, DomainError, IllegalStepError
from backend.middleware import BodyTooLargeError
from backend.wording import Wording

CODES_BY_STATUS = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "not_found",
    413: "payload_too_large",
}
RETRY_AFTER_SECONDS = "3"
ENUMERATION = "\N{IDEOGRAPHIC COMMA}"
FIELD_PROBLEMS = {"missing": "field_missing", "string_too_long": "field_too_long"}

log = structlog.get_logger(__name__)


class ErrorBody(BaseModel):
    """What went wrong."""

    code: str
    message: str
    fields: dict[str, str] | None = None
    missing: list[str] | None = None
    steps_before: list[str] | None = None
    owner: str | None = None


class ErrorOut(BaseModel):
    """The body of every error."""

    error: ErrorBody


def install(app: FastAPI, wording: Wording) -> None:
    """Render all errors of the application."""
    rendering = Rendering(wording)
    app.add_exception_handler(DomainError, rendering.on_domain_error)
    app.add_exception_handler(RequestValidationError, rendering.on_validation_error)
    app.add_exception_handler(HTTPException, rendering.on_http_exception)
    app.add_exception_handler(Exception, rendering.on_anything_else)


class Rendering:
    """Answers to errors, in words."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    async def on_domain_error(self, _request: Request, error: Exception) -> JSONResponse:
        """A domain error."""
        assert isinstance(error, DomainError)  # noqa: S101  # registered for this type
        headers = dict(error.headers)
        if isinstance(error, DatabaseUnavailableError):
            log.error("database.unavailable", error=str(error))
            headers["Retry-After"] = RETRY_AFTER_SECONDS
        return JSONResponse(ErrorOut(error=self.of_error(error)).model_dump(), error.status, headers)

    def of_error(self, error: DomainError) -> ErrorBody:
        """A domain error in words."""
        values = dict(error.values)
        if isinstance(error, IllegalStepError) and error.missing:
            return self._lacking(error)
        if isinstance(error, IllegalStepError) and error.steps_before:
            return self._too_early(error)
        if isinstance(error, BeyondAuthorityError):
            values["level"] = self._wording.say(f"level_{error.level}")
        message = self._wording.say(f"error_{error.code}", **values)
        owner = values.get("owner")
        return ErrorBody(code=error.code, message=message, owner=None if owner is None else str(owner))

    def of_fields(self, problems: Sequence[Mapping[str, Any]], *, within: int) -> ErrorBody:
        """Fields that are wrong, in words; the first `within` parts of their places are left out."""
        fields = {".".join(map(str, item["loc"][within:])): self._about_field(item) for item in problems}
        return ErrorBody(code="validation", message=self._wording.say("error_validation"), fields=fields)

    async def on_validation_error(self, _request: Request, error: Exception) -> JSONResponse:
        """A request whose shape is wrong."""
        assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this type
        return JSONResponse(ErrorOut(error=self.of_fields(error.errors(), within=1)).model_dump(), 422)

    async def on_http_exception(self, _request: Request, error: Exception) -> JSONResponse:
        """What the framework refuses."""
        assert isinstance(error, HTTPException)  # noqa: S101  # registered for this type
        if isinstance(error, BodyTooLargeError):
            return self._answer(error.status_code, error.code, values={"limit": error.megabytes})
        code = CODES_BY_STATUS.get(error.status_code, "validation")
        return self._answer(error.status_code, code, headers=dict(error.headers or {}))

    async def on_anything_else(self, request: Request, error: Exception) -> JSONResponse:
        """What nobody thought of."""
        log.error("request.failed", path=request.url.path, exc_info=error)
        return self._answer(500, "internal")

    def _answer(
        self,
        status: int,
        code: str,
        *,
        values: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> JSONResponse:
        message = self._wording.say(f"error_{code}", **(values or {}))
        body = ErrorOut(error=ErrorBody(code=code, message=message))
        return JSONResponse(body.model_dump(), status, headers)

    def _lacking(self, error: IllegalStepError) -> ErrorBody:
        words = {name: self._wording.say(f"fact_{name}") for name in error.missing}
        message = self._wording.say("step_lacks", missing=ENUMERATION.join(words.values()))
        return ErrorBody(code=error.code, message=message, fields=words, missing=list(words))

    def _too_early(self, error: IllegalStepError) -> ErrorBody:
        words = ENUMERATION.join(self._wording.say(f"step_{name}") for name in error.steps_before)
        message = self._wording.say("steps_before", steps=words)
        return ErrorBody(code=error.code, message=message, steps_before=list(error.steps_before))

    def _about_field(self, item: Mapping[str, Any]) -> str:
        name = FIELD_PROBLEMS.get(item["type"], "field_invalid")
        return self._wording.say(name, limit=item.get("ctx", {}).get("max_length", ""))
