"""Requests, independent of the HTTP client."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import quote

from ._model import Model


class Omit(enum.Enum):
    """The type of `OMIT`: leaves out a field, where ``None`` would set it to null."""

    OMIT = enum.auto()

    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final[Literal[Omit.OMIT]] = Omit.OMIT


@dataclass(frozen=True)
class Request:
    """One operation with its arguments."""

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Model | None = None
    is_resumable: bool = False
    """For streams: resume after a dropped connection."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """In addition to the headers of every request."""

    def json(self) -> Any:
        """The JSON body, without omitted fields."""
        if self.body is None:
            return None
        return self.body.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def with_query(self, **more: object) -> Request:
        """The same with more in the query string."""
        return Request(
            self.method, self.path, {**self.query, **given(**more)}, self.body, self.is_resumable
        )

    def params(self) -> tuple[tuple[str, str], ...]:
        """The query string's fields; a list is a field many times."""
        return tuple(
            (name, _to_text(item))
            for name, value in self.query.items()
            for item in (value if isinstance(value, (list, tuple)) else [value])
        )


def given(**fields: object) -> dict[str, Any]:
    """Those that were given."""
    return {name: value for name, value in fields.items() if value is not OMIT}


def segment(value: str) -> str:
    """A path parameter. Empty values and dots are rejected: they would change the path."""
    if not isinstance(value, str):
        raise TypeError(f"expected an id or slug, got {type(value).__name__}")
    if value.strip(".") == "":
        raise ValueError(f"expected an id or slug, got {value!r}")
    return quote(value, safe="")


def _to_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime) else str(value)
