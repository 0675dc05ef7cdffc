"""Errors of the server and of the connection to it."""

from __future__ import annotations

import email.utils
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MAY_PASS = frozenset({408, 429, 502, 503, 504})


@dataclass(frozen=True)
class FieldProblem:
    """An invalid field of the input."""

    path: str
    message: str


class LoreboxError(Exception):
    """Any failure of a call. Its subclasses tell the kinds apart.

    Attributes:
        code: Stable error code of the server, ``CONNECTION`` if it is unreachable,
            ``TIMED_OUT`` when it took too long, ``MALFORMED`` when it answered something else than
            Lorebox does.
        message: Human-readable: what failed and what to do next.
        status: HTTP status. ``None`` if there was no response.
        request_id: Search the server log for this id.
        retry_after: Seconds to wait before retrying, if the server sent a value.
        is_retryable: True when the same call may work later. The client has tried again already,
            ``max_retries`` times.
        fields: The invalid fields, for invalid input.
        cause_code: For connection errors, the name of the cause, such as ``ECONNREFUSED``.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
        is_retryable: bool | None = None,
        fields: tuple[FieldProblem, ...] = (),
        cause_code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.request_id = request_id
        self.retry_after = retry_after
        self.is_retryable = status in _MAY_PASS if is_retryable is None else is_retryable
        self.fields = fields
        self.cause_code = cause_code

    def __str__(self) -> str:
        where = "" if self.request_id is None else f", request {self.request_id}"
        return f"{self.message} ({self.code}{where})"


class BadRequestError(LoreboxError):
    """400, 413, 415, 422: the request is invalid or can't be processed."""


class AuthenticationError(LoreboxError):
    """401: the credentials are missing, invalid or expired."""


class PermissionDeniedError(LoreboxError):
    """403: the scopes or the role don't allow this."""


class NotFoundError(LoreboxError):
    """404: not found, or the credentials don't have access to it."""


class ConflictError(LoreboxError):
    """409: conflicts with an existing resource."""


class RateLimitError(LoreboxError):
    """429: too many requests. ``retry_after`` says how long to wait."""


class CancelledError(LoreboxError):
    """499: the answer or the request was cancelled."""


class ServerError(LoreboxError):
    """5xx: the server or one of its models failed."""


class MalformedResponseError(LoreboxError):
    """The response is not from Lorebox, but from another program or a proxy."""


class APIConnectionError(LoreboxError):
    """No response: the server is unreachable or the connection broke."""


class APITimeoutError(APIConnectionError):
    """No response within ``timeout``."""


_BY_STATUS: dict[int, type[LoreboxError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    413: BadRequestError,
    415: BadRequestError,
    422: BadRequestError,
    429: RateLimitError,
    499: CancelledError,
}


def from_response(status: int, headers: Mapping[str, str], body: bytes) -> LoreboxError:
    """The error for a response."""
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    if not isinstance(problem, dict) or "code" not in problem:
        problem = {"code": f"HTTP_{status}", "detail": _first_line(status, body)}
    problem["status"] = status
    problem.setdefault("requestId", headers.get("x-request-id"))
    wait = parse_retry_after(headers.get("retry-after"))
    return from_problem(problem, problem.get("retryAfter") if wait is None else wait)


def from_problem(problem: Mapping[str, Any], retry_after: float | None = None) -> LoreboxError:
    """The error for problem details (RFC 9457)."""
    status = problem.get("status")
    status = status if isinstance(status, int) else 500
    kind = _BY_STATUS.get(status, ServerError if status >= 500 else LoreboxError)
    fields = problem.get("errors")
    return kind(
        str(problem.get("code")),
        str(problem.get("detail") or problem.get("title") or f"HTTP {status}"),
        status=status,
        request_id=problem.get("requestId"),
        retry_after=problem.get("retryAfter") if retry_after is None else retry_after,
        fields=tuple(
            FieldProblem(str(item.get("path")), str(item.get("message")))
            for item in (fields if isinstance(fields, list) else [])
            if isinstance(item, dict)
        ),
    )


def parse_retry_after(value: str | None) -> float | None:
    """Seconds; the header has them, or a date."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        at = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, at.timestamp() - time.time())


def _first_line(status: int, body: bytes) -> str:
    text = body.decode("utf-8", "replace").strip()
    line = text.splitlines()[0][:200] if text else "nothing"
    return f"Unexpected response with status {status}; the server may not be Lorebox: {line}"
