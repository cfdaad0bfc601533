"""One place that turns errors into answers: `{"error": {code, message, fields}}`, worded for people."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from backend.errors import DatabaseUnavailableError, DomainError
from backend.wording import Wording

CODES_BY_STATUS = {
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "not_found",
    413: "payload_too_large",
}
RETRY_AFTER_SECONDS = "3"
FIELD_PROBLEMS = {"missing": "field_missing", "string_too_long": "field_too_long"}

log = structlog.get_logger(__name__)


class ErrorBody(BaseModel):
    """What went wrong."""

    code: str
    message: str
    fields: dict[str, str] | None = None


class ErrorOut(BaseModel):
    """The body of every error."""

    error: ErrorBody


def install(app: FastAPI, wording: Wording) -> None:
    """Render all errors of the application."""

    def answer(
        status: int,
        code: str,
        *,
        values: dict[str, Any] | None = None,
        fields: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> JSONResponse:
        message = wording.say(f"error_{code}", **(values or {}))
        body = ErrorOut(error=ErrorBody(code=code, message=message, fields=fields))
        return JSONResponse(body.model_dump(), status, headers)

    def about_field(item: dict[str, Any]) -> str:
        name = FIELD_PROBLEMS.get(item["type"], "field_invalid")
        return wording.say(name, limit=item.get("ctx", {}).get("max_length", ""))

    async def on_domain_error(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, DomainError)  # noqa: S101  # registered for this type
        headers = dict(error.headers)
        if isinstance(error, DatabaseUnavailableError):
            log.error("database.unavailable", error=str(error))
            headers["Retry-After"] = RETRY_AFTER_SECONDS
        return answer(error.status, error.code, values=error.values, headers=headers)

    async def on_validation_error(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this type
        fields = {".".join(map(str, item["loc"][1:])): about_field(item) for item in error.errors()}
        return answer(422, "validation", fields=fields)

    async def on_http_exception(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101  # registered for this type
        code = CODES_BY_STATUS.get(error.status_code, "validation")
        return answer(error.status_code, code, headers=dict(error.headers or {}))

    async def on_anything_else(request: Request, error: Exception) -> JSONResponse:
        log.error("request.failed", path=request.url.path, exc_info=error)
        return answer(500, "internal")

    app.add_exception_handler(DomainError, on_domain_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(HTTPException, on_http_exception)
    app.add_exception_handler(Exception, on_anything_else)
