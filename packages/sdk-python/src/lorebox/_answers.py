"""What the streams of answers have in common."""

from __future__ import annotations

from ._generated import models
from .errors import APIConnectionError, LoreboxError, ServerError


def is_last_event(event: object) -> bool:
    """Nothing comes after it in its stream."""
    return isinstance(event, (models.AnswerEndEvent, models.AnswerErrorEvent))


def answer_failure(event: models.AnswerErrorEvent) -> LoreboxError:
    """The error that an answer ended with."""
    return ServerError(event.code, event.message, is_retryable=event.retryable)


def ended_early() -> LoreboxError:
    """For a stream without its last event."""
    return APIConnectionError("CONNECTION", "The stream ended before the answer was complete.")
