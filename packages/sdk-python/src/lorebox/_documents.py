"""Documents: uploads, downloads, waiting for ingest, and the generated methods."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import ExitStack
from pathlib import Path

from typing_extensions import Unpack

from ._generated import async_resources, models, resources
from ._options import CallOptions
from ._parse import parse
from ._request import OMIT, Omit, Request, segment
from ._upload import Metadata, UploadFile, form_fields, open_files
from .errors import APITimeoutError

# As long as it takes, and once: the server can't tell a second try of a form from a second upload.
_ONCE: CallOptions = {"timeout": None, "max_retries": 0}


class Documents(resources.Documents):
    """Files, texts and pages to search and ask, with their ingest status."""

    def upload(
        self,
        workspace: str,
        *files: UploadFile,
        external_id: str | Omit = OMIT,
        title: str | Omit = OMIT,
        metadata: Metadata | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Accepted:
        """Uploads files, without retries. They are stored when this returns, then ingested later.

        Args:
            workspace: Id or slug.
            files: Paths, open files, or tuples of a name and bytes or an open file.
            external_id: Your id for a single file. Uploading it again replaces the document.
            title: Title of a single file.
            metadata: Metadata for all files.
            options: Options for this call.
        """
        request = Request("POST", f"/workspaces/{segment(workspace)}/documents")
        fields = form_fields(external_id, title, metadata)
        with ExitStack() as opened:
            parts = open_files(files, opened)
            body = self._caller.send(request, {**_ONCE, **options}, data=fields, files=parts)
        return parse(models.Accepted, body)

    def download(
        self,
        document_id: str,
        *,
        start: int = 0,
        end: int | None = None,
        **options: Unpack[CallOptions],
    ) -> bytes:
        """Downloads the uploaded file, or its bytes from ``start`` to ``end`` (exclusive).

        Args:
            document_id: Id of the document.
            start: The first byte.
            end: The byte after the last one. ``None``: the end of the file.
            options: Options for this call.
        """
        return self._caller.send(_content(document_id, start, end), options)

    def save(
        self, document_id: str, path: str | os.PathLike[str], **options: Unpack[CallOptions]
    ) -> int:
        """Downloads the uploaded file to a path, and returns its size.

        Args:
            document_id: Id of the document.
            path: Destination. An existing file is replaced.
            options: Options for this call.
        """
        with Path(path).open("wb") as file:
            return self._caller.pass_on(_content(document_id), options, file.write)

    def wait_until_ready(
        self, workspace: str, *, poll: float = 0.25, timeout: float | None = None
    ) -> models.DocumentSummary:
        """Waits until no documents are processing, and returns the counts by status.

        Args:
            workspace: Id or slug.
            poll: Polling interval in seconds.
            timeout: Seconds until it raises `APITimeoutError`. ``None``: never.
        """
        deadline = _deadline(timeout)
        while True:
            summary = self.summary(workspace)
            if summary.processing == 0:
                return summary
            _check(deadline, summary)
            time.sleep(poll)


class AsyncDocuments(async_resources.AsyncDocuments):
    """Files, texts and pages to search and ask, with their ingest status."""

    async def upload(
        self,
        workspace: str,
        *files: UploadFile,
        external_id: str | Omit = OMIT,
        title: str | Omit = OMIT,
        metadata: Metadata | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Accepted:
        """Uploads files, without retries. They are stored when this returns, then ingested later.

        Args:
            workspace: Id or slug.
            files: Paths, open files, or tuples of a name and bytes or an open file.
            external_id: Your id for a single file. Uploading it again replaces the document.
            title: Title of a single file.
            metadata: Metadata for all files.
            options: Options for this call.
        """
        request = Request("POST", f"/workspaces/{segment(workspace)}/documents")
        fields = form_fields(external_id, title, metadata)
        with ExitStack() as opened:
            parts = open_files(files, opened)
            body = await self._caller.send(request, {**_ONCE, **options}, data=fields, files=parts)
        return parse(models.Accepted, body)

    async def download(
        self,
        document_id: str,
        *,
        start: int = 0,
        end: int | None = None,
        **options: Unpack[CallOptions],
    ) -> bytes:
        """Downloads the uploaded file, or its bytes from ``start`` to ``end`` (exclusive).

        Args:
            document_id: Id of the document.
            start: The first byte.
            end: The byte after the last one. ``None``: the end of the file.
            options: Options for this call.
        """
        return await self._caller.send(_content(document_id, start, end), options)

    async def save(
        self, document_id: str, path: str | os.PathLike[str], **options: Unpack[CallOptions]
    ) -> int:
        """Downloads the uploaded file to a path, and returns its size.

        Args:
            document_id: Id of the document.
            path: Destination. An existing file is replaced.
            options: Options for this call.
        """
        with Path(path).open("wb") as file:
            return await self._caller.pass_on(_content(document_id), options, file.write)

    async def wait_until_ready(
        self, workspace: str, *, poll: float = 0.25, timeout: float | None = None
    ) -> models.DocumentSummary:
        """Waits until no documents are processing, and returns the counts by status.

        Args:
            workspace: Id or slug.
            poll: Polling interval in seconds.
            timeout: Seconds until it raises `APITimeoutError`. ``None``: never.
        """
        deadline = _deadline(timeout)
        while True:
            summary = await self.summary(workspace)
            if summary.processing == 0:
                return summary
            _check(deadline, summary)
            await asyncio.sleep(poll)


def _content(document_id: str, start: int = 0, end: int | None = None) -> Request:
    headers = {"Accept": "*/*"}
    if start != 0 or end is not None:
        headers["Range"] = f"bytes={start}-{'' if end is None else end - 1}"
    return Request("GET", f"/documents/{segment(document_id)}/content", headers=headers)


def _deadline(timeout: float | None) -> float | None:
    return None if timeout is None else time.monotonic() + timeout


def _check(deadline: float | None, summary: models.DocumentSummary) -> None:
    if deadline is not None and time.monotonic() >= deadline:
        message = f"{summary.processing} documents are processing still."
        raise APITimeoutError("TIMED_OUT", message, is_retryable=True)
