"""Files to upload."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, Literal, TypeAlias, TypedDict

from ._request import OMIT, Omit

UploadFile: TypeAlias = (
    str | os.PathLike[str] | IO[bytes] | tuple[str, bytes | IO[bytes] | os.PathLike[str]]
)
"""A path, an open file, or a name with bytes, a path or an open file. Read while sent."""

Metadata: TypeAlias = Mapping[str, str | float | bool]

OnSamePath: TypeAlias = Literal["add", "replace", "reject"]
"""Keep both documents, replace the document with the same path or name, or raise ConflictError."""


class FileDetails(TypedDict, total=False):
    """What a document is to have besides its content."""

    external_id: str
    """Your id for the document. Uploading it again replaces the document."""
    title: str
    """Default: the title in the file, else its name."""
    relative_path: str
    """Path of the file in the uploaded folder. Stored in the metadata as ``path``."""
    metadata: Metadata
    """Metadata of this file, in addition to that of the upload."""


_WIRE_NAMES = {"external_id": "externalId", "relative_path": "relativePath"}


def form_fields(
    external_id: str | Omit,
    title: str | Omit,
    metadata: Metadata | Omit,
    details: Sequence[FileDetails] | Omit,
    on_same_path: OnSamePath | Omit,
) -> dict[str, str]:
    """The fields of the form; they come before the files."""
    fields: dict[str, str] = {}
    if external_id is not OMIT:
        fields["externalId"] = external_id
    if title is not OMIT:
        fields["title"] = title
    if metadata is not OMIT:
        fields["metadata"] = json.dumps(dict(metadata))
    if on_same_path is not OMIT:
        fields["onSamePath"] = on_same_path
    if details is not OMIT:
        fields["details"] = json.dumps(
            [{_WIRE_NAMES.get(name, name): value for name, value in one.items()} for one in details]
        )
    return fields


def open_files(files: Sequence[UploadFile], opened: ExitStack) -> list[tuple[str, Any]]:
    """The files of the form; those that are paths are opened, and closed with the stack."""
    if not files:
        raise ValueError("pass at least one file to upload")
    return [("file", _open(file, opened)) for file in files]


def _open(file: UploadFile, opened: ExitStack) -> tuple[str, bytes | IO[bytes]]:
    if isinstance(file, tuple):
        name, content = file
        if isinstance(content, os.PathLike):
            return name, opened.enter_context(Path(content).open("rb"))
        if isinstance(content, str):
            raise TypeError("the content of a file must be bytes; encode text first")
        return name, content
    if isinstance(file, (str, os.PathLike)):
        return Path(file).name, opened.enter_context(Path(file).open("rb"))
    if isinstance(file, bytes):
        raise TypeError("bytes need a name: upload(workspace, (name, data))")
    path = getattr(file, "name", None)
    if not isinstance(path, str):
        raise TypeError("this file has no name: upload(workspace, (name, file))")
    return Path(path).name, file
