"""Settings: the only reader of the environment. `cli` and `app` read them; everything below takes values."""

from __future__ import annotations

import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import Field, FilePath, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The checkout (or the image's folder): where `locales/` and the bundled `models/` are."""


_PUBLIC_URL: Final = re.compile(r"https?://[^/@?#\s]+(?<!:)(/[\w.~!$&'()*+,;=:@%-]+)*/?", re.ASCII)


class Settings(BaseSettings):
    """Each setting is an environment variable `ALIHBAHASA_<NAME>`; the command line's options outrank them."""

    model_config = SettingsConfigDict(env_prefix="ALIHBAHASA_", frozen=True)

    data: Path = Field(Path("var"), description="The data folder: database, models, lock.")
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8080, ge=1, le=65535, description="The port to listen on.")
    public_url: str = Field(
        "", description="Where readers find this service, a path allowed; needed where `HOST` is not loopback."
    )
    allow_public: bool = Field(False, description="Listen on an address that is not loopback, without keys.")
    threads: int = Field(0, ge=0, description="Model threads; 0: one for each processor that we may use.")
    model_memory: int = Field(0, ge=0, description="Megabytes of models to hold in memory; 0: all that are used.")
    retry_share: float = Field(
        0.5, ge=0, le=1, description="Share of an article's sentences that each retry of bad ones is for at most."
    )
    workers: int = Field(4, ge=1, le=64, description="Jobs worked on at a time; one of them only what is waited for.")
    request_threads: int = Field(32, ge=4, le=512, description="Requests that are served at a time.")
    page_memory: int = Field(64, ge=0, description="Megabytes of rendered pages and answers to keep in memory.")
    theme: FilePath | None = Field(
        None,
        description="A style sheet for the reader pages; left out: `theme.css` in the data folder, if it is there.",
    )
    max_wait: int = Field(120, ge=0, le=3600, description="Longest `Prefer: wait`, in seconds.")
    max_body: int = Field(4_000_000, ge=1000, description="Largest request body, in bytes.")
    shutdown: int = Field(20, ge=1, le=600, description="Seconds for requests and jobs to end on SIGTERM.")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="What is logged.")

    @field_validator("public_url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        """All links, canonical addresses and redirects begin with it: what is wrong in it would be wrong in all."""
        if not value:
            return value
        remedy = "write an absolute http or https URL, such as https://paper.example or https://paper.example/alih"
        if not value.isascii() or not _PUBLIC_URL.fullmatch(value):
            raise ValueError(f"no user name, query, fragment, spaces or doubled slashes: {remedy}")
        parts = urlsplit(value)  # may raise ValueError itself: an unclosed bracket
        if not parts.hostname or not re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", parts.hostname, re.ASCII) or parts.port == 0:
            raise ValueError(f"no host or no port: {remedy}")
        return value

    @property
    def base_url(self) -> str:
        """The only source of absolute URLs, without a trailing slash. The Host header never is one."""
        return (self.public_url or f"http://{_bracketed(self.host)}:{self.port}").rstrip("/")

    @property
    def loopback(self) -> bool:
        """Whether only this machine can connect."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def model_threads(self) -> int:
        """Threads for models: as set, else the processors that this process may use."""
        return self.threads or _processors(Path("/sys/fs/cgroup"))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _processors(cgroup: Path) -> int:
    """Processors that we may run on, at most as many as the container's quota pays for, rounded up.

    The quota is Linux's `cpu.max` ("max 100000", "150000 100000": microseconds in each period), cgroup v2, or v1's
    two files.
    """
    may = len(os.sched_getaffinity(0))
    for names in (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us")):
        try:
            quota, period = " ".join((cgroup / name).read_text() for name in names).split()
            return min(may, max(1, -(-int(quota) // int(period)))) if int(quota) > 0 else may
        except (OSError, ValueError):  # no such file, or "max": no quota
            continue
    return may
