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
    """A client for a Lorebox server: one object per resource, plus `ask` and `search`."""

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
        """Creates a client. It is thread-safe.

        Args:
            base_url: URL of the server. Default: LOREBOX_URL, else http://127.0.0.1:3001.
            api_key: API key. Default: LOREBOX_API_KEY.
            timeout: Seconds to wait for data from the server. ``None`` disables the timeout.
                Uploads have none, streams are picked up again after 45 seconds of silence.
            max_retries: Maximum number of retries after a temporary failure.
            http_client: For custom proxies, certificates and so on. You close it yourself.
        """
        settings = Settings.read(base_url, api_key, timeout, max_retries)
        self._http = httpx.Client() if http_client is None else http_client
        self._owns_http = http_client is None
        caller = Caller(self._http, settings)
        super().__init__(caller)
        self.documents = Documents(caller)

    def close(self) -> None:
        """Closes all connections."""
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
    """A client for a Lorebox server: one object per resource, plus `ask` and `search`."""

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
        """Creates a client for one event loop.

        Args:
            base_url: URL of the server. Default: LOREBOX_URL, else http://127.0.0.1:3001.
            api_key: API key. Default: LOREBOX_API_KEY.
            timeout: Seconds to wait for data from the server. ``None`` disables the timeout.
                Uploads have none, streams are picked up again after 45 seconds of silence.
            max_retries: Maximum number of retries after a temporary failure.
            http_client: For custom proxies, certificates and so on. You close it yourself.
        """
        settings = Settings.read(base_url, api_key, timeout, max_retries)
        self._http = httpx.AsyncClient() if http_client is None else http_client
        self._owns_http = http_client is None
        caller = AsyncCaller(self._http, settings)
        super().__init__(caller)
        self.documents = AsyncDocuments(caller)

    async def aclose(self) -> None:
        """Closes all connections."""
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
