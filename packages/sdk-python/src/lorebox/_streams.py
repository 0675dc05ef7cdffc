"""Streams to loop over."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Generic, TypeVar

from typing_extensions import Self

from ._answers import answer_failure, ended_early
from ._generated import models

T = TypeVar("T")


class EventStream(Generic[T]):
    """Events of a stream. Each loop starts at the beginning; leaving it closes the connection.

    As a context manager it ends the connections of all its loops, wherever they stand.
    """

    def __init__(self, open_stream: Callable[[], Iterator[T]]) -> None:
        self._open = open_stream
        self._loops: weakref.WeakSet[Any] = weakref.WeakSet()

    def __iter__(self) -> Iterator[T]:
        loop = self._open()
        self._loops.add(loop)
        return loop

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections of all loops."""
        for loop in list(self._loops):
            loop.close()


class AnswerStream(EventStream[models.AnswerEvent]):
    """An answer that is being generated: loop over its events, or read its text or final event.

    Leaving a loop leaves the answer running on the server; `cancel` stops it. Every loop, and each
    of the methods, shows the answer from its start; the model is asked once.
    """

    def __init__(
        self,
        started: models.AskStarted,
        open_stream: Callable[[], Iterator[models.AnswerEvent]],
        cancel: Callable[[], None],
    ) -> None:
        super().__init__(open_stream)
        self.started = started
        """Ids of the answer, thread and question."""
        self._cancel = cancel

    def text(self) -> Iterator[str]:
        """The text as it is generated."""
        for event in self:
            if isinstance(event, models.TextDeltaEvent):
                yield event.text
            elif isinstance(event, models.AnswerErrorEvent):
                raise answer_failure(event)

    def final(self) -> models.AnswerEndEvent:
        """The final event, with the complete answer, citations and context report."""
        for event in self:
            if isinstance(event, models.AnswerEndEvent):
                return event
            if isinstance(event, models.AnswerErrorEvent):
                raise answer_failure(event)
        raise ended_early()

    def cancel(self) -> None:
        """Cancels the answer immediately."""
        self._cancel()
