"""Errors as RFC 9457 problem details: each names the field and the remedy."""

from __future__ import annotations

import json
from typing import Any, TypeVar

import structlog
from flask import Flask, Request, Response, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from service.article.types import Refusal

log = structlog.get_logger()

Model = TypeVar("Model", bound=BaseModel)


class Problem(BaseModel):
    """A problem detail (RFC 9457). `errors` names each field that is wrong, by JSON Pointer."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="A URN that stands for the kind of problem.")
    title: str
    status: int
    detail: str | None = None
    errors: list[dict[str, str]] | None = None


class ProblemError(Exception):
    """Raised in a view to answer with a problem."""

    def __init__(
        self, status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **extra: Any
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers or {}
        self.extra = extra


def problem(status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **extra: Any) -> Response:
    """A problem+json answer. `code` becomes the type's URN and, with spaces, the title."""
    body = {
        "type": f"urn:alihbahasa:problem:{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        **extra,
    }
    text = json.dumps(body, ensure_ascii=False) + "\n"
    response = Response(text, status, content_type="application/problem+json; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(headers or {})
    return response


def wants_problem(asked: Request) -> bool:
    """Whether an error is for a program (the API) or for a reader, who gets a page."""
    return asked.path.startswith(("/v1/", "/health/", "/openapi", "/metrics")) or (
        asked.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
        and "text/html" not in asked.headers.get("Accept", "")
    )


def init_problems(app: Flask) -> None:
    """Answer every error of the API with a problem; errors of pages keep their own handlers."""

    @app.errorhandler(ProblemError)
    def raised(error: ProblemError) -> Response:
        return problem(error.status, error.code, error.detail, headers=error.headers, **error.extra)

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Response:
        pointer = "/" + error.field.replace(".", "/")
        return problem(422, error.code, error.message, errors=[{"pointer": pointer, "detail": error.message}])

    @app.errorhandler(OperationalError)
    def database(error: OperationalError) -> Response:
        log.error("database.unavailable", error=str(error.orig))
        return problem(
            503,
            "database-unavailable",
            "the database did not answer; nothing was changed: try again",
            headers={"Retry-After": "5"},
        )

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        if not wants_problem(request):
            return Response(error.get_body(), error.code or 500, error.get_headers())
        code = (error.name or "error").lower().replace(" ", "-")
        headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        return problem(error.code or 500, code, _detail(error, app), headers=headers)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> Response:
        log.error("request.failed", path=request.path, exc_info=error)
        return problem(
            500,
            "internal-error",
            "this is a fault of the service; nothing was changed. The log has the details.",
        )


def read_json(model: type[Model]) -> Model:
    """The request's body as a model.

    Raises ProblemError: 415 for another media type, 400 for malformed JSON, 422 naming each wrong field.
    """
    if not request.is_json:
        given = request.mimetype or "none"
        raise ProblemError(415, "unsupported-media-type", f"send Content-Type: application/json, not {given}")
    try:
        payload = json.loads(request.get_data(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, "malformed-json", f"the body is not JSON: {error}") from None
    return validated(model, payload)


def validated(model: type[Model], payload: Any) -> Model:
    """A payload as a model. Raises ProblemError 422 naming each wrong field."""
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        errors = [
            {"pointer": "".join(f"/{part}" for part in one["loc"]), "detail": one["msg"]} for one in error.errors()
        ]
        summary = "; ".join(f"{one['pointer'] or '/'}: {one['detail']}" for one in errors[:5])
        raise ProblemError(422, "invalid-body", summary, errors=errors[:50]) from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _detail(error: HTTPException, app: Flask) -> str:
    if error.code == 413:
        return f"the body is larger than {app.config['MAX_CONTENT_LENGTH']} bytes; split the article, or raise MAX_BODY"
    if error.code == 404:
        return f"nothing is at {request.path}; /docs lists what there is"
    return error.description or error.name or ""


def read_query(model: type[Model]) -> Model:
    """The query string as a model. Raises ProblemError 422 for a parameter that is wrong, unknown or doubled."""
    doubled = [name for name in request.args if len(request.args.getlist(name)) > 1]
    if doubled:
        raise ProblemError(422, "invalid-query", f"{doubled[0]}: give it once")
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        summary = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
        raise ProblemError(422, "invalid-query", summary) from None
