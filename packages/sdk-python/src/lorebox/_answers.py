"""Shared code of the answer streams."""

from __future__ import annotations

from ._generated import models
from .errors import APIConnectionError, CancelledError, LoreboxError, ServerError


def is_last_event(event: object) -> bool:
    """Whether the event is the last one of its stream."""
    return isinstance(event, (models.AnswerEndEvent, models.AnswerErrorEvent))


def answer_failure(event: models.AnswerErrorEvent) -> LoreboxError:
    """The error of a failed answer."""
    kind = CancelledError if event.code == "CANCELLED" else ServerError
    return kind(event.code, event.message, is_retryable=event.retryable)


def ended_early() -> LoreboxError:
    """The error for a stream that ended without its final event."""
    return APIConnectionError("CONNECTION", "The stream ended before the answer was complete.")
