"""Lists that the server gives page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Generic, TypeVar

from ._pages import Page

T = TypeVar("T")


class AsyncPageList(Generic[T]):
    """A list to loop over: pages are fetched as the loop gets to them."""

    def __init__(self, load: Callable[[str | None], Awaitable[Page[T]]]) -> None:
        self._load = load

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[T]]:
        """Page by page."""
        cursor: str | None = None
        while True:
            page = await self._load(cursor)
            yield page
            cursor = page.next_cursor
            if cursor is None:
                return

    async def first_page(self) -> Page[T]:
        """Where the list begins: at ``cursor`` if there was one."""
        return await self._load(None)

    async def to_list(self, limit: int | None = None) -> list[T]:
        """All items, or the first ``limit`` of them."""
        items: list[T] = []
        if limit is not None and limit <= 0:
            return items
        async for item in self:
            items.append(item)
            if len(items) == limit:
                break
        return items
