"""Lists that the server gives page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Generic, TypeVar

from ._model import Model

T = TypeVar("T")


class Page(Model, Generic[T]):
    """Some items of a list, and where the next ones begin."""

    items: list[T]
    next_cursor: str | None
    """``None`` on the last page."""


class PageList(Generic[T]):
    """A list to loop over: pages are fetched as the loop gets to them."""

    def __init__(self, load: Callable[[str | None], Page[T]]) -> None:
        self._load = load

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """Page by page."""
        cursor: str | None = None
        while True:
            page = self._load(cursor)
            yield page
            cursor = page.next_cursor
            if cursor is None:
                return

    def first_page(self) -> Page[T]:
        """Where the list begins: at ``cursor`` if there was one."""
        return self._load(None)

    def to_list(self, limit: int | None = None) -> list[T]:
        """All items, or the first ``limit`` of them."""
        return list(islice(self, limit))
