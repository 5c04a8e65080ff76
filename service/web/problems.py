"""Errors as RFC 9457 problem details: each names the field and the remedy."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final, TypeVar

import structlog
from flask import Flask, Request, Response, current_app, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as WerkzeugResponse

from service.article.tree import MarkupError
from service.article.types import Refusal
from service.jobs import faults
from service.web.frame import error_page

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


_PROGRAMS: Final = ("v1", "health", "metrics", "openapi.json")
_PAGES: Final = ("text/html", "application/xhtml+xml")


def wants_page(asked: Request) -> bool:
    """Whether an error is for a reader: outside of what programs call, and HTML is asked for by name.

    Every browser names it (`text/html,…`); what sends `*/*` or nothing is a program that a page would not help.
    """
    if asked.path.split("/")[1] in _PROGRAMS:
        return False
    accept = asked.accept_mimetypes
    named = max((quality for name, quality in accept if name.lower() in _PAGES), default=0)
    return named > 0 and named >= accept["application/json"]


def _answer(status: int, code: str, detail: str, headers: dict[str, str]) -> WerkzeugResponse:
    """A page for readers, a problem for programs."""
    if not wants_page(request):
        return problem(status, code, detail, headers=headers)
    response = error_page(status)
    response.headers.update(headers)
    return response


def init_problems(app: Flask) -> None:
    """Answer every error: with a problem, or with a page of ours where a reader asked."""

    @app.errorhandler(ProblemError)
    def raised(error: ProblemError) -> Response:
        return problem(error.status, error.code, error.detail, headers=error.headers, **error.extra)

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Response:
        pointer = "/" + error.field.replace(".", "/")
        seen: dict[str, Any] = {}
        if error.findings:
            seen["findings"] = [asdict(finding) for finding in error.findings]
        return problem(422, error.code, error.message, errors=[{"pointer": pointer, "detail": error.message}], **seen)

    @app.errorhandler(MarkupError)
    def markup(error: MarkupError) -> Response:
        return problem(422, "markup-refused", str(error))

    @app.errorhandler(OperationalError)
    def database(error: OperationalError) -> WerkzeugResponse:
        log.error("database.unavailable", **faults.logged(error))
        detail = "the database did not answer; nothing was changed: try again"
        return _answer(503, "database-unavailable", detail, {"Retry-After": "5"})

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> WerkzeugResponse:
        code = (error.name or "error").lower().replace(" ", "-")
        headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        if error.code == 413:  # its body is not read to the end, so the connection has no next request
            headers["Connection"] = "close"
        return _answer(error.code or 500, code, _detail(error, app), headers)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> WerkzeugResponse:
        log.error("request.failed", path=request.path, **faults.logged(error))
        detail = "this is a fault of the service; nothing was changed. The log has the details."
        return _answer(500, "internal-error", detail, {})


def read_body(*media_types: str) -> bytes:
    """The request's body, which has to be of one of the media types.

    Raises ProblemError 415 for another, naming the first, and RequestEntityTooLarge for a body over the limit.
    """
    if request.mimetype not in media_types and not ("application/json" in media_types and request.is_json):
        given = request.mimetype or "none"
        raise ProblemError(415, "unsupported-media-type", f"send Content-Type: {media_types[0]}, not {given}")
    body = request.get_data()
    if request.content_length is None and len(body) >= current_app.config["MAX_CONTENT_LENGTH"]:
        raise RequestEntityTooLarge  # a chunked body, which werkzeug cuts off at the limit without a word
    return body


def read_json(model: type[Model]) -> Model:
    """The request's body as a model.

    Raises ProblemError: 415 for another media type, 400 for malformed JSON, 422 naming each wrong field; and
    RequestEntityTooLarge for a body over the limit.
    """
    body = read_body("application/json")
    try:
        payload = json.loads(body, parse_constant=_no_constant)
    except RecursionError:
        detail = "the body nests arrays or objects far too deep; /docs lists what there is"
        raise ProblemError(400, "malformed-json", detail) from None
    except ValueError as error:
        raise ProblemError(400, "malformed-json", f"the body is not JSON: {error}") from None
    return validated(model, payload)


def validated(model: type[Model], payload: Any) -> Model:
    """A payload as a model. Raises ProblemError 422 naming each wrong field."""
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        errors = [
            {"pointer": "".join(f"/{part}" for part in one["loc"]), "detail": _message(one)} for one in error.errors()
        ]
        summary = "; ".join(f"{one['pointer'] or '/'}: {one['detail']}" for one in errors[:5])
        raise ProblemError(422, "invalid-body", summary, errors=errors[:50]) from None


def _message(error: ErrorDetails) -> str:
    """What is wrong. Where a string is too long or too short pydantic speaks of the items of any collection."""
    limits = error.get("ctx", {})
    if isinstance(error["input"], str) and error["type"] == "too_long":
        return f"must have at most {limits['max_length']} characters, not {limits['actual_length']}"
    if isinstance(error["input"], str) and error["type"] == "too_short":
        return f"must have at least {limits['min_length']} characters"
    message = _SAID.get(error["type"]) or error["msg"].removeprefix("Value error, ")
    return message.replace("Input should be", "must be").replace("valid dictionary", "object")


_SAID = {
    "extra_forbidden": "is not known here, perhaps misspelt; /docs lists what there is",
    "missing": "is needed",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
}
"""What pydantic says in words for programmers in Python."""


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _detail(error: HTTPException, app: Flask) -> str:
    if error.code == 413:
        most = app.config["MAX_CONTENT_LENGTH"]
        return f"the body is larger than {most} bytes; split the article, or set ALIHBAHASA_MAX_BODY higher"
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
        summary = "; ".join(f"{'.'.join(map(str, one['loc']))}: {_message(one)}" for one in error.errors()[:5])
        raise ProblemError(422, "invalid-query", summary) from None
