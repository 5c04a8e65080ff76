"""/openapi.json and /docs: what the API takes and answers, gathered from the views' own declarations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Blueprint, Flask, Response, current_app, jsonify, render_template
from pydantic import BaseModel
from spectree import Response as Answers
from spectree import SpecTree

from service import __version__
from service.web import schemas
from service.web.assets import ASSETS
from service.web.frame import path_prefix
from service.web.problems import Problem

View = TypeVar("View", bound=Callable[..., Any])

spec = SpecTree(
    "flask",
    title="Alihbahasa",
    version=__version__,
    description="A self-hosted translation desk for publishers.",
    openapi_version="3.1.0",
    path="internal",
    page_templates={},
    mode="strict",
    annotations=False,
    validation_error_status=422,
    validation_error_model=Problem,
    naming_strategy=lambda model: model.__name__,
    nested_naming_strategy=lambda _, child: child,
)

_GIVES: dict[str, str] = {}
"""The media types that operations answer beside JSON, or in its place, by operation id."""
_TAKES: dict[str, str] = {}
"""The media types of the bodies that are no JSON."""

docs = Blueprint("docs", __name__, template_folder="templates")


def operation(
    name: str,
    *,
    tag: str,
    answers: dict[int, type[BaseModel] | None],
    body: type[BaseModel] | None = None,
    query: type[BaseModel] | None = None,
    gives: str = "",
    takes: str = "",
) -> Callable[[View], View]:
    """Declare what a view takes and answers, under the operation id `name`.

    `gives` and `takes` are media types of answers and bodies beside JSON, or alone where there is no model. Checking
    is `problems.read_json`'s and `problems.read_query`'s.
    """
    problems = dict.fromkeys((400, 413, 415) if body is not None else (413, 415) if takes else (), Problem)
    declared = {f"HTTP_{status}": model for status, model in {**problems, **answers}.items()}
    if gives:
        _GIVES[name] = gives
    if takes:
        _TAKES[name] = takes
    decorate = spec.validate(
        json=body,
        query=query,
        resp=Answers(**cast(Any, declared)),
        tags=[tag],
        operation_id=name,
        skip_validation=True,
    )

    def declare(view: View) -> View:
        """The view itself: spectree's own would make each answer a second time."""
        declared = decorate(view)
        del declared.__wrapped__
        view.__wrapped__ = declared  # type: ignore[attr-defined]  # where spectree looks for what it was told
        return view

    return declare


def document(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of the registered views."""
    cached = app.extensions.get("alihbahasa_openapi")
    if cached is None:
        cached = app.extensions["alihbahasa_openapi"] = _refined(spec.spec)
    return cast(dict[str, Any], cached)


@docs.get("/openapi.json")
def openapi() -> Response:
    """The document."""
    return jsonify(document(current_app))


@docs.get("/docs")
def index() -> str:
    """The same for people, without a script or an outside asset."""
    found = document(current_app)
    operations: dict[str, list[dict[str, Any]]] = {tag["name"]: [] for tag in found["tags"]}
    for path, methods in found["paths"].items():
        for method, entry in methods.items():
            operations[entry["tags"][0]].append({"path": path, "method": method.upper(), **entry})
    return render_template(
        "docs.html",
        operations=operations,
        info=found["info"],
        schemas=found["components"]["schemas"],
        stylesheet=f"{path_prefix()}/assets/{ASSETS}/docs.css",
        document=f"{path_prefix()}/openapi.json",
        gallery=f"{path_prefix()}/switcher-gallery",
    )


def _refined(found: dict[str, Any]) -> dict[str, Any]:
    """What the generator does not know: errors are application/problem+json (RFC 9457), some answers and bodies are
    of other types."""
    for methods in found["paths"].values():
        for entry in methods.values():
            if takes := _TAKES.get(entry["operationId"]):
                body = entry.setdefault("requestBody", {"required": True, "content": {}})
                body["content"][takes] = {"schema": {"type": "string"}}
            for status, answer in entry["responses"].items():
                content = answer.get("content", {})
                if int(status) >= 400 and "application/json" in content:
                    content["application/problem+json"] = content.pop("application/json")
                elif status == "200" and (gives := _GIVES.get(entry["operationId"])):
                    answer.setdefault("content", {})[gives] = {"schema": {"type": "string"}}
            for parameter in entry.get("parameters", []):
                if parameter["name"] == "article_id":
                    parameter["schema"]["pattern"] = schemas.ID
    return found
