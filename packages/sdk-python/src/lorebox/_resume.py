"""Resumes streams after a dropped connection. No I/O."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from ._retry import backoff
from ._sse import ServerSentEvent
from .errors import APIConnectionError, LoreboxError, MalformedResponseError, from_problem

T = TypeVar("T")

LOST_AFTER = 60.0
"""Seconds. A stream fails if the server is unreachable for longer. A restart takes less."""

_LONGEST_RETRY_AFTER = 30.0


class Resume(Generic[T]):
    """What a stream has seen, and whether it is worth another connection."""

    def __init__(
        self,
        parse: Callable[[str], T | None],
        *,
        is_resumable: bool,
        max_retries: int,
        is_last: Callable[[T], bool] = lambda _: False,
        last_event_id: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_done = False
        self._parse = parse
        self._is_resumable = is_resumable
        self._max_retries = max_retries
        self._is_last = is_last
        self._last_event_id = last_event_id
        self._clock = clock
        self._lost_at: float | None = None
        self._refusals = 0
        self._failures = 0
        self._has_started = False

    def headers(self) -> dict[str, str]:
        """What the next connection says."""
        headers = {"Accept": "text/event-stream"}
        if self._last_event_id is not None:
            headers["Last-Event-ID"] = self._last_event_id
        return headers

    def accept(self, event: ServerSentEvent) -> T | None:
        """The item of an event; ``None`` for what is none. Raises what the server reports."""
        if event.type == "error":
            raise _reported(event.data)
        item = None if event.type == "ping" else self._read(event)
        self._has_started = True
        self._lost_at = None
        self._refusals = self._failures = 0
        if event.id is not None:
            self._last_event_id = event.id
        if item is not None and self._is_last(item):
            self.is_done = True
        return item

    def ended(self) -> float | None:
        """After the end: seconds until the next connection, ``None`` if that was all."""
        if self.is_done or not self._is_resumable:
            return None
        return self.failed(
            APIConnectionError("CONNECTION", "The stream ended too early.", is_retryable=True)
        )

    def failed(self, error: LoreboxError) -> float:
        """Seconds until the next connection; raises the error when there should be none."""
        if self._has_started and not self._is_resumable:
            raise error
        now = self._clock()
        self._lost_at = now if self._lost_at is None else self._lost_at
        if error.status is not None or isinstance(error, MalformedResponseError):
            self._refusals += 1
        wait = error.retry_after or 0.0
        may_pass = error.is_retryable or (self._is_resumable and error.code == "MALFORMED")
        is_lost = now - self._lost_at >= LOST_AFTER
        if not may_pass or is_lost or self._refusals > self._max_retries:
            raise error
        if not self._is_resumable and self._failures >= self._max_retries:
            raise error
        if wait > _LONGEST_RETRY_AFTER:
            raise error
        self._failures += 1
        return max(wait, backoff(self._failures - 1))

    def _read(self, event: ServerSentEvent) -> T | None:
        try:
            return self._parse(event.data)
        except ValueError as cause:
            message = f"The server sent an invalid event: {event.data[:200]}"
            raise MalformedResponseError("MALFORMED", message) from cause


def _reported(data: str) -> LoreboxError:
    try:
        problem = json.loads(data)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        return MalformedResponseError("MALFORMED", f"The stream failed: {data[:200]}")
    return from_problem(problem)
