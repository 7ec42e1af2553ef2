"""The server: gunicorn with threads, loaded once and then forked."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication


def warmed_up(_worker: Any) -> None:
    """Runs in each process before its first request."""
    from dripline.portal.warming import warm

    warm()


class Server(BaseApplication):
    """Gunicorn without its own command line or configuration file."""

    def __init__(self, *, bind: str, workers: int, threads: int) -> None:
        self.options = {
            "bind": bind,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "timeout": 120,
            "keepalive": 15,  # longer than people take between two pages that belong together
            "post_worker_init": warmed_up,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "loglevel": "warning",
            "accesslog": None,  # addresses hold keys and questions; the trail says who looked at what
        }
        super().__init__()

    def load_config(self) -> None:
        """The options above."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The site."""
        from dripline.portal.wsgi import application

        return application
