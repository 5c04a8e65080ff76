"""/health and /metrics: for those who run the service."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from service import __version__
from service.store import jobs
from service.web.desk import desk
from service.web.problems import ProblemError

api = Blueprint("health", __name__)

_STATES = ("queued", "running", "done", "failed")


@api.get("/health/live")
def live() -> Response:
    """The process answers. Says nothing of the database, so that an outage there restarts nobody."""
    return jsonify(status="ok", version=__version__)


@api.get("/health/ready")
def ready() -> Response:
    """Each pair has translated its canary, the workers work, the database answers."""
    here = desk()
    if not here.ready:
        raise ProblemError(503, "not-ready", "the models are being loaded; ask again", headers={"Retry-After": "1"})
    if not here.workers.alive():
        raise ProblemError(503, "not-ready", "a worker has died; the log says why, a restart mends it")
    try:
        with here.database.read() as connection:
            jobs.depth(connection)
    except SQLAlchemyError as error:
        raise ProblemError(503, "not-ready", f"the database does not answer: {type(error).__name__}") from None
    return jsonify(status="ok", pairs=[f"{source}-{target}" for source, target in sorted(here.pool.pairs())])


@api.get("/metrics")
def metrics() -> Response:
    """Jobs by state and readiness, for Prometheus."""
    registry = CollectorRegistry()
    up = Gauge("alihbahasa_ready", "Whether each pair has translated its canary", registry=registry)
    up.set(desk().ready)
    depth = Gauge("alihbahasa_jobs", "Translation jobs by state", ["state"], registry=registry)
    with desk().database.read() as connection:
        found = jobs.depth(connection)
    for state in _STATES:
        depth.labels(state).set(found.get(state, 0))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
