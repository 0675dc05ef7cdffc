"""The clients."""

from __future__ import annotations

from types import TracebackType

import httpx
from typing_extensions import Self

from ._async_caller import AsyncCaller
from ._caller import Caller
from ._documents import AsyncDocuments, Documents
from ._generated import async_resources, resources
from ._settings import DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT, Settings


class Lorebox(resources.Operations):
    """A server: one object per resource, and what it is there for, `ask` and `search`."""

    documents: Documents

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        timeout: float | None = DEFAULT_TIMEOUT,
        max_retries: int = DEFAULT_MAX_RETRIES,
        http_client: httpx.Client | None = None,
    ) -> None:
        """A client; usable from many threads.

        Args:
            base_url: Where the server answers; default LOREBOX_URL, else http://127.0.0.1:3001.
            api_key: Default LOREBOX_API_KEY.
            timeout: Seconds that the server may keep silent in a call; ``None`` for no limit.
                Uploads have none, streams are picked up again after 45 seconds of silence.
            max_retries: Tries after the first one that failed in a way that may pass.
            http_client: For proxies, certificates and the like; it stays yours to close.
        """
        settings = Settings.read(base_url, api_key, timeout, max_retries)
        self._http = httpx.Client() if http_client is None else http_client
        self._owns_http = http_client is None
        caller = Caller(self._http, settings)
        super().__init__(caller)
        self.documents = Documents(caller)

    def close(self) -> None:
        """Ends all connections."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class AsyncLorebox(async_resources.AsyncOperations):
    """A server: one object per resource, and what it is there for, `ask` and `search`."""

    documents: AsyncDocuments

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        timeout: float | None = DEFAULT_TIMEOUT,
        max_retries: int = DEFAULT_MAX_RETRIES,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        """A client; for one event loop.

        Args:
            base_url: Where the server answers; default LOREBOX_URL, else http://127.0.0.1:3001.
            api_key: Default LOREBOX_API_KEY.
            timeout: Seconds that the server may keep silent in a call; ``None`` for no limit.
                Uploads have none, streams are picked up again after 45 seconds of silence.
            max_retries: Tries after the first one that failed in a way that may pass.
            http_client: For proxies, certificates and the like; it stays yours to close.
        """
        settings = Settings.read(base_url, api_key, timeout, max_retries)
        self._http = httpx.AsyncClient() if http_client is None else http_client
        self._owns_http = http_client is None
        caller = AsyncCaller(self._http, settings)
        super().__init__(caller)
        self.documents = AsyncDocuments(caller)

    async def aclose(self) -> None:
        """Ends all connections."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()
