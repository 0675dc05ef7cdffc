"""Sends the calls of all resources, with retries and the errors of this package."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import httpx
from typing_extensions import TypeForm

from ._answers import is_last_event
from ._generated import models
from ._options import CallOptions
from ._pages import Page, PageList
from ._parse import parse, parse_event
from ._request import Request, segment
from ._resume import Resume
from ._retry import delay_before_retry
from ._settings import STREAM_TIMEOUT, Settings
from ._sse import EventParser
from ._streams import AnswerStream, EventStream
from .errors import LoreboxError, from_response

T = TypeVar("T")


class Caller:
    """The synchronous version of `AsyncCaller`."""

    def __init__(self, http: httpx.Client, settings: Settings) -> None:
        self.settings = settings
        self._http = http

    def send(self, request: Request, options: CallOptions, **how: Any) -> bytes:
        """Sends a call, and retries it if that is safe and may help."""
        settings = self.settings
        headers = settings.call_headers(request, options)
        attempt = 0
        while True:
            try:
                response = self._http.request(
                    request.method,
                    settings.url(request),
                    params=request.params(),
                    json=request.json(),
                    headers=headers,
                    timeout=settings.limit(options),
                    **how,
                )
            except httpx.RequestError as cause:
                error = settings.failure(cause)
                error.__cause__ = cause
            else:
                if response.is_success:
                    return response.content
                error = from_response(response.status_code, response.headers, response.content)
            delay = delay_before_retry(error, attempt, settings.retries(options))
            if delay is None:
                raise error
            time.sleep(delay)
            attempt += 1

    def pass_on(
        self, request: Request, options: CallOptions, write: Callable[[bytes], object]
    ) -> int:
        """Streams the bytes of a response, without retries, and returns their number."""
        settings = self.settings
        size = 0
        try:
            with self._http.stream(
                request.method,
                settings.url(request),
                headers=settings.call_headers(request, options),
                timeout=settings.limit(options),
            ) as response:
                if not response.is_success:
                    body = response.read()
                    raise from_response(response.status_code, response.headers, body)
                for chunk in response.iter_bytes():
                    write(chunk)
                    size += len(chunk)
        except httpx.RequestError as cause:
            raise settings.failure(cause) from cause
        return size

    def do(self, request: Request, options: CallOptions) -> None:
        """A call without a result."""
        self.send(request, options)

    def call(self, request: Request, kind: TypeForm[T], options: CallOptions) -> T:
        """A call that returns a model."""
        return parse(kind, self.send(request, options))

    def call_field(self, request: Request, name: str, kind: TypeForm[T], options: CallOptions) -> T:
        """A call that returns a single field."""
        return parse(dict[str, kind], self.send(request, options))[name]  # type: ignore[valid-type]

    def list(self, request: Request, kind: TypeForm[T], options: CallOptions) -> PageList[T]:
        """A paginated list."""

        def load(cursor: str | None) -> Page[T]:
            page = request if cursor is None else request.with_query(cursor=cursor)
            return self.call(page, Page[kind], options)  # type: ignore[valid-type]

        return PageList(load)

    def stream(
        self,
        request: Request,
        kind: TypeForm[T],
        options: CallOptions,
        last_event_id: str | None = None,
    ) -> EventStream[T]:
        """Server-sent events. The request is sent when the first event is read."""

        def open_stream() -> Iterator[T]:
            resume = Resume[T](
                lambda data: parse_event(kind, data),
                is_resumable=request.is_resumable,
                max_retries=self.settings.retries(options),
                is_last=is_last_event,
                last_event_id=last_event_id,
            )
            return self._follow(request, resume, options)

        return EventStream(open_stream)

    def ask(self, request: Request, options: CallOptions) -> AnswerStream:
        """Starts an answer once, and then streams it by its id."""
        started = self.call(request, models.AskStarted, options)
        path = f"/answers/{segment(started.answer_id)}"
        events = self.stream(
            Request("GET", f"{path}/events", is_resumable=True), models.AnswerEvent, options
        )
        return AnswerStream(
            started,
            lambda: iter(events),
            lambda: self.do(Request("POST", f"{path}/cancel"), {}),
        )

    def _follow(self, request: Request, resume: Resume[T], options: CallOptions) -> Iterator[T]:
        settings = self.settings
        while True:
            try:
                with self._http.stream(
                    request.method,
                    settings.url(request),
                    params=request.params(),
                    json=request.json(),
                    headers={**settings.headers(), **resume.headers()},
                    timeout=options.get("timeout", STREAM_TIMEOUT),
                ) as response:
                    if not response.is_success:
                        raise from_response(response.status_code, response.headers, response.read())
                    if response.status_code == httpx.codes.NO_CONTENT:
                        return
                    parser = EventParser()
                    for chunk in response.iter_bytes():
                        for event in parser.feed(chunk):
                            item = resume.accept(event)
                            if item is not None:
                                yield item
                            if resume.is_done:
                                return
                delay = resume.ended()
            except httpx.RequestError as cause:
                error = settings.failure(cause)
                error.__cause__ = cause
                delay = resume.failed(error)
            except LoreboxError as error:
                delay = resume.failed(error)
            if delay is None:
                return
            time.sleep(delay)


class Resource:
    """Base class of the resources."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
