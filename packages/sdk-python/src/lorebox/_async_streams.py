"""Streams to loop over."""

from __future__ import annotations

import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from types import TracebackType
from typing import Any, Generic, TypeVar

from typing_extensions import Self

from ._answers import answer_failure, ended_early
from ._generated import models

T = TypeVar("T")


class AsyncEventStream(Generic[T]):
    """Events of a stream. Each loop starts at the beginning; leaving it closes the connection.

    As a context manager it ends the connections of all its loops, wherever they stand. Without one,
    the event loop ends the connection of a loop that was left with its next turn.
    """

    def __init__(self, open_stream: Callable[[], AsyncIterator[T]]) -> None:
        self._open = open_stream
        self._loops: weakref.WeakSet[Any] = weakref.WeakSet()

    def __aiter__(self) -> AsyncIterator[T]:
        loop = self._open()
        self._loops.add(loop)
        return loop

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the connections of all loops."""
        for loop in list(self._loops):
            await loop.aclose()


class AsyncAnswerStream(AsyncEventStream[models.AnswerEvent]):
    """An answer that is being generated: loop over its events, or read its text or final event.

    Leaving a loop leaves the answer running on the server; `cancel` stops it. Every loop, and each
    of the methods, shows the answer from its start; the model is asked once.
    """

    def __init__(
        self,
        started: models.AskStarted,
        open_stream: Callable[[], AsyncIterator[models.AnswerEvent]],
        cancel: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(open_stream)
        self.started = started
        """Ids of the answer, thread and question."""
        self._cancel = cancel

    async def text(self) -> AsyncIterator[str]:
        """The text as it is generated."""
        async with aclosing(aiter(self)) as events:  # type: ignore[type-var]
            async for event in events:
                if isinstance(event, models.TextDeltaEvent):
                    yield event.text
                elif isinstance(event, models.AnswerErrorEvent):
                    raise answer_failure(event)

    async def final(self) -> models.AnswerEndEvent:
        """The final event, with the complete answer, citations and context report."""
        async with aclosing(aiter(self)) as events:  # type: ignore[type-var]
            async for event in events:
                if isinstance(event, models.AnswerEndEvent):
                    return event
                if isinstance(event, models.AnswerErrorEvent):
                    raise answer_failure(event)
        raise ended_early()

    async def cancel(self) -> None:
        """Cancels the answer immediately."""
        await self._cancel()
