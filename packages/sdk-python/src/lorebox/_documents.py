"""Documents: uploads, downloads, waiting for ingest, and the generated methods."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from typing_extensions import Unpack

from ._generated import async_resources, models, resources
from ._options import CallOptions
from ._parse import parse
from ._request import OMIT, Omit, Request, segment
from ._upload import FileDetails, Metadata, OnSamePath, UploadFile, form_fields, open_files
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
        details: Sequence[FileDetails] | Omit = OMIT,
        on_same_path: OnSamePath | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Accepted:
        """Uploads files, without retries. They are stored when this returns, then ingested later.

        Args:
            workspace: Id or slug.
            files: Paths, open files, or tuples of a name and bytes or an open file.
            external_id: Your id for a single file. Uploading it again replaces the document.
            title: Title of a single file.
            metadata: Metadata for all files.
            details: Ids, titles, paths and metadata, one entry per file in the same order.
            on_same_path: What to do with files whose path or name is in the workspace already.
            options: Options for this call.
        """
        request = Request("POST", f"/workspaces/{segment(workspace)}/documents")
        fields = form_fields(external_id, title, metadata, details, on_same_path)
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
        self, document_ids: Sequence[str], *, timeout: float | None = None
    ) -> list[models.Document]:
        """Waits until the documents are ready or have failed, and returns them in order.

        Args:
            document_ids: Ids of the documents.
            timeout: Seconds until it raises `APITimeoutError`. ``None``: never.
        """
        documents: dict[str, models.Document] = {}
        for pause in _pauses(timeout):
            for document_id in document_ids:
                if document_id not in documents or _is_processing(documents[document_id]):
                    documents[document_id] = self.get(document_id)
            pending = sum(map(_is_processing, documents.values()))
            if pending == 0:
                break
            time.sleep(pause(pending))
        return [documents[document_id] for document_id in document_ids]

    def wait_until_idle(
        self, workspace: str, *, timeout: float | None = None
    ) -> models.DocumentSummary:
        """Waits until no document is processing, and returns the counts by status.

        Args:
            workspace: Id or slug.
            timeout: Seconds until it raises `APITimeoutError`. ``None``: never.
        """
        pauses = _pauses(timeout)
        while True:
            summary = self.summary(workspace)
            if summary.processing == 0:
                return summary
            time.sleep(next(pauses)(summary.processing))


class AsyncDocuments(async_resources.AsyncDocuments):
    """Files, texts and pages to search and ask, with their ingest status."""

    async def upload(
        self,
        workspace: str,
        *files: UploadFile,
        external_id: str | Omit = OMIT,
        title: str | Omit = OMIT,
        metadata: Metadata | Omit = OMIT,
        details: Sequence[FileDetails] | Omit = OMIT,
        on_same_path: OnSamePath | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Accepted:
        """Uploads files, without retries. They are stored when this returns, then ingested later.

        Args:
            workspace: Id or slug.
            files: Paths, open files, or tuples of a name and bytes or an open file.
            external_id: Your id for a single file. Uploading it again replaces the document.
            title: Title of a single file.
            metadata: Metadata for all files.
            details: Ids, titles, paths and metadata, one entry per file in the same order.
            on_same_path: What to do with files whose path or name is in the workspace already.
            options: Options for this call.
        """
        request = Request("POST", f"/workspaces/{segment(workspace)}/documents")
        fields = form_fields(external_id, title, metadata, details, on_same_path)
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
        self, document_ids: Sequence[str], *, timeout: float | None = None
    ) -> list[models.Document]:
        """Waits until the documents are ready or have failed, and returns them in order.

        Args:
            document_ids: Ids of the documents.
            timeout: Seconds until it raises `APITimeoutError`. ``None``: never.
        """
        documents: dict[str, models.Document] = {}
        for pause in _pauses(timeout):
            for document_id in document_ids:
                if document_id not in documents or _is_processing(documents[document_id]):
                    documents[document_id] = await self.get(document_id)
            pending = sum(map(_is_processing, documents.values()))
            if pending == 0:
                break
            await asyncio.sleep(pause(pending))
        return [documents[document_id] for document_id in document_ids]

    async def wait_until_idle(
        self, workspace: str, *, timeout: float | None = None
    ) -> models.DocumentSummary:
        """Waits until no document is processing, and returns the counts by status.

        Args:
            workspace: Id or slug.
            timeout: Seconds until it raises `APITimeoutError`. ``None``: never.
        """
        pauses = _pauses(timeout)
        while True:
            summary = await self.summary(workspace)
            if summary.processing == 0:
                return summary
            await asyncio.sleep(next(pauses)(summary.processing))


def _content(document_id: str, start: int = 0, end: int | None = None) -> Request:
    headers = {"Accept": "*/*"}
    if start != 0 or end is not None:
        headers["Range"] = f"bytes={start}-{'' if end is None else end - 1}"
    return Request("GET", f"/documents/{segment(document_id)}/content", headers=headers)


_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 2.0


def _is_processing(document: models.Document) -> bool:
    return document.status == "processing"


def _pauses(timeout: float | None) -> Iterator[Callable[[int], float]]:
    """Growing pauses in seconds. Each raises when the time is over."""
    deadline = None if timeout is None else time.monotonic() + timeout
    pause = _FIRST_PAUSE
    while True:
        length = pause

        def check(pending: int, length: float = length) -> float:
            if deadline is None:
                return length
            left = deadline - time.monotonic()
            if left <= 0:
                subject = "1 document is" if pending == 1 else f"{pending} documents are"
                raise APITimeoutError(
                    "TIMED_OUT", f"{subject} still processing.", is_retryable=True
                )
            return min(length, left)

        yield check
        pause = min(2 * pause, _LONGEST_PAUSE)
