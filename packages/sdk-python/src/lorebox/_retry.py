"""Retry rules and delays."""

from __future__ import annotations

import random

from .errors import LoreboxError

_FIRST_DELAY = 0.4
_LONGEST_DELAY = 8.0
_LONGEST_RETRY_AFTER = 30.0
"""If the server requests a longer delay, the error is raised instead of retrying."""


def backoff(attempt: int) -> float:
    """Exponential backoff with jitter, in seconds."""
    longest: float = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** min(attempt, 10))
    return longest * (0.5 + random.random() / 2)


def delay_before_retry(error: LoreboxError, attempt: int, max_retries: int) -> float | None:
    """Seconds until the next attempt. ``None``: no retry."""
    if not error.is_retryable or attempt >= max_retries:
        return None
    if error.retry_after is None:
        return backoff(attempt)
    return error.retry_after if error.retry_after <= _LONGEST_RETRY_AFTER else None
