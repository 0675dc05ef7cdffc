"""Paginated lists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Generic, TypeVar

from ._pages import Page

T = TypeVar("T")


class AsyncPageList(Generic[T]):
    """A list to loop over. Pages are fetched as needed."""

    def __init__(self, load: Callable[[str | None], Awaitable[Page[T]]]) -> None:
        self._load = load

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[T]]:
        """Iterates over the pages."""
        cursor: str | None = None
        while True:
            page = await self._load(cursor)
            yield page
            cursor = page.next_cursor
            if cursor is None:
                return

    async def first_page(self) -> Page[T]:
        """The first page, at ``cursor`` if set."""
        return await self._load(None)

    async def to_list(self, limit: int | None = None) -> list[T]:
        """Returns all items, or the first ``limit`` items."""
        items: list[T] = []
        if limit is not None and limit <= 0:
            return items
        async for item in self:
            items.append(item)
            if len(items) == limit:
                break
        return items
