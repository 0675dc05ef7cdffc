"""Parses JSON into models."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypeForm

from .errors import MalformedResponseError

T = TypeVar("T")


@lru_cache(maxsize=256)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """The Pydantic adapter of a type. Cached, because creating one is slow."""
    return TypeAdapter(kind)


def parse(kind: TypeForm[T], body: bytes) -> T:
    """Parses a response body. Raises MalformedResponseError."""
    try:
        value: T = _adapter(kind).validate_json(body)  # type: ignore[arg-type]
    except ValidationError as cause:
        start = body[:200].decode("utf-8", "replace")
        message = f"The server answered something else than Lorebox does: {start}"
        raise MalformedResponseError("MALFORMED", message) from cause
    return value


def parse_event(kind: TypeForm[T], data: str) -> T | None:
    """Parses the data of an event. ``None`` for event types unknown to this version."""
    try:
        value: T = _adapter(kind).validate_json(data)  # type: ignore[arg-type]
    except ValidationError as error:
        if error.errors()[0]["type"] == "union_tag_invalid":
            return None
        raise
    return value
