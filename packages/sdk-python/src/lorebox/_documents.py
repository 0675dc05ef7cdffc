"""Documents: what is generated, uploads, downloads, and waiting for an ingest."""

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
    """What is asked: files, texts and pages, and how far their ingest is."""

    def upload(
        self,
        workspace: str,
        *files: UploadFile,
        external_id: str | Omit = OMIT,
        title: str | Omit = OMIT,
        metadata: Metadata | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Accepted:
        """Uploads files, once. They are stored when this returns and ingested in the background.

        Args:
            workspace: Id or slug.
            files: Paths, open files, or tuples of a name and bytes or an open file.
            external_id: For a single file: sending it again replaces the document.
            title: For a single file.
            metadata: For all of them.
            options: For this call alone.
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
        """The file as it was uploaded, or its bytes from ``start`` up to and without ``end``.

        Args:
            document_id: Its id.
            start: The first byte.
            end: The byte after the last one; ``None`` for all that follow.
            options: For this call alone.
        """
        return self._caller.send(_content(document_id, start, end), options)

    def save(
        self, document_id: str, path: str | os.PathLike[str], **options: Unpack[CallOptions]
    ) -> int:
        """Writes the file as it was uploaded to a path, while it comes; gives its size.

        Args:
            document_id: Its id.
            path: Where to; a file that is there is replaced.
            options: For this call alone.
        """
        with Path(path).open("wb") as file:
            return self._caller.pass_on(_content(document_id), options, file.write)

    def wait_until_ready(
        self, workspace: str, *, poll: float = 0.25, timeout: float | None = None
    ) -> models.DocumentSummary:
        """Waits until nothing is processing any more, and says how it went.

        Args:
            workspace: Id or slug.
            poll: Seconds between two looks.
            timeout: Seconds until it gives up with an `APITimeoutError`; ``None`` for never.
        """
        deadline = _deadline(timeout)
        while True:
            summary = self.summary(workspace)
            if summary.processing == 0:
                return summary
            _check(deadline, summary)
            time.sleep(poll)


class AsyncDocuments(async_resources.AsyncDocuments):
    """What is asked: files, texts and pages, and how far their ingest is."""

    async def upload(
        self,
        workspace: str,
        *files: UploadFile,
        external_id: str | Omit = OMIT,
        title: str | Omit = OMIT,
        metadata: Metadata | Omit = OMIT,
        **options: Unpack[CallOptions],
    ) -> models.Accepted:
        """Uploads files, once. They are stored when this returns and ingested in the background.

        Args:
            workspace: Id or slug.
            files: Paths, open files, or tuples of a name and bytes or an open file.
            external_id: For a single file: sending it again replaces the document.
            title: For a single file.
            metadata: For all of them.
            options: For this call alone.
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
        """The file as it was uploaded, or its bytes from ``start`` up to and without ``end``.

        Args:
            document_id: Its id.
            start: The first byte.
            end: The byte after the last one; ``None`` for all that follow.
            options: For this call alone.
        """
        return await self._caller.send(_content(document_id, start, end), options)

    async def save(
        self, document_id: str, path: str | os.PathLike[str], **options: Unpack[CallOptions]
    ) -> int:
        """Writes the file as it was uploaded to a path, while it comes; gives its size.

        Args:
            document_id: Its id.
            path: Where to; a file that is there is replaced.
            options: For this call alone.
        """
        with Path(path).open("wb") as file:
            return await self._caller.pass_on(_content(document_id), options, file.write)

    async def wait_until_ready(
        self, workspace: str, *, poll: float = 0.25, timeout: float | None = None
    ) -> models.DocumentSummary:
        """Waits until nothing is processing any more, and says how it went.

        Args:
            workspace: Id or slug.
            poll: Seconds between two looks.
            timeout: Seconds until it gives up with an `APITimeoutError`; ``None`` for never.
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
