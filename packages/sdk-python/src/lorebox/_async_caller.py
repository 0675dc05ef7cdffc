"""Sends the calls of all resources, with retries and the errors of this package."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import httpx
from typing_extensions import TypeForm

from ._answers import is_last_event
from ._async_pages import AsyncPageList
from ._async_streams import AsyncAnswerStream, AsyncEventStream
from ._generated import models
from ._options import CallOptions
from ._pages import Page
from ._parse import parse, parse_event
from ._request import Request, segment
from ._resume import Resume
from ._retry import delay_before_retry
from ._settings import STREAM_TIMEOUT, Settings
from ._sse import EventParser
from .errors import LoreboxError, from_response

T = TypeVar("T")


class AsyncCaller:
    """The asynchronous version of `Caller`."""

    def __init__(self, http: httpx.AsyncClient, settings: Settings) -> None:
        self.settings = settings
        self._http = http

    async def send(self, request: Request, options: CallOptions, **how: Any) -> bytes:
        """Sends a call, and retries it if that is safe and may help."""
        settings = self.settings
        headers = settings.call_headers(request, options)
        attempt = 0
        while True:
            try:
                response = await self._http.request(
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
            await asyncio.sleep(delay)
            attempt += 1

    async def pass_on(
        self, request: Request, options: CallOptions, write: Callable[[bytes], object]
    ) -> int:
        """Streams the bytes of a response, without retries, and returns their number."""
        settings = self.settings
        size = 0
        try:
            async with self._http.stream(
                request.method,
                settings.url(request),
                headers=settings.call_headers(request, options),
                timeout=settings.limit(options),
            ) as response:
                if not response.is_success:
                    body = await response.aread()
                    raise from_response(response.status_code, response.headers, body)
                async for chunk in response.aiter_bytes():
                    write(chunk)
                    size += len(chunk)
        except httpx.RequestError as cause:
            raise settings.failure(cause) from cause
        return size

    async def do(self, request: Request, options: CallOptions) -> None:
        """A call without a result."""
        await self.send(request, options)

    async def call(self, request: Request, kind: TypeForm[T], options: CallOptions) -> T:
        """A call that returns a model."""
        return parse(kind, await self.send(request, options))

    async def call_field(
        self, request: Request, name: str, kind: TypeForm[T], options: CallOptions
    ) -> T:
        """A call that returns a single field."""
        return parse(dict[str, kind], await self.send(request, options))[name]  # type: ignore[valid-type]

    def list(self, request: Request, kind: TypeForm[T], options: CallOptions) -> AsyncPageList[T]:
        """A paginated list."""

        async def load(cursor: str | None) -> Page[T]:
            page = request if cursor is None else request.with_query(cursor=cursor)
            return await self.call(page, Page[kind], options)  # type: ignore[valid-type]

        return AsyncPageList(load)

    def stream(
        self,
        request: Request,
        kind: TypeForm[T],
        options: CallOptions,
        last_event_id: str | None = None,
    ) -> AsyncEventStream[T]:
        """Server-sent events. The request is sent when the first event is read."""

        def open_stream() -> AsyncIterator[T]:
            resume = Resume[T](
                lambda data: parse_event(kind, data),
                is_resumable=request.is_resumable,
                max_retries=self.settings.retries(options),
                is_last=is_last_event,
                last_event_id=last_event_id,
            )
            return self._follow(request, resume, options)

        return AsyncEventStream(open_stream)

    async def ask(self, request: Request, options: CallOptions) -> AsyncAnswerStream:
        """Starts an answer once, and then streams it by its id."""
        started = await self.call(request, models.AskStarted, options)
        path = f"/answers/{segment(started.answer_id)}"
        events = self.stream(
            Request("GET", f"{path}/events", is_resumable=True), models.AnswerEvent, options
        )
        return AsyncAnswerStream(
            started,
            lambda: aiter(events),
            lambda: self.do(Request("POST", f"{path}/cancel"), {}),
        )

    async def _follow(
        self, request: Request, resume: Resume[T], options: CallOptions
    ) -> AsyncIterator[T]:
        settings = self.settings
        while True:
            try:
                async with self._http.stream(
                    request.method,
                    settings.url(request),
                    params=request.params(),
                    json=request.json(),
                    headers={**settings.headers(), **resume.headers()},
                    timeout=options.get("timeout", STREAM_TIMEOUT),
                ) as response:
                    if not response.is_success:
                        raise from_response(
                            response.status_code, response.headers, await response.aread()
                        )
                    if response.status_code == httpx.codes.NO_CONTENT:
                        return
                    parser = EventParser()
                    async for chunk in response.aiter_bytes():
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
            await asyncio.sleep(delay)


class AsyncResource:
    """Base class of the resources."""

    def __init__(self, caller: AsyncCaller) -> None:
        self._caller = caller
