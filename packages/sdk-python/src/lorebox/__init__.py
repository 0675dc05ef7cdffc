"""Client for Lorebox: ask your documents and get answers with citations you can check."""

from . import errors, types
from ._async_pages import AsyncPageList
from ._async_streams import AsyncAnswerStream, AsyncEventStream
from ._client import AsyncLorebox, Lorebox
from ._options import CallOptions
from ._pages import Page, PageList
from ._request import OMIT, Omit
from ._settings import VERSION as __version__
from ._streams import AnswerStream, EventStream
from ._upload import FileDetails, OnSamePath, UploadFile
from .errors import (
    APIConnectionError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    CancelledError,
    ConflictError,
    FieldProblem,
    LoreboxError,
    MalformedResponseError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
)
from .webhooks import WebhookVerificationError, verify_webhook

__all__ = [
    "OMIT",
    "APIConnectionError",
    "APITimeoutError",
    "AnswerStream",
    "AsyncAnswerStream",
    "AsyncEventStream",
    "AsyncLorebox",
    "AsyncPageList",
    "AuthenticationError",
    "BadRequestError",
    "CallOptions",
    "CancelledError",
    "ConflictError",
    "EventStream",
    "FieldProblem",
    "FileDetails",
    "Lorebox",
    "LoreboxError",
    "MalformedResponseError",
    "NotFoundError",
    "Omit",
    "OnSamePath",
    "Page",
    "PageList",
    "PermissionDeniedError",
    "RateLimitError",
    "ServerError",
    "UploadFile",
    "WebhookVerificationError",
    "__version__",
    "errors",
    "types",
    "verify_webhook",
]
