"""What a single call may have otherwise than its client."""

from __future__ import annotations

from typing_extensions import TypedDict


class CallOptions(TypedDict, total=False):
    """Keyword arguments that every method takes."""

    timeout: float | None
    """Seconds that the server may keep silent; ``None`` for no limit."""

    max_retries: int
    """Tries after the first one that failed in a way that may pass."""

    idempotency_key: str
    """Yours instead of a random one: sent again, by any process, it gets the first answer."""
