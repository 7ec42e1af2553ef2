"""The server: gunicorn with threads, loaded once and then forked."""

from __future__ import annotations

from typing import Any

from gunicorn.app.base import BaseApplication


class Server(BaseApplication):
    """Gunicorn without its own command line or configuration file."""

    def __init__(self, *, bind: str, workers: int, threads: int) -> None:
        self.options = {
            "bind": bind,
            "workers": workers,
            "threads": threads,
            "worker_class": "gthread",
            "timeout": 120,
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
