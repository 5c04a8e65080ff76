"""gunicorn around the app: one process, many threads, models loaded and workers started inside it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from service.web.desk import Desk


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """One gthread worker: CTranslate2 releases the GIL, and it does not survive a fork (so nothing is preloaded)."""

    def __init__(
        self, create: Callable[[], Flask], *, host: str, port: int, url: str, threads: int, shutdown: int
    ) -> None:
        self._create = create
        self._bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self._url = url
        self._threads = threads
        self._shutdown = shutdown
        super().__init__()

    def load_config(self) -> None:
        """Set what matters; everything else is gunicorn's default."""
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._threads,
            "preload_app": False,
            "timeout": 0,  # gthread's heartbeat says nothing about its requests; /health/ready does
            "graceful_timeout": self._shutdown + 5,
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "alihbahasa",
            "post_worker_init": _start,
            "worker_exit": _stop,
            "when_ready": self._announce,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Called in the worker process."""
        app = self._create()
        app.extensions["alihbahasa_shutdown"] = self._shutdown
        app.wsgi_app = _closing(app.wsgi_app)  # type: ignore[method-assign]  # where Flask says middleware goes
        return app

    def _announce(self, server: Any) -> None:
        here = f"http://{self._bind}"
        public = "" if self._url == here else f", for readers at {self._url}/"
        print(f"Alihbahasa is at {here}/{public} (Ctrl+C stops it)", flush=True)  # noqa: T201


def _closing(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """gunicorn drops an application's `Connection: close` as hop-by-hop; only its own response object can say it."""

    def wrapped(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if ("Connection", "close") in headers:
                start_response.__self__.force_close()
            return start_response(status, headers, *rest)

        return application(environ, start)

    return wrapped


def _start(worker: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the master tells us with QUIT
    desk = _desk(worker)
    desk.start()

    def drain(number: int, frame: FrameType | None) -> None:
        """TERM: jobs go back at once, and who waits for one gets an answer, while running requests end."""
        if worker.alive:
            desk.ready = False
            desk.workers.stop(0)
        worker.handle_exit(number, frame)

    signal.signal(signal.SIGTERM, drain)
    signal.siginterrupt(signal.SIGTERM, False)


def _stop(_: Any, worker: Any) -> None:
    if getattr(worker, "wsgi", None) is not None:
        _desk(worker).close(worker.wsgi.extensions["alihbahasa_shutdown"])


def _desk(worker: Any) -> Desk:
    desk: Desk = worker.wsgi.extensions["alihbahasa"]
    return desk
