"""Options of a single call."""

from __future__ import annotations

from typing_extensions import TypedDict


class CallOptions(TypedDict, total=False):
    """Keyword arguments that every method accepts."""

    timeout: float | None
    """Seconds to wait for data from the server. ``None`` disables the timeout."""

    max_retries: int
    """Maximum number of retries after a temporary failure."""

    idempotency_key: str
    """Instead of a random one. Repeated calls with the same key get the first response."""
