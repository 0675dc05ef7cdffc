"""Errors: what the server, or the way to it, answered instead of a result."""

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
    """One thing that is wrong with the input."""

    path: str
    message: str


class LoreboxError(Exception):
    """Any failure of a call. Its subclasses tell the kinds apart.

    Attributes:
        code: Stable: a code of the server's table, ``CONNECTION`` when it could not be reached,
            ``TIMED_OUT`` when it took too long, ``MALFORMED`` when it answered something else than
            Lorebox does.
        message: For people: what is wrong and what to do.
        status: HTTP status; ``None`` when there was no answer.
        request_id: Finds the request in the server's log.
        retry_after: Seconds to wait before trying again, when the server says so.
        is_retryable: True when the same call may work later. The client has tried again already,
            ``max_retries`` times.
        errors: Where the input is wrong, when it is the input.
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
        errors: tuple[FieldProblem, ...] = (),
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.request_id = request_id
        self.retry_after = retry_after
        self.is_retryable = status in _MAY_PASS if is_retryable is None else is_retryable
        self.errors = errors

    def __str__(self) -> str:
        where = "" if self.request_id is None else f", request {self.request_id}"
        return f"{self.message} ({self.code}{where})"


class BadRequestError(LoreboxError):
    """400, 413, 415, 422: the input is not what the operation takes."""


class AuthenticationError(LoreboxError):
    """401: no credential, a wrong or an expired one."""


class PermissionDeniedError(LoreboxError):
    """403: the credential is good, its scopes or role don't allow this."""


class NotFoundError(LoreboxError):
    """404: there is no such thing, or the credential may not see it."""


class ConflictError(LoreboxError):
    """409: it conflicts with what is there."""


class RateLimitError(LoreboxError):
    """429: too many requests; ``retry_after`` says how long to wait."""


class ServerError(LoreboxError):
    """5xx: the server, or a model behind it, failed."""


class MalformedResponseError(LoreboxError):
    """The answer is none of Lorebox's: another program, or a proxy, gave it."""


class APIConnectionError(LoreboxError):
    """No answer: the server is not there, or the line broke."""


class APITimeoutError(APIConnectionError):
    """No answer within ``timeout``."""


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
}


def from_response(status: int, headers: Mapping[str, str], body: bytes) -> LoreboxError:
    """The error that a response is."""
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
    """The error that problem details (RFC 9457) describe."""
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
        errors=tuple(
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
