"""Client settings."""

from __future__ import annotations

import errno
import os
import re
import uuid
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import httpx

from ._options import CallOptions
from ._request import Request
from .errors import APIConnectionError, APITimeoutError, LoreboxError

DEFAULT_URL = "http://127.0.0.1:3001"
DEFAULT_TIMEOUT = 60.0
DEFAULT_MAX_RETRIES = 2
STREAM_TIMEOUT = 45.0
"""Seconds: the server says something every 15, so a line that is silent for longer is dead."""

try:
    VERSION = version("lorebox")
except PackageNotFoundError:  # run from its sources
    VERSION = "0.0.0"


@dataclass(frozen=True)
class Settings:
    """URL, credentials, timeouts and retries."""

    base_url: str
    api_key: str | None
    timeout: float | None
    max_retries: int

    @classmethod
    def read(
        cls,
        base_url: str | None,
        api_key: str | None,
        timeout: float | None,
        max_retries: int,
    ) -> Settings:
        """Applies LOREBOX_URL and LOREBOX_API_KEY as defaults."""
        url = (base_url or os.environ.get("LOREBOX_URL") or DEFAULT_URL).rstrip("/")
        if not re.match(r"https?://[^/]", url):
            raise ValueError(f"base_url must begin with http:// or https://, got {url!r}")
        for suffix in ("/openai/v1", "/v1"):
            if url.endswith(suffix):
                base = url.removesuffix(suffix)
                raise ValueError(f"base_url must not end in {suffix}. Use {base!r}")
        key = api_key or os.environ.get("LOREBOX_API_KEY") or None
        if key is not None and not re.fullmatch(r"[\x21-\x7e]+", key):
            raise ValueError("api_key must be visible ASCII characters without spaces")
        if timeout is not None and timeout <= 0:
            raise ValueError("timeout must be more than 0 seconds, or None")
        if max_retries < 0:
            raise ValueError("max_retries must be 0 or more")
        return cls(url, key, timeout, max_retries)

    def url(self, request: Request) -> str:
        """The URL of a request."""
        return f"{self.base_url}/v1{request.path}"

    def headers(self) -> dict[str, str]:
        """Headers of every request."""
        headers = {"Accept": "application/json", "User-Agent": f"lorebox-python/{VERSION}"}
        if self.api_key is not None:
            headers["Authorization"] = f"Bearer {self.api_key}"
        return headers

    def call_headers(self, request: Request, options: CallOptions) -> dict[str, str]:
        """The same for all attempts of a call, so that a POST is not executed twice."""
        if request.method != "POST":
            return {**self.headers(), **request.headers}
        key = options.get("idempotency_key") or str(uuid.uuid4())
        return {**self.headers(), "Idempotency-Key": key}

    def retries(self, options: CallOptions) -> int:
        """Maximum number of retries."""
        return options.get("max_retries", self.max_retries)

    def limit(self, options: CallOptions) -> float | None:
        """Seconds that a call waits for data."""
        return options.get("timeout", self.timeout)

    def failure(self, cause: httpx.RequestError) -> LoreboxError:
        """The error for a request without a response."""
        if isinstance(cause, httpx.TimeoutException):
            message = f"{self.base_url} didn't respond in time."
            return APITimeoutError("TIMED_OUT", message, is_retryable=True)
        message = f"Can't reach {self.base_url}: {cause or type(cause).__name__}"
        is_retryable = isinstance(cause, httpx.TransportError) and not isinstance(
            cause, httpx.UnsupportedProtocol
        )
        return APIConnectionError(
            "CONNECTION", message, is_retryable=is_retryable, cause_code=_cause_code(cause)
        )


def _cause_code(error: BaseException) -> str | None:
    """The name of the system error at the root, such as ECONNREFUSED."""
    root: BaseException | None = error
    while root is not None:
        if isinstance(root, OSError) and root.errno is not None:
            return errno.errorcode.get(root.errno)
        root = root.__cause__ or root.__context__
    return None
