"""Paginated lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Generic, TypeVar

from ._model import Model

T = TypeVar("T")


class Page(Model, Generic[T]):
    """A page of a list, with the cursor of the next page."""

    items: list[T]
    next_cursor: str | None
    """``None`` on the last page."""


class PageList(Generic[T]):
    """A list to loop over. Pages are fetched as needed."""

    def __init__(self, load: Callable[[str | None], Page[T]]) -> None:
        self._load = load

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """Iterates over the pages."""
        cursor: str | None = None
        while True:
            page = self._load(cursor)
            yield page
            cursor = page.next_cursor
            if cursor is None:
                return

    def first_page(self) -> Page[T]:
        """The first page, at ``cursor`` if set."""
        return self._load(None)

    def to_list(self, limit: int | None = None) -> list[T]:
        """Returns all items, or the first ``limit`` items."""
        return list(islice(self, limit))
